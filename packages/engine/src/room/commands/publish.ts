import { DONE } from '../outcome.js';
import { mediaRights, publishedSources } from '../published-sources.js';
import type { MemberCommand } from './member-command.js';

/**
 * Shows the others what the member gives to the media server: its tracks, and sources that are new as `on`. One that it
 * gave already stays as it is, and so does one that is muted: describing it again does not unmute it. What of it may be
 * forwarded is told in any case: another connection may give what the one before gave, and knows nothing of that.
 */
export const publish: MemberCommand<'publish'> = {
  needs: 'publish',
  once: true,
  carryOut({ rooms, member, now }, { tracks }) {
    const media = publishedSources(member.state.media, member.state.tracks ?? [], tracks);
    rooms.change(member, { tracks, media }, now);
    rooms.post.allowed(mediaRights(member.state));
    return DONE;
  },
};
