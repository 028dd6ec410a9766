import type { VirtualTime } from '@madang/testkit';
import { PageChannel } from './page-channel.js';

const FULL = 16;
const ROOM = 17;
const NOBODY = 18;
const TOO_LONG = 19;
const LATENCY_MS = 5;

/** One lane of a connection, as the page sees it. */
class Lane extends PageChannel {
  readonly #said: (bytes: Uint8Array) => void;

  constructor(label: string, said: (bytes: Uint8Array) => void) {
    super(label);
    this.#said = said;
  }

  send(bytes: Uint8Array): void {
    this.mustBeOpen();
    this.#said(bytes.slice());
  }
}

/** One connection of a member with the server. What waits for it is bounded. */
export class LaneConnection {
  readonly sctp = { maxMessageSize: 262_144 };
  readonly lanes = new Map<string, Lane>();
  readonly waiting: { readonly label: string; readonly bytes: Uint8Array }[] = [];
  /** Who was told that it is full, and on which lane. */
  readonly told = new Map<string, { readonly from: string; readonly label: string }>();
  bytes = 0;
  isOpen = true;
  readonly #said: (connection: LaneConnection, label: string, bytes: Uint8Array) => void;

  constructor(said: (connection: LaneConnection, label: string, bytes: Uint8Array) => void) {
    this.#said = said;
  }

  createDataChannel(label: string): Lane {
    const lane = new Lane(label, (bytes) => this.#said(this, label, bytes));
    this.lanes.set(label, lane);
    return lane;
  }
}

/** What the media server does with what members say on lanes, by its own description (docs/data-channels.md). */
export class LaneServer {
  readonly #time: VirtualTime;
  readonly #members = new Map<string, LaneConnection>();
  /** What may wait for a member, and what each takes in a millisecond. */
  queueBytes = 1_048_576;
  readonly rates = new Map<string, number>();
  /** The most bytes of a message that a member takes. */
  readonly lengths = new Map<string, number>();
  mostWaiting = 0;
  thrownAway = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  /** A connection of this member, in the place of the last: what waits for that, or is on its way, is lost. */
  connect(member: string): RTCPeerConnection {
    this.disconnect(member);
    const connection = new LaneConnection((from, label, bytes) =>
      this.#time.after(LATENCY_MS, () => from.isOpen && this.#heed(member, label, bytes)),
    );
    this.#members.set(member, connection);
    this.#time.after(4 * LATENCY_MS, () => {
      for (const lane of connection.lanes.values()) lane.open();
    });
    this.#serve(member, connection);
    return connection as unknown as RTCPeerConnection;
  }

  disconnect(member: string): void {
    const connection = this.#members.get(member);
    if (connection === undefined) return;
    connection.isOpen = false;
    this.#members.delete(member);
    for (const { told } of this.#members.values()) {
      for (const [key, { from }] of told) if (from === member) told.delete(key);
    }
  }

  #heed(from: string, label: string, bytes: Uint8Array): void {
    const head = 2 + bytes[1]!;
    const to = new TextDecoder().decode(bytes.subarray(2, head));
    const receiver = this.#members.get(to);
    if (receiver?.lanes.get(label)?.readyState !== 'open') {
      this.#notify(from, label, NOBODY, to);
      return;
    }
    if (bytes.length > (this.lengths.get(to) ?? 262_144)) {
      this.#notify(from, label, TOO_LONG, to);
      return;
    }
    const key = `${from} ${label}`;
    const isFull = receiver.bytes + bytes.length > this.queueBytes;
    if (isFull || receiver.told.has(key)) {
      this.thrownAway += 1;
      if (!receiver.told.has(key)) this.#notify(from, label, FULL, to);
      receiver.told.set(key, { from, label });
      return;
    }
    this.#queue(receiver, label, message(bytes[0]!, from, bytes.subarray(head)));
  }

  #notify(to: string, label: string, type: number, about: string): void {
    const receiver = this.#members.get(to);
    if (receiver !== undefined) this.#queue(receiver, label, message(type, about, new Uint8Array(0)));
  }

  #queue(receiver: LaneConnection, label: string, bytes: Uint8Array): void {
    receiver.waiting.push({ label, bytes });
    receiver.bytes += bytes.length;
    this.mostWaiting = Math.max(this.mostWaiting, receiver.bytes);
  }

  /** A millisecond's worth after the other. */
  #serve(member: string, connection: LaneConnection): void {
    if (!connection.isOpen) return;
    let credit = this.rates.get(member) ?? 20_000;
    while (connection.waiting.length > 0 && credit > 0) {
      const { label, bytes } = connection.waiting.shift()!;
      credit -= bytes.length;
      connection.bytes -= bytes.length;
      this.#time.after(LATENCY_MS, () => {
        if (connection.isOpen) connection.lanes.get(label)?.onmessage?.({ data: bytes.slice().buffer });
      });
    }
    if (connection.told.size > 0 && connection.bytes <= this.queueBytes / 2) {
      for (const { from, label } of connection.told.values()) this.#notify(from, label, ROOM, member);
      connection.told.clear();
    }
    this.#time.after(Math.max(1, -credit / (this.rates.get(member) ?? 20_000)), () => this.#serve(member, connection));
  }
}

function message(type: number, member: string, payload: Uint8Array): Uint8Array {
  const id = new TextEncoder().encode(member);
  return Uint8Array.of(type, id.length, ...id, ...payload);
}
