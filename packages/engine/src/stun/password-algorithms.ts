import { readU16, writeU16 } from '../bytes/index.js';

/** What keys of long-term credentials are made with. */
export type PasswordAlgorithm = 'md5' | 'sha256';

/** RFC 8489 §18.5. */
const NUMBER = { md5: 1, sha256: 2 } as const;
const ENTRY_BYTES = 4;

/** The value of PASSWORD-ALGORITHM, or with several of PASSWORD-ALGORITHMS (RFC 8489 §14.11): entries without parameters. */
export function passwordAlgorithmsValue(algorithms: readonly PasswordAlgorithm[]): Uint8Array {
  const value = new Uint8Array(ENTRY_BYTES * algorithms.length);
  algorithms.forEach((algorithm, ix) => {
    writeU16(value, ENTRY_BYTES * ix, NUMBER[algorithm]);
  });
  return value;
}

/** The algorithm in the value of PASSWORD-ALGORITHM; null for one that we do not know or that has parameters. */
export function readPasswordAlgorithm(value: Uint8Array): PasswordAlgorithm | null {
  if (value.length !== ENTRY_BYTES || readU16(value, 2) !== 0) return null;
  const number = readU16(value, 0);
  if (number === NUMBER.md5) return 'md5';
  return number === NUMBER.sha256 ? 'sha256' : null;
}
