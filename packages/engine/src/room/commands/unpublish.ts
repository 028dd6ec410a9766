import { DONE } from '../outcome.js';
import { publishedSources } from '../published-sources.js';
import type { MemberCommand } from './member-command.js';

/** Takes the member's tracks back, and their sources are `off`. Of one that gives none it is no error. */
export const unpublish: MemberCommand<'unpublish'> = {
  needs: null,
  once: true,
  carryOut({ rooms, member, now }) {
    const { tracks = [], media } = member.state;
    if (tracks.length > 0) rooms.change(member, { tracks: [], media: publishedSources(media, tracks, []) }, now);
    return DONE;
  },
};
