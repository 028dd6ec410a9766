import type { MediaState, SourceState, Track } from '@madang/protocol';

/** The media state in which the sources of these tracks are so. The sound of a screen has no state of its own. */
export function withSources(media: MediaState, tracks: readonly Track[], state: SourceState): MediaState {
  const after = { ...media };
  for (const { source } of tracks) {
    if (source !== 'screen-audio') after[source] = state;
  }
  return after;
}
