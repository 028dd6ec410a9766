import type { Peer } from '../peer/index.js';
import type { Random } from '../ports/index.js';
import type { SentTrack, SessionDescription } from '../sdp/index.js';
import { receivingSections } from './offered-sections.js';
import { sentSections } from './viewer-form.js';

/**
 * What a viewer is told that it is sent: one track for each section that receives, those of `peer`'s description before as
 * they were. The first sound and the first picture are of one stream, and so on, for players take both together.
 */
export function placesFor(offer: SessionDescription, peer: Peer | null, cname: string, random: Random): SentTrack[] {
  const known = peer === null ? [] : sentSections(peer).flatMap(({ sent }) => (sent === null ? [] : [sent]));
  const places = [...known];
  for (const kind of ['audio', 'video'] as const) {
    const wanted = receivingSections(offer).filter((section) => section.kind === kind).length;
    for (let ix = known.filter((track) => track.kind === kind).length; ix < wanted; ix++) {
      places.push(place(kind, ix, cname, random));
    }
  }
  return places;
}

function place(kind: 'audio' | 'video', ix: number, cname: string, random: Random): SentTrack {
  return {
    kind,
    trackId: `${kind}-${ix}-${random.id()}`,
    streamId: `place-${ix}`,
    cname,
    ssrc: random.uint32(),
    rtxSsrc: kind === 'video' ? random.uint32() : null,
    codecs: [],
  };
}
