import type { Sentence } from '../../messages/index.js';
import { amount } from '../amount.js';
import { bad, ok, type Verdict, warn } from '../verdict.js';

export interface DiskReading {
  readonly directory: string;
  /** The code of the error that writing there, or making it, would meet. */
  readonly unwritable: string | undefined;
  readonly freeBytes: number;
  /** Files that can still be made; undefined where the file system has no such limit. */
  readonly freeFiles: number | undefined;
  readonly user: string;
}

const MIB = 1_048_576;
const SCARCE_BYTES = 1_024 * MIB;
const TOO_LITTLE_BYTES = 16 * MIB;
const SCARCE_FILES = 1_000;

export function judgeDisk({ directory, unwritable, freeBytes, freeFiles, user }: DiskReading): Verdict {
  if (unwritable !== undefined) {
    return bad(
      (m) => m.doctor.disk.unwritable(directory, unwritable),
      (m) => m.doctor.disk.remedyWritable(user),
    );
  }
  if (freeFiles !== undefined && freeFiles < SCARCE_FILES) {
    return warn(
      (m) => m.doctor.disk.noInodes(directory, freeFiles),
      (m) => m.doctor.disk.remedyInodes,
    );
  }
  const value: Sentence = (m) => m.doctor.disk.free(directory, amount(freeBytes));
  if (freeBytes >= SCARCE_BYTES) return ok(value);
  return (freeBytes < TOO_LITTLE_BYTES ? bad : warn)(value, (m) => m.doctor.disk.remedyFree);
}
