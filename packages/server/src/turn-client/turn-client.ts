import { randomBytes } from 'node:crypto';
import {
  ATTRIBUTE,
  FAMILY_CODE,
  type Family,
  LongTermSigner,
  MESSAGE_CLASS,
  METHOD,
  MessageWriter,
  readMessage,
  type StunMessage,
  type TransportAddress,
} from '@madang/engine';
import { cryptoDigest, cryptoHmac } from '../media/index.js';
import type { Wire, WireError } from './wire.js';

/** A name and a password for a TURN server. */
export interface TurnAccount {
  readonly username: string;
  readonly password: string;
}

/** What came of a request. `tookMs` is the time from the (last) request to its response. */
export type TurnReply =
  | { readonly kind: 'success'; readonly message: StunMessage; readonly tookMs: number }
  | { readonly kind: 'error'; readonly code: number; readonly message: StunMessage; readonly tookMs: number }
  /** A success that was not signed with our password: from somebody who does not know it. */
  | { readonly kind: 'unproven' }
  | { readonly kind: 'silent' };

/** How long an answer may take. */
export const PATIENCE_MS = 3_000;
/** When a request over UDP is sent again (RFC 8489 §6.2.1). */
const REPEATS_MS = [500, 1_500];
/** A nonce may be stale, and after the next one stale again: more than that is a server that wants none. */
const MOST_TRIES = 4;
const REQUESTED_UDP = Uint8Array.of(17, 0, 0, 0);

/** Adds attributes to a request. */
type Fill = (writer: MessageWriter) => unknown;

interface Waiting {
  readonly answer: (message: StunMessage) => void;
  readonly fail: (error: WireError) => void;
}

/**
 * A TURN client (RFC 8656) over one wire, as far as one allocation without refreshes goes. Every request rejects with a
 * `WireError` when the wire breaks.
 */
export class TurnClient {
  /** The payloads that peers send, in indications and channels. */
  onData: (data: Uint8Array) => void = () => {};
  readonly #wire: Wire;
  readonly #signer: LongTermSigner;
  readonly #waiting = new Map<string, Waiting>();
  #broken: WireError | null = null;

  constructor(wire: Wire, { username, password }: TurnAccount) {
    this.#wire = wire;
    const account = { username: Buffer.from(username), password: Buffer.from(password) };
    this.#signer = new LongTermSigner(account, cryptoHmac, cryptoDigest);
    wire.listen(
      (bytes) => this.#take(bytes),
      (error) => this.#break(error ?? Object.assign(new Error('closed'), { code: 'ECONNRESET' })),
    );
  }

  /** What the server calls itself; null until it has said so. */
  get realm(): string | null {
    const realm = this.#signer.realm;
    return realm === null ? null : Buffer.from(realm).toString('utf8');
  }

  /** Asks what our address is (RFC 8489 §12). */
  binding(): Promise<TurnReply> {
    return this.#exchange(METHOD.BINDING, () => {});
  }

  /** An Allocate without credentials, whose refusal tells what the server wants said. */
  challenge(): Promise<TurnReply> {
    return this.#exchange(METHOD.ALLOCATE, fillAllocate());
  }

  /** `family` of the relayed address; without it the server takes IPv4 (RFC 8656 §7.1). */
  allocate(family?: Family): Promise<TurnReply> {
    return this.ask(METHOD.ALLOCATE, fillAllocate(family));
  }

  permit(peer: TransportAddress): Promise<TurnReply> {
    return this.ask(METHOD.CREATE_PERMISSION, (writer) => writer.addXorAddress(ATTRIBUTE.XOR_PEER_ADDRESS, peer));
  }

  bind(number: number, peer: TransportAddress): Promise<TurnReply> {
    return this.ask(METHOD.CHANNEL_BIND, (writer) =>
      writer.addU32(ATTRIBUTE.CHANNEL_NUMBER, number * 0x1_0000).addXorAddress(ATTRIBUTE.XOR_PEER_ADDRESS, peer),
    );
  }

  /** `seconds` 0 ends the allocation. */
  refresh(seconds: number): Promise<TurnReply> {
    return this.ask(METHOD.REFRESH, (writer) => writer.addU32(ATTRIBUTE.LIFETIME, seconds));
  }

  /** In a Send indication. */
  sendTo(peer: TransportAddress, data: Uint8Array): void {
    const writer = new MessageWriter(METHOD.SEND, MESSAGE_CLASS.INDICATION, randomBytes(12));
    this.#wire.send(writer.addXorAddress(ATTRIBUTE.XOR_PEER_ADDRESS, peer).add(ATTRIBUTE.DATA, data).finish());
  }

  /** Through a channel. */
  say(number: number, data: Uint8Array): void {
    const header = Uint8Array.of(number >> 8, number & 255, data.length >> 8, data.length & 255);
    this.#wire.send(Buffer.concat([header, data]));
  }

  /** Asks with credentials, and again with those that the server then wants. */
  async ask(method: number, fill: Fill): Promise<TurnReply> {
    for (let tries = 1; ; tries += 1) {
      const reply = await this.#exchange(method, fill);
      if (reply.kind === 'success' && !this.#signer.isProven(reply.message)) return { kind: 'unproven' };
      if (reply.kind !== 'error' || !this.#signer.learn(reply.message) || tries === MOST_TRIES) return reply;
    }
  }

  close(): void {
    this.#wire.close();
  }

  async #exchange(method: number, fill: Fill): Promise<TurnReply> {
    if (this.#broken !== null) throw this.#broken;
    const transaction = randomBytes(12);
    const writer = new MessageWriter(method, MESSAGE_CLASS.REQUEST, transaction);
    fill(writer);
    // A Binding needs no credential (RFC 8489 §9).
    const bytes = (method === METHOD.BINDING ? writer : this.#signer.sign(writer)).finish();
    const begunMs = performance.now();
    const message = await this.#answerTo(transaction.toString('latin1'), bytes);
    if (message === null) return { kind: 'silent' };
    const tookMs = performance.now() - begunMs;
    if (message.messageClass === MESSAGE_CLASS.SUCCESS) return { kind: 'success', message, tookMs };
    return { kind: 'error', code: message.errorCode() ?? 0, message, tookMs };
  }

  /** Null when none comes in time. */
  #answerTo(transaction: string, bytes: Uint8Array): Promise<StunMessage | null> {
    return new Promise((resolve, reject) => {
      const timers = (this.#wire.isLossy ? REPEATS_MS : []).map((ms) => setTimeout(() => this.#wire.send(bytes), ms));
      const end = (settle: () => void) => {
        for (const timer of timers) clearTimeout(timer);
        this.#waiting.delete(transaction);
        settle();
      };
      timers.push(setTimeout(() => end(() => resolve(null)), PATIENCE_MS));
      this.#waiting.set(transaction, {
        answer: (message) => end(() => resolve(message)),
        fail: (error) => end(() => reject(error)),
      });
      this.#wire.send(bytes);
    });
  }

  #take(bytes: Uint8Array): void {
    if (bytes[0]! >= 0x40) {
      this.onData(bytes.subarray(4, 4 + ((bytes[2]! << 8) | bytes[3]!)));
      return;
    }
    const message = readMessage(bytes);
    if (typeof message === 'string') return;
    const data = message.value(ATTRIBUTE.DATA);
    if (message.messageClass === MESSAGE_CLASS.INDICATION) {
      if (message.method === METHOD.DATA && data !== null) this.onData(data);
    } else this.#waiting.get(Buffer.from(message.transaction).toString('latin1'))?.answer(message);
  }

  #break(error: WireError): void {
    this.#broken = error;
    for (const waiting of [...this.#waiting.values()]) waiting.fail(error);
  }
}

function fillAllocate(family?: Family): Fill {
  return (writer) => {
    writer.add(ATTRIBUTE.REQUESTED_TRANSPORT, REQUESTED_UDP);
    if (family !== undefined)
      writer.add(ATTRIBUTE.REQUESTED_ADDRESS_FAMILY, Uint8Array.of(FAMILY_CODE[family], 0, 0, 0));
  };
}
