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
  const before = new Map((peer === null ? [] : sentSections(peer)).map(({ mid, sent }) => [mid, sent]));
  const sections = receivingSections(offer);
  return (['audio', 'video'] as const).flatMap((kind) =>
    sections
      .filter((section) => section.kind === kind)
      .map((section, ix) => before.get(section.mid ?? '') ?? place(kind, ix, cname, random)),
  );
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
