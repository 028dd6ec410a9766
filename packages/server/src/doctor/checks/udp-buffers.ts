import { amount } from '../amount.js';
import { bad, ok, type Verdict, warn } from '../verdict.js';

export interface UdpBuffersReading {
  /** What a socket was granted when it asked for `WANTED_BUFFER_BYTES`; undefined when no socket could be opened. */
  readonly granted: { readonly receiveBytes: number; readonly sendBytes: number } | undefined;
}

/** A second of some 30 Mbit/s: what arrives while the process is busy with something else must not be lost. */
export const WANTED_BUFFER_BYTES = 4_194_304;
const ENOUGH_BYTES = 1_048_576;

export function judgeUdpBuffers({ granted }: UdpBuffersReading): Verdict {
  if (granted === undefined) {
    return bad(
      (m) => m.doctor.udpBuffers.unknown,
      (m) => m.doctor.udpBuffers.remedyOpen,
    );
  }
  const receive = amount(granted.receiveBytes);
  const send = amount(granted.sendBytes);
  if (Math.min(granted.receiveBytes, granted.sendBytes) >= ENOUGH_BYTES) {
    return ok((m) => m.doctor.udpBuffers.granted(receive, send));
  }
  return warn(
    (m) => m.doctor.udpBuffers.granted(receive, send),
    (m) => m.doctor.udpBuffers.remedy(WANTED_BUFFER_BYTES),
  );
}
