import { DONE } from '../outcome.js';
import { publishedSources } from '../published-sources.js';
import type { MemberCommand } from './member-command.js';

/**
 * Takes the member's tracks back. Their sources are `off` then, except of a `madang` member, who says how they stand by
 * `media`: what no longer goes through the server may go straight. Of one that gives none it is no error.
 */
export const unpublish: MemberCommand<'unpublish'> = {
  needs: null,
  once: true,
  carryOut({ rooms, member, now }) {
    const { tracks = [], media, dialect } = member.state;
    const left = dialect === 'madang' ? media : publishedSources(media, tracks, []);
    if (tracks.length > 0) rooms.change(member, { tracks: [], media: left }, now);
    return DONE;
  },
};
