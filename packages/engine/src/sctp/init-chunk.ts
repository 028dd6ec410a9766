import { readU16, readU32, writeU16, writeU32 } from '../bytes/index.js';
import { CHUNK, PARAMETER } from './chunk.js';
import { type Parameter, readParameters, writeParameters } from './parameters.js';

const FIXED_BYTES = 16;
/** RFC 9260 §3.3.2: a window smaller than that is no association. */
const LEAST_WINDOW_BYTES = 1_500;
/** The error detection method of DTLS (RFC 9653 §8). */
const OVER_DTLS = 1;
const MOST_REPORTED_BYTES = 128;

/** What one side says of itself at the beginning. */
export interface Introduction {
  /** Stands in every packet to it; not 0. */
  readonly tag: number;
  readonly windowBytes: number;
  /** How many streams it would send on, and takes. */
  readonly outStreams: number;
  readonly inStreams: number;
  /** Of its first DATA chunk. */
  readonly tsn: number;
  /** It may be told to pass over what was given up (RFC 3758), its streams may be reset (RFC 6525). */
  readonly forwardTsn: boolean;
  readonly reConfig: boolean;
  /** It takes packets without a sum, for DTLS is below (RFC 9653). */
  readonly zeroChecksum: boolean;
}

export interface ReadIntroduction {
  readonly introduction: Introduction;
  readonly cookie: Uint8Array | null;
  /** Parameters that it wants to be told that nobody knows (RFC 9260 §3.2.1). */
  readonly unrecognized: readonly Parameter[];
}

/**
 * Reads the body of INIT or INIT ACK. Null for what can be no association: no tag, no streams, a window below 1,500 bytes,
 * lengths that are not right.
 */
export function readIntroduction(bytes: Uint8Array, at: number, end: number): ReadIntroduction | null {
  if (end - at < FIXED_BYTES) return null;
  const all = readParameters(bytes, at + FIXED_BYTES, end);
  if (all === null) return null;
  const known = untilStopped(all);
  const extensions = valueIn(known, PARAMETER.EXTENSIONS) ?? new Uint8Array(0);
  const introduction: Introduction = {
    tag: readU32(bytes, at),
    windowBytes: readU32(bytes, at + 4),
    outStreams: readU16(bytes, at + 8),
    inStreams: readU16(bytes, at + 10),
    tsn: readU32(bytes, at + 12),
    forwardTsn: valueIn(known, PARAMETER.FORWARD_TSN) !== null || extensions.includes(CHUNK.FORWARD_TSN),
    reConfig: extensions.includes(CHUNK.RE_CONFIG),
    zeroChecksum: isOverDtls(valueIn(known, PARAMETER.ZERO_CHECKSUM)),
  };
  const { tag, windowBytes, outStreams, inStreams } = introduction;
  if (tag === 0 || outStreams === 0 || inStreams === 0 || windowBytes < LEAST_WINDOW_BYTES) return null;
  const unrecognized = known.filter(
    ({ type, value }) => !isKnown(type) && (type & 0x4000) !== 0 && value.length <= MOST_REPORTED_BYTES,
  );
  return { introduction, cookie: valueIn(known, PARAMETER.STATE_COOKIE), unrecognized };
}

/** The body of INIT, or with a cookie of INIT ACK. */
export function writeIntroduction(own: Introduction, more: readonly Parameter[] = []): Uint8Array {
  const parameters: Parameter[] = [...more];
  const extensions: number[] = [];
  if (own.forwardTsn) parameters.push({ type: PARAMETER.FORWARD_TSN, value: new Uint8Array(0) });
  if (own.reConfig) extensions.push(CHUNK.RE_CONFIG);
  if (own.forwardTsn) extensions.push(CHUNK.FORWARD_TSN);
  if (extensions.length > 0) parameters.push({ type: PARAMETER.EXTENSIONS, value: Uint8Array.from(extensions) });
  if (own.zeroChecksum) parameters.push({ type: PARAMETER.ZERO_CHECKSUM, value: Uint8Array.of(0, 0, 0, OVER_DTLS) });
  const rest = writeParameters(parameters);
  const body = new Uint8Array(FIXED_BYTES + rest.length);
  writeU32(body, 0, own.tag);
  writeU32(body, 4, own.windowBytes);
  writeU16(body, 8, own.outStreams);
  writeU16(body, 10, own.inStreams);
  writeU32(body, 12, own.tsn);
  body.set(rest, FIXED_BYTES);
  return body;
}

/** An unknown parameter without the highest bit ends the reading. */
function untilStopped(parameters: readonly Parameter[]): readonly Parameter[] {
  const stop = parameters.findIndex(({ type }) => !isKnown(type) && (type & 0x8000) === 0);
  return stop < 0 ? parameters : parameters.slice(0, stop + 1);
}

/** Those of addresses (RFC 9260 §3.3.2.1) mean nothing over DTLS and are passed over (RFC 8261 §6.1). */
function isKnown(type: number): boolean {
  return (type >= 5 && type <= 12) || KNOWN.has(type);
}

const KNOWN: ReadonlySet<number> = new Set(Object.values(PARAMETER));

function valueIn(parameters: readonly Parameter[], type: number): Uint8Array | null {
  return parameters.find((parameter) => parameter.type === type)?.value ?? null;
}

function isOverDtls(value: Uint8Array | null): boolean {
  return value !== null && value.length === 4 && readU32(value, 0) === OVER_DTLS;
}
