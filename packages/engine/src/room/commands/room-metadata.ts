import { DONE } from '../outcome.js';
import type { MemberCommand } from './member-command.js';

export const roomMetadata: MemberCommand<'room-metadata'> = {
  needs: 'room-metadata',
  once: true,
  carryOut({ rooms, room, now }, { metadata }) {
    room.state = { ...room.state, metadata };
    rooms.post.broadcast(room, { type: 'room-changed', room: room.state }, now);
    return DONE;
  },
};
