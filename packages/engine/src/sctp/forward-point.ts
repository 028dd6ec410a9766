import type { Flight } from './flight.js';
import { FRAGMENT } from './fragment.js';

/** So that FORWARD TSN fits into a packet whatever is in it. */
const MOST_STREAMS = 256;

/** The TSN up to which nothing is to be waited for, and the last number passed over on each ordered stream (RFC 3758 §3.2). */
export interface ForwardPoint {
  readonly tsn: number;
  readonly streams: ReadonlyMap<number, number>;
}

/** Over everything at the front of the flight that was given up (RFC 3758 §3.5 C2); null when nothing was. */
export function forwardPoint(flight: Flight): ForwardPoint | null {
  const streams = new Map<number, number>();
  let tsn = flight.first;
  for (let part = flight.at(tsn); part?.state === FRAGMENT.GIVEN_UP; part = flight.at(tsn)) {
    const { wanted, ssn16 } = part.message;
    if (wanted.isOrdered) streams.set(wanted.streamId, ssn16);
    tsn++;
    if (streams.size === MOST_STREAMS) break;
  }
  return tsn === flight.first ? null : { tsn: (tsn - 1) >>> 0, streams };
}
