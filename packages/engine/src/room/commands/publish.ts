import { DONE } from '../outcome.js';
import { publishedSources } from '../published-sources.js';
import type { MemberCommand } from './member-command.js';

/**
 * Shows the others what the member gives to the media server: its tracks, and sources that are new as `on`. One that it
 * gave already stays as it is, and so does one that is muted: describing it again does not unmute it.
 */
export const publish: MemberCommand<'publish'> = {
  needs: 'publish',
  once: true,
  carryOut({ rooms, member, now }, { tracks }) {
    const media = publishedSources(member.state.media, member.state.tracks ?? [], tracks);
    rooms.change(member, { tracks, media }, now);
    return DONE;
  },
};
