import { DONE } from '../outcome.js';
import { withSources } from '../published-sources.js';
import type { MemberCommand } from './member-command.js';

/** Shows the others what the member gives to the media server: its tracks, and their sources as `on`. */
export const publish: MemberCommand<'publish'> = {
  needs: 'publish',
  once: true,
  carryOut({ rooms, member, now }, { tracks }) {
    const silent = withSources(member.state.media, member.state.tracks ?? [], 'off');
    rooms.change(member, { tracks, media: withSources(silent, tracks, 'on') }, now);
    return DONE;
  },
};
