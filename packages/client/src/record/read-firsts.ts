import type { Source } from '@madang/protocol';
import type { FirstWhat } from './fact.js';
import type { SourceOf } from './sampler.js';
import { numberIn, type Row, type Rows } from './stats-rows.js';

/** What has happened at least once by this reading, as `what source`. */
export function readFirsts(rows: Rows, sourceOf: SourceOf): { readonly what: FirstWhat; readonly source: Source }[] {
  return [...rows.values()].flatMap((row) => {
    const source = row.type === 'outbound-rtp' || row.type === 'inbound-rtp' ? sourceOf(row) : undefined;
    return source === undefined ? [] : firstsOf(row).map((what) => ({ what, source }));
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
