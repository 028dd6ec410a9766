import type { MediaState, Track } from '@madang/protocol';
import type { MediaRights } from '../ports/index.js';
import type { Member } from './member.js';
import { may } from './permissions.js';

type StatedSource = keyof MediaState;

/** Whose state a track goes by: the sound of a screen has none of its own. */
function stateOf({ source }: Track): StatedSource {
  return source === 'screen-audio' ? 'screen' : source;
}

/** The media state of a member who gives `after` in place of `before`. */
export function publishedSources(media: MediaState, before: readonly Track[], after: readonly Track[]): MediaState {
  const [given, gives] = [new Set(before.map(stateOf)), new Set(after.map(stateOf))];
  const changed = { ...media };
  // One that is muted stays so: it may be given again by another connection.
  for (const source of given) if (!gives.has(source) && changed[source] === 'on') changed[source] = 'off';
  for (const source of gives) if (!given.has(source) && changed[source] === 'off') changed[source] = 'on';
  return changed;
}

/** What may be forwarded of a member: of tracks whose source is not on, nothing. */
export function mediaRights({ id, role, media, tracks = [] }: Member['state']): MediaRights {
  const muted = tracks.filter((track) => media[stateOf(track)] !== 'on').map((track) => track.id);
  return { member: id, publishes: may(role, 'publish'), muted };
}

/** Whether nothing is to be done when the one takes the place of the other. */
export function sameRights(a: MediaRights, b: MediaRights): boolean {
  return a.publishes === b.publishes && a.muted.join() === b.muted.join();
}
