import type { Sentence } from '../../messages/index.js';
import { moment } from '../amount.js';
import { bad, ok, type Verdict, warn } from '../verdict.js';

export interface ClockReading {
  readonly wallMs: number;
  /** How much more the wall clock has advanced than the monotonic one since the process began. */
  readonly jumpedMs: number;
  /** When this program was built. */
  readonly builtMs: number;
  /** When the certificate in use begins, if there is one. */
  readonly certificateFromMs: number | undefined;
  /** Whether a time service holds the clock; undefined where nobody says. */
  readonly synchronized: boolean | undefined;
}

const DAY_MS = 86_400_000;
const JUMP_MS = 2_000;

/** A wrong clock makes certificates and time-limited credentials fail, here or at whoever opens the page. */
export function judgeClock(reading: ClockReading): Verdict {
  const { wallMs, jumpedMs, builtMs, certificateFromMs, synchronized } = reading;
  const now = moment(wallMs);
  if (wallMs < builtMs - DAY_MS) {
    return bad(
      (m) => m.doctor.clock.beforeBuild(now, moment(builtMs)),
      (m) => m.doctor.clock.remedySet,
    );
  }
  if (certificateFromMs !== undefined && wallMs < certificateFromMs) {
    return bad(
      (m) => m.doctor.clock.beforeCertificate(now, moment(certificateFromMs)),
      (m) => m.doctor.clock.remedySet,
    );
  }
  if (Math.abs(jumpedMs) > JUMP_MS) {
    return warn(
      (m) => m.doctor.clock.jumped(now, (jumpedMs / 1_000).toFixed(1)),
      (m) => m.doctor.clock.remedyStep,
    );
  }
  const value: Sentence = ({ doctor: { clock } }) =>
    clock.now(
      now,
      synchronized === undefined ? clock.unknown : synchronized ? clock.synchronized : clock.unsynchronized,
    );
  return synchronized === false ? warn(value, (m) => m.doctor.clock.remedySet) : ok(value);
}
