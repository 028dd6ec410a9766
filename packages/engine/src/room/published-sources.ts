import type { MediaState, Track } from '@madang/protocol';
import type { MutedTracks } from '../ports/index.js';
import type { Member } from './member.js';

type StatedSource = keyof MediaState;

/** Whose state a track goes by: the sound of a screen has none of its own. */
function stateOf({ source }: Track): StatedSource {
  return source === 'screen-audio' ? 'screen' : source;
}

/** The media state of a member who gives `after` in place of `before`. */
export function publishedSources(media: MediaState, before: readonly Track[], after: readonly Track[]): MediaState {
  const [given, gives] = [new Set(before.map(stateOf)), new Set(after.map(stateOf))];
  const changed = { ...media };
  for (const source of given) if (!gives.has(source)) changed[source] = 'off';
  for (const source of gives) if (!given.has(source) && changed[source] === 'off') changed[source] = 'on';
  return changed;
}

/** Of which of its tracks nothing is to be forwarded: those whose source is not on. */
export function mutedTracks({ id, media, tracks = [] }: Member['state']): MutedTracks {
  return { member: id, tracks: tracks.filter((track) => media[stateOf(track)] !== 'on').map((track) => track.id) };
}
