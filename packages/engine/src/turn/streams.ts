import type { TxTable } from '../ports/index.js';
import { MESSAGE_CLASS, METHOD, readMessage, type StunMessage, type TransportAddress } from '../stun/index.js';
import { CHANNEL_NUMBERS, channelsEnd } from './channels.js';
import type { ClientPath } from './client-path.js';
import type { DataPath } from './data-path.js';
import { type ConnectionTransport, firstFrame, StreamClient } from './stream-client.js';
import type { TurnState } from './turn-state.js';

type Request = (message: StunMessage, path: ClientPath, now: number, tx: TxTable) => void;

/** Clients over TCP, TLS and DTLS: bytes in, bytes out. What they send to peers goes by rows all the same. */
export class Streams {
  readonly #state: TurnState;
  readonly #data: DataPath;
  readonly #request: Request;
  readonly #channelsEnd: number;
  #ids = 0;

  constructor(state: TurnState, data: DataPath, request: Request) {
    this.#state = state;
    this.#data = data;
    this.#request = request;
    this.#channelsEnd = channelsEnd(state.options.oldChannels) >> 8;
  }

  /** A client has connected. Gives the stream's id; null when there are too many: it is to be closed. */
  open(transport: ConnectionTransport, client: TransportAddress, now: number): number | null {
    const stream = new StreamClient(++this.#ids, transport, client);
    return this.#state.admitStream(stream, now) ? stream.id : null;
  }

  /**
   * Bytes have come. What they say for peers goes into the transmit table, which is sent when it is full. After a `join`
   * operation the stream's bytes are not ours any more. Over DTLS `bytes` are those of one record.
   */
  receive(id: number, bytes: Uint8Array, now: number, tx: TxTable): void {
    const stream = this.#state.streams.get(id);
    if (stream === undefined || !stream.isOpen) return;
    if (stream.hasBorders) {
      this.#whole(stream, bytes, now, tx);
      return;
    }
    stream.arrive(bytes);
    let taken = 0;
    while (stream.isOpen) {
      const rest = stream.arrived.subarray(taken);
      const frame = firstFrame(rest, stream.allocation !== null, this.#channelsEnd);
      if (frame.type === 'partial') break;
      if (!('room' in frame)) {
        this.#state.counts.dropped('no_turn');
        this.#state.closeStream(stream, frame.type, now);
        return;
      }
      taken += frame.room;
      this.#frame(stream, frame.type, rest.subarray(0, frame.length), now, tx);
    }
    stream.take(taken);
    if (stream.connection !== null) this.#join(stream);
  }

  /** Whether the connection takes no more for now. */
  setBlocked(id: number, isBlocked: boolean): void {
    const stream = this.#state.streams.get(id);
    if (stream !== undefined) stream.isBlocked = isBlocked;
  }

  /** The connection is gone: its allocation with it, at once. */
  closed(id: number, now: number): void {
    const stream = this.#state.streams.get(id);
    if (stream === undefined) return;
    this.#state.dropStream(stream, now);
  }

  /** Makes writes of what is to be sent. */
  flush(): void {
    for (const stream of this.#state.leaving) this.#state.write(stream);
    this.#state.leaving.clear();
  }

  /** What comes with borders is one message, without padding as with, or is dropped as a datagram would be. */
  #whole(stream: StreamClient, bytes: Uint8Array, now: number, tx: TxTable): void {
    const first = bytes.length >= 4 ? bytes[0]! : 0xff;
    const isChannel = first >= CHANNEL_NUMBERS.first >> 8 && first < this.#channelsEnd;
    const isCut = isChannel && 4 + ((bytes[2]! << 8) | bytes[3]!) > bytes.length;
    if (isCut || (!isChannel && first > 3)) this.#state.counts.dropped(isCut ? 'malformed' : 'no_turn');
    else this.#frame(stream, isChannel ? 'channel' : 'stun', bytes, now, tx);
  }

  #frame(stream: StreamClient, type: 'stun' | 'channel', bytes: Uint8Array, now: number, tx: TxTable): void {
    const { allocation } = stream;
    const { counts } = this.#state;
    const isReady = allocation !== null && allocation.opening === null;
    if (type === 'channel') {
      const dropped = isReady ? this.#data.channelBytes(allocation, bytes, now, tx) : 'no_allocation';
      if (dropped !== null) counts.dropped(dropped);
      return;
    }
    const message = readMessage(bytes);
    if (typeof message === 'string') {
      counts.dropped(`stun_${message}`);
      return;
    }
    const path: ClientPath = { type: 'stream', stream: stream.id };
    if (message.messageClass === MESSAGE_CLASS.REQUEST) {
      this.#request(message, path, now, tx);
      return;
    }
    if (message.method !== METHOD.SEND || message.messageClass !== MESSAGE_CLASS.INDICATION) {
      counts.dropped('no_request');
      return;
    }
    const dropped = isReady ? this.#data.send(allocation, message, -1, now, tx) : 'no_allocation';
    if (dropped !== null) counts.dropped(dropped);
  }

  /** What follows the request that joined the stream is for the peer. */
  #join(stream: StreamClient): void {
    const { connection } = stream;
    this.flush();
    if (connection === null) return;
    this.#state.operations.push({ type: 'join', stream: stream.id, connection: connection.id, early: stream.arrived });
    stream.take(stream.arrived.length);
  }
}
