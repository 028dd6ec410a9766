import type { MemberCommand } from './member-command.js';

export const chat: MemberCommand<'chat'> = {
  needs: 'chat',
  once: true,
  carryOut({ rooms, room, member, now }, { text, name, wallMs }) {
    const message = room.chat.add({ from: member.id, name: name ?? member.state.name, text, wallMs });
    rooms.post.broadcast(room, { type: 'chat', message }, now);
    return { ok: true, id: message.id };
  },
};
