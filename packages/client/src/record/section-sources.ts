import type { Source } from '@madang/protocol';
import { type Row, textIn } from './stats-rows.js';

const FIRST: Record<string, Source> = { audio: 'microphone', video: 'camera' };
const LATER: Record<string, Source> = { audio: 'screen-audio', video: 'screen' };

/** What a track is of. `member`: whose, where tracks of several come by one connection. */
export interface TrackOrigin {
  readonly source: Source;
  readonly member?: string;
}

/** What goes in which section, by a row of the statistics. */
export type OriginOf = (row: Row) => TrackOrigin | undefined;
/** The same by the section itself, for who knows its sections. */
export type SectionOrigin = (section: RTCRtpTransceiver) => TrackOrigin | undefined;

/**
 * The sources of a connection's sections. Where `originOf` does not say, the first of sound is the microphone, the first of
 * pictures the camera, and what comes after them is a screen: so the SDK lays out its sections with other members, and a
 * plain page hardly has others.
 */
export function sectionSources(pc: Pick<RTCPeerConnection, 'getTransceivers'>, originOf?: SectionOrigin): OriginOf {
  return (row) => {
    const kind = String(row.kind);
    const own = pc.getTransceivers().filter(({ receiver }) => receiver.track.kind === kind);
    const mid = textIn(row, 'mid');
    const ix = own.findIndex((transceiver) =>
      mid === undefined ? transceiver.receiver.track.id === row.trackIdentifier : transceiver.mid === mid,
    );
    const section = own[ix];
    if (originOf !== undefined) return section && originOf(section);
    const source = (ix > 0 ? LATER : FIRST)[kind];
    return source === undefined ? undefined : { source };
  };
}
