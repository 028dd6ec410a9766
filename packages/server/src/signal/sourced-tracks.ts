import type { MediaTrack } from '@madang/engine';
import type { Source, Track, TrackDescription } from '@madang/protocol';

const SOURCES: Readonly<Record<MediaTrack['kind'], readonly [Source, ...Source[]]>> = {
  audio: ['microphone', 'screen-audio'],
  video: ['camera', 'screen'],
};

/** Tracks of the media server as the others see them, with the source that their publisher says each section has. */
export function sourcedTracks(tracks: readonly MediaTrack[], said: readonly TrackDescription[]): Track[] {
  return tracks.map(({ id, mid, kind, codec, encodings }) => {
    const named = said.find((section) => section.mid === mid)?.source;
    const source = named !== undefined && SOURCES[kind].includes(named) ? named : SOURCES[kind][0];
    return { id, source, codec, layers: Math.max(1, encodings.length) };
  });
}
