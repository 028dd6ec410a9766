import type { Sentence } from '../../messages/index.js';
import { amount } from '../amount.js';
import { bad, ok, type Verdict, warn } from '../verdict.js';

export interface MemoryReading {
  readonly totalBytes: number;
  readonly availableBytes: number;
  /** What a control group allows; undefined without such a limit. */
  readonly limitBytes: number | undefined;
}

const MIB = 1_048_576;
const SCARCE_BYTES = 256 * MIB;
const TOO_LITTLE_BYTES = 64 * MIB;

export function judgeMemory({ totalBytes, availableBytes, limitBytes }: MemoryReading): Verdict {
  const total = Math.min(totalBytes, limitBytes ?? totalBytes);
  const available = Math.min(availableBytes, total);
  const value: Sentence = (m) => m.doctor.memory.available(amount(available), amount(total));
  if (available >= SCARCE_BYTES) return ok(value);
  return (available < TOO_LITTLE_BYTES ? bad : warn)(value, (m) => m.doctor.memory.remedy);
}
