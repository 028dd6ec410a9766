import type { Deadline } from '../bytes/index.js';
import { HEADER_BYTES, padded, type TransportAddress } from '../stun/index.js';
import type { Allocation } from './allocation.js';
import type { PeerConnection } from './peer-connections.js';
import type { Due } from './turn-state.js';

export type StreamTransport = 'tcp' | 'tls';
/** What is a connection to the core: DTLS too, whose pieces keep their borders. */
export type ConnectionTransport = StreamTransport | 'dtls';

/** A client's connection over TCP, TLS or DTLS: what of a frame has come so far, and what is to be sent. */
export class StreamClient {
  readonly id: number;
  readonly transport: ConnectionTransport;
  readonly client: TransportAddress;
  allocation: Allocation | null = null;
  /** The peer's connection that it is joined with: its bytes pass by us from then on (RFC 6062 §5.4). */
  connection: PeerConnection | null = null;
  /** Whether the server still has it. */
  isThere = true;
  /** Whether the connection takes no more: data from peers is dropped until it does. */
  isBlocked = false;
  deadline: Deadline<Due> | null = null;
  #arrived: Uint8Array = new Uint8Array(0);
  #leaving = new Uint8Array(0);
  #leavingBytes = 0;
  /** Where the messages to be sent end. */
  #ends: number[] = [];

  constructor(id: number, transport: ConnectionTransport, client: TransportAddress) {
    this.id = id;
    this.transport = transport;
    this.client = client;
  }

  /** Whether each piece that comes is one message, and each that goes has to be. */
  get hasBorders(): boolean {
    return this.transport === 'dtls';
  }

  /** Whether its bytes are messages for us. */
  get isOpen(): boolean {
    return this.isThere && this.connection === null;
  }

  /** What has arrived and was not taken yet. */
  get arrived(): Uint8Array {
    return this.#arrived;
  }

  arrive(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (this.#arrived.length === 0) {
      this.#arrived = bytes;
      return;
    }
    const both = new Uint8Array(this.#arrived.length + bytes.length);
    both.set(this.#arrived);
    both.set(bytes, this.#arrived.length);
    this.#arrived = both;
  }

  /** Takes the first `bytes` out of what has arrived, and keeps a copy of the rest. */
  take(bytes: number): void {
    this.#arrived = this.#arrived.slice(bytes);
  }

  get hasLeaving(): boolean {
    return this.#leavingBytes > 0;
  }

  /** Room for `bytes` more to be sent: the array, and where in it they go. */
  leave(bytes: number): { readonly into: Uint8Array; readonly at: number } {
    const at = this.#leavingBytes;
    if (at + bytes > this.#leaving.length) {
      const larger = new Uint8Array(Math.max(at + bytes, 2 * this.#leaving.length, 2_048));
      larger.set(this.#leaving.subarray(0, at));
      this.#leaving = larger;
    }
    this.#leavingBytes += bytes;
    if (this.hasBorders) this.#ends.push(this.#leavingBytes);
    return { into: this.#leaving, at };
  }

  /** What is to be sent, once: in one piece, or one for each message. */
  takeLeaving(): Uint8Array[] {
    const bytes = this.#leaving;
    const ends = this.hasBorders ? this.#ends : [this.#leavingBytes];
    this.#leaving = new Uint8Array(0);
    this.#leavingBytes = 0;
    this.#ends = [];
    return ends.map((end, ix) => bytes.subarray(ix > 0 ? ends[ix - 1] : 0, end));
  }
}

/** The longest message of a client without allocation. */
const LONGEST_UNPROVEN_FRAME = 2_048;

export type Frame =
  | { readonly type: 'stun' | 'channel'; readonly length: number; readonly room: number }
  | { readonly type: 'partial' }
  | { readonly type: 'no_turn' | 'too_long' };

/**
 * What begins a stream (RFC 8656 §3.1, §12.5): the bytes of the message, and the room it takes. Messages of both kinds begin
 * with two bits and a type or number, and a length; those of channels are padded to a multiple of 4. `channelsEnd` is the
 * first byte that begins no channel's message any more.
 */
export function firstFrame(bytes: Uint8Array, isProven: boolean, channelsEnd: number): Frame {
  if (bytes.length < 4) return bytes.length > 0 && bytes[0]! >= channelsEnd ? { type: 'no_turn' } : { type: 'partial' };
  const size = (bytes[2]! << 8) | bytes[3]!;
  const isChannel = bytes[0]! >= 0x40 && bytes[0]! < channelsEnd;
  if (!isChannel && (bytes[0]! > 3 || size % 4 !== 0)) return { type: 'no_turn' };
  const length = (isChannel ? 4 : HEADER_BYTES) + size;
  if (!isProven && length > LONGEST_UNPROVEN_FRAME) return { type: 'too_long' };
  if (!isChannel && !hasCookie(bytes)) return { type: 'no_turn' };
  const room = padded(length);
  return bytes.length < room ? { type: 'partial' } : { type: isChannel ? 'channel' : 'stun', length, room };
}

const COOKIE = [0x21, 0x12, 0xa4, 0x42] as const;

/** Whether what has come of the magic cookie is right. */
function hasCookie(bytes: Uint8Array): boolean {
  return COOKIE.every((byte, ix) => bytes.length <= 4 + ix || bytes[4 + ix] === byte);
}
