import type { Sentence } from '../../messages/index.js';
import { bad, ok, type Verdict, warn } from '../verdict.js';

/** The limits of this process, `Infinity` for none; undefined where they can't be read. */
export interface OpenFilesReading {
  readonly soft: number;
  readonly hard: number;
}

/** What the process itself holds open: modules, log, timers, listeners. */
const OWN_FILES = 64;
const WANTED = 65_536;
const FEW = 4_096;
const TOO_FEW = 256;

/** Every connection takes one file. Node raises its own soft limit to the hard one, so that the two mostly agree. */
export function judgeOpenFiles(reading: OpenFilesReading | undefined): Verdict {
  if (reading === undefined) return ok((m) => m.doctor.openFiles.unknown);
  const { soft, hard } = reading;
  if (soft === Number.POSITIVE_INFINITY) return ok((m) => m.doctor.openFiles.unlimited);
  const room = Math.max(0, soft - OWN_FILES);
  const value: Sentence = (m) =>
    Number.isFinite(hard) && hard > soft
      ? m.doctor.openFiles.raisable(soft, hard, room)
      : m.doctor.openFiles.room(soft, room);
  if (soft >= FEW) return ok(value);
  return (soft < TOO_FEW ? bad : warn)(value, (m) => m.doctor.openFiles.remedy(WANTED));
}
