import { readU16 } from '../bytes/index.js';

/**
 * The packet chunks of a transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1.2 to §3.1.4).
 * A symbol says of one packet how many bytes its delta has:
 *
 *     |0| S |       run length        |   as many times the symbol S
 *     |1|0|  14 symbols of one bit    |   not arrived, or a small delta
 *     |1|1|   7 symbols of two bits   |
 */
export const NO_DELTA = 0;
export const SMALL_DELTA = 1;
export const LARGE_DELTA = 2;

const LONGEST_RUN = 0x1fff;
const ONE_BIT_SYMBOLS = 14;
const TWO_BIT_SYMBOLS = 7;

/** The symbol of a delta in ticks; -1 when it does not fit into 16 bits. */
export function symbolOf(ticks: number): number {
  if (ticks >= 0 && ticks <= 0xff) return SMALL_DELTA;
  return ticks >= -0x8000 && ticks <= 0x7fff ? LARGE_DELTA : -1;
}

/**
 * Reads chunks from `at` until `count` symbols are there, and returns where they end; -1 when they reach over `end`, or
 * one is the reserved symbol. Symbols beyond `count` in the last chunk mean nothing.
 */
export function readChunks(bytes: Uint8Array, at: number, end: number, symbols: Uint8Array, count: number): number {
  let ix = 0;
  let chunkAt = at;
  for (; ix < count; chunkAt += 2) {
    if (chunkAt + 2 > end) return -1;
    const chunk = readU16(bytes, chunkAt);
    const stop = Math.min(count, ix + symbolsIn(chunk));
    if (stop === ix) return -1;
    for (let nth = 0; ix < stop; ix++, nth++) {
      const symbol = symbolIn(chunk, nth);
      if (symbol > LARGE_DELTA) return -1;
      symbols[ix] = symbol;
    }
  }
  return chunkAt;
}

function symbolsIn(chunk: number): number {
  if ((chunk & 0x8000) === 0) return chunk & LONGEST_RUN;
  return (chunk & 0x4000) === 0 ? ONE_BIT_SYMBOLS : TWO_BIT_SYMBOLS;
}

function symbolIn(chunk: number, nth: number): number {
  if ((chunk & 0x8000) === 0) return (chunk >>> 13) & 3;
  return (chunk & 0x4000) === 0 ? (chunk >>> (13 - nth)) & 1 : (chunk >>> (2 * (6 - nth))) & 3;
}

/**
 * The chunk to write for the symbols from `ix` on: in the low 16 bits the chunk, above them how many symbols it covers.
 * A run where it covers as many as a vector would.
 */
export function chunkAt(symbols: Uint8Array, ix: number, count: number): number {
  const symbol = symbols[ix]!;
  const most = Math.min(count - ix, LONGEST_RUN);
  let run = 1;
  while (run < most && symbols[ix + run] === symbol) run++;
  const oneBit = Math.min(count - ix, ONE_BIT_SYMBOLS);
  const isOneBit = oneBitSymbols(symbols, ix, oneBit) === oneBit;
  const vector = isOneBit ? oneBit : Math.min(count - ix, TWO_BIT_SYMBOLS);
  if (run >= vector) return (run << 16) | (symbol << 13) | run;
  return (vector << 16) | (isOneBit ? oneBitVector(symbols, ix, vector) : twoBitVector(symbols, ix, vector));
}

/** How many from `ix` on can be said with one bit, at most `most`. */
function oneBitSymbols(symbols: Uint8Array, ix: number, most: number): number {
  let count = 0;
  while (count < most && symbols[ix + count]! <= SMALL_DELTA) count++;
  return count;
}

function oneBitVector(symbols: Uint8Array, ix: number, count: number): number {
  let chunk = 0x8000;
  for (let nth = 0; nth < count; nth++) chunk |= symbols[ix + nth]! << (13 - nth);
  return chunk;
}

function twoBitVector(symbols: Uint8Array, ix: number, count: number): number {
  let chunk = 0xc000;
  for (let nth = 0; nth < count; nth++) chunk |= symbols[ix + nth]! << (2 * (6 - nth));
  return chunk;
}
