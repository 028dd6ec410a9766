import { readU16, readU32, writeU16, writeU32 } from '../bytes/index.js';
import { PARAMETER } from './chunk.js';
import type { Parameter } from './parameters.js';

/** Results of a reset (RFC 6525 §4.4). */
export const RESET_RESULT = { NOTHING: 0, DONE: 1, DENIED: 2, WRONG_NUMBER: 5, IN_PROGRESS: 6 } as const;

/** "My streams of these numbers begin anew behind this TSN" (RFC 6525 §4.1). No streams are all of them. */
export interface OutgoingReset {
  readonly request: number;
  readonly lastTsn: number;
  readonly streams: readonly number[];
}

export interface ResetResponse {
  readonly request: number;
  readonly result: number;
}

export function readOutgoingReset({ value }: Parameter): OutgoingReset | null {
  if (value.length < 12 || (value.length & 1) !== 0) return null;
  const streams = Array.from({ length: (value.length - 12) / 2 }, (_, ix) => readU16(value, 12 + 2 * ix));
  return { request: readU32(value, 0), lastTsn: readU32(value, 8), streams };
}

export function outgoingReset({ request, lastTsn, streams }: OutgoingReset, heard: number): Parameter {
  const value = new Uint8Array(12 + 2 * streams.length);
  writeU32(value, 0, request);
  writeU32(value, 4, heard);
  writeU32(value, 8, lastTsn);
  for (const [ix, stream] of streams.entries()) writeU16(value, 12 + 2 * ix, stream);
  return { type: PARAMETER.OUTGOING_RESET, value };
}

export function readResetResponse({ value }: Parameter): ResetResponse | null {
  return value.length < 8 ? null : { request: readU32(value, 0), result: readU32(value, 4) };
}

export function resetResponse({ request, result }: ResetResponse): Parameter {
  const value = new Uint8Array(8);
  writeU32(value, 0, request);
  writeU32(value, 4, result);
  return { type: PARAMETER.RESET_RESPONSE, value };
}
