import type { Source } from '@madang/protocol';
import type { SourceOf } from './sampler.js';
import { textIn } from './stats-rows.js';

const FIRST: Record<string, Source> = { audio: 'microphone', video: 'camera' };
const LATER: Record<string, Source> = { audio: 'screen-audio', video: 'screen' };

/**
 * The sources of a connection's sections: the first of sound is the microphone, the first of pictures the camera, and
 * what comes after them is a screen. So the SDK lays its sections out, and a plain page hardly has others.
 */
export function sectionSources(pc: Pick<RTCPeerConnection, 'getTransceivers'>): SourceOf {
  return (row) => {
    const kind = String(row.kind);
    const own = pc.getTransceivers().filter(({ receiver }) => receiver.track.kind === kind);
    const mid = textIn(row, 'mid');
    const ix = own.findIndex((transceiver) =>
      mid === undefined ? transceiver.receiver.track.id === row.trackIdentifier : transceiver.mid === mid,
    );
    return (ix > 0 ? LATER : FIRST)[kind];
  };
}
