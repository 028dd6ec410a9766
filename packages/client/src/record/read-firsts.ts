import type { FirstWhat } from './fact.js';
import type { OriginOf, TrackOrigin } from './section-sources.js';
import { numberIn, type Row, type Rows } from './stats-rows.js';

/** What has happened at least once by this reading, and to what. */
export function readFirsts(rows: Rows, originOf: OriginOf): ({ readonly what: FirstWhat } & TrackOrigin)[] {
  return [...rows.values()].flatMap((row) => {
    const origin = row.type === 'outbound-rtp' || row.type === 'inbound-rtp' ? originOf(row) : undefined;
    return origin === undefined ? [] : firstsOf(row).map((what) => ({ what, ...origin }));
  });
}

function firstsOf(row: Row): FirstWhat[] {
  const some = (field: string): boolean => (numberIn(row, field) ?? 0) > 0;
  if (row.type === 'outbound-rtp') {
    if (!some('packetsSent')) return [];
    return row.kind === 'audio' || some('framesSent') || some('framesEncoded')
      ? ['packet-sent', 'frame-sent']
      : ['packet-sent'];
  }
  if (!some('packetsReceived')) return [];
  // Of sound, what has left the jitter buffer has been decoded.
  const decoded = some(row.kind === 'audio' ? 'jitterBufferEmittedCount' : 'framesDecoded');
  return decoded ? ['packet-received', 'frame-decoded'] : ['packet-received'];
}
