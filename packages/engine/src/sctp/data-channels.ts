import { concatBytes } from '../bytes/index.js';
import { Association, type AssociationEvent, type AssociationOptions } from './association.js';
import { type AssociationEnd, DEFAULT_ASSOCIATION_LIMITS } from './association-state.js';
import { DataChannel } from './data-channel.js';
import { type ChannelForm, readEstablishment, writeAck, writeOpen } from './open-message.js';
import type { PacketOut } from './packet-writer.js';
import { PPID } from './payload-protocol.js';
import type { InboundMessage } from './reassembly.js';

/** Channels that the other side was refused before it is thought to mean no good. */
const MOST_REFUSALS = 256;
const ALWAYS = Number.POSITIVE_INFINITY;

export interface DataChannelsOptions extends AssociationOptions {
  /** The client has the even numbers (RFC 8832 §6). */
  readonly isDtlsClient: boolean;
  /** Bytes that the other side takes in a message, by its `a=max-message-size`; 0 for any number. */
  readonly remoteMessageBytes: number;
  readonly mostChannels: number;
}

export type ChannelEvent =
  /** The other side has opened it, or knows ours. */
  | { readonly type: 'open'; readonly channel: DataChannel }
  | { readonly type: 'message'; readonly channel: DataChannel; readonly isText: boolean; readonly bytes: Uint8Array }
  | { readonly type: 'closed'; readonly channel: DataChannel }
  /** After a `full`: half of what may wait is free. */
  | { readonly type: 'drained' }
  /** There are no channels any more. */
  | { readonly type: 'ended'; readonly reason: AssociationEnd };

/** Data channels over an association (RFC 8831, 8832), as pure as that. */
export class DataChannels {
  readonly association: Association;
  readonly channels = new Map<number, DataChannel>();
  /** What the other side did that is not allowed, and messages for channels that are not there. */
  readonly refusals = { channel: 0, establishment: 0, message: 0 };
  readonly #options: DataChannelsOptions;
  readonly #mostMessageBytes: number;
  readonly #queueBytes: number;
  #partBytes = 0;
  #wasFull = false;
  #events: ChannelEvent[] = [];

  constructor(options: DataChannelsOptions) {
    this.#options = options;
    const { mostMessageBytes, queueBytes } = { ...DEFAULT_ASSOCIATION_LIMITS, ...options.limits };
    this.#mostMessageBytes = mostMessageBytes;
    this.#queueBytes = queueBytes;
    this.association = new Association(options);
  }

  connect(now: number): void {
    this.association.connect(now);
  }

  receive(bytes: Uint8Array, at: number, length: number, now: number): void {
    this.association.receive(bytes, at, length, now);
    this.#heed(now);
  }

  tick(now: number): void {
    this.association.tick(now);
    this.#heed(now);
  }

  nextAt(): number {
    return this.association.nextAt();
  }

  write(out: PacketOut, now: number): void {
    this.association.write(out, now);
    if (!this.#wasFull || this.association.queuedBytes > this.#queueBytes / 2) return;
    this.#wasFull = false;
    this.#events.push({ type: 'drained' });
  }

  drain(): readonly ChannelEvent[] {
    const events = this.#events;
    if (events.length > 0) this.#events = [];
    return events;
  }

  /** Opens a channel; null when there are as many as there may be. With `id` both sides know of it already (negotiated). */
  open(form: ChannelForm, id?: number): DataChannel | null {
    const number = id ?? this.#freeId();
    if (number === null || this.channels.has(number) || this.channels.size >= this.#options.mostChannels) return null;
    const channel = new DataChannel(number, form, id === undefined ? 'opening' : 'open');
    if (id === undefined && !this.#establish(number, writeOpen(form))) return null;
    this.channels.set(number, channel);
    return channel;
  }

  /**
   * Queues a message; its bytes are not copied. `full`: as much waits as may; `too_long`: for the other side; `closed`: so is
   * the channel, or it is closing. `moreBytes` may wait besides what may otherwise.
   */
  send(
    channel: DataChannel,
    bytes: Uint8Array,
    isText: boolean,
    now: number,
    moreBytes = 0,
  ): 'sent' | 'full' | 'too_long' | 'closed' {
    if (channel.state !== 'open' && channel.state !== 'opening') return 'closed';
    const most = this.#options.remoteMessageBytes;
    if (most > 0 && bytes.length > most) return 'too_long';
    const isEmpty = bytes.length === 0;
    const ppid = isEmpty ? (isText ? PPID.TEXT_EMPTY : PPID.BINARY_EMPTY) : isText ? PPID.TEXT : PPID.BINARY;
    const { isOrdered, maxRetransmits, maxLifetimeMs } = channel.form;
    // Until the other side knows the channel, nothing may overtake the message that opens it (RFC 8832 §6).
    const isKnown = channel.state === 'open';
    const message = {
      streamId: channel.id,
      ppid,
      bytes: isEmpty ? Uint8Array.of(0) : bytes,
      isOrdered: isOrdered || !isKnown,
      maxRetransmits: maxRetransmits ?? ALWAYS,
      expiresAtMs: maxLifetimeMs === null ? ALWAYS : now + maxLifetimeMs,
    };
    const result = this.association.send(message, moreBytes);
    this.#wasFull ||= result === 'full';
    return result === 'sent' || result === 'full' ? result : 'closed';
  }

  /** Closes a channel; `closed` follows when the other side has done the same. What waits is dropped. */
  close(channel: DataChannel): void {
    if (channel.state === 'closing' || channel.state === 'closed') return;
    channel.state = 'closing';
    // Before there is an association there is nothing to begin anew.
    if (this.association.outStreams === 0) {
      this.#finish(channel);
      this.channels.delete(channel.id);
    } else this.#reset(channel);
  }

  /** Closes all channels at once, without a word to the other side: it knows, or there is no way to it any more. */
  closeAll(): void {
    for (const channel of this.channels.values()) this.#finish(channel);
    this.channels.clear();
  }

  #heed(now: number): void {
    // What is heard may lead to more, such as the end.
    for (let events = this.association.drain(); events.length > 0; events = this.association.drain()) {
      for (const event of events) this.#heedOne(event, now);
    }
  }

  #heedOne(event: AssociationEvent, now: number): void {
    switch (event.type) {
      case 'message':
        this.#take(event.message, now);
        return;
      case 'streams-reset':
        for (const id of event.streams) this.#resetIn(id);
        return;
      case 'streams-renewed':
        for (const id of event.streams) this.#resetOut(id);
        return;
      case 'ended':
        this.closeAll();
        this.#events.push(event);
    }
  }

  #take(message: InboundMessage, now: number): void {
    const { streamId, ppid, bytes } = message;
    if (ppid === PPID.DCEP) {
      this.#takeEstablishment(streamId, bytes, now);
      return;
    }
    const channel = this.channels.get(streamId);
    if (channel === undefined || (channel.state !== 'open' && channel.state !== 'opening')) {
      this.refusals.message++;
      return;
    }
    if (ppid === PPID.TEXT || ppid === PPID.BINARY) this.#deliver(channel, ppid === PPID.TEXT, bytes);
    else if (ppid === PPID.TEXT_PART || ppid === PPID.BINARY_PART) this.#keepPart(channel, bytes);
    else if (ppid === PPID.TEXT_EMPTY || ppid === PPID.BINARY_EMPTY)
      this.#deliver(channel, ppid === PPID.TEXT_EMPTY, new Uint8Array(0));
    else this.refusals.message++;
  }

  #deliver(channel: DataChannel, isText: boolean, last: Uint8Array): void {
    const bytes = channel.parts.length === 0 ? last : concatBytes(...channel.parts, last);
    this.#forgetParts(channel);
    if (bytes.length > this.#mostMessageBytes) {
      this.close(channel);
      return;
    }
    this.#events.push({ type: 'message', channel, isText, bytes });
  }

  /** Of all channels together no more than one message may have. */
  #keepPart(channel: DataChannel, bytes: Uint8Array): void {
    this.#partBytes += bytes.length;
    channel.parts.push(bytes);
    if (this.#partBytes <= this.#mostMessageBytes && channel.parts.length <= 1_024) return;
    this.#forgetParts(channel);
    this.close(channel);
  }

  #forgetParts(channel: DataChannel): void {
    for (const { length } of channel.parts.splice(0)) this.#partBytes -= length;
  }

  #takeEstablishment(streamId: number, bytes: Uint8Array, now: number): void {
    const message = readEstablishment(bytes);
    const known = this.channels.get(streamId);
    if (message?.type === 'ack' && known?.state === 'opening') {
      known.state = 'open';
      this.#events.push({ type: 'open', channel: known });
    } else if (message?.type === 'open' && this.#mayOpen(streamId)) {
      const channel = new DataChannel(streamId, message.form, 'open');
      if (!this.#establish(streamId, writeAck())) return;
      this.channels.set(streamId, channel);
      this.#events.push({ type: 'open', channel });
    } else if (message?.type !== 'ack') this.#refuse(streamId, known, message === null, now);
  }

  /** Its numbers are of the other parity than ours, and nobody uses this one. */
  #mayOpen(streamId: number): boolean {
    const isTheirs = streamId % 2 === (this.#options.isDtlsClient ? 1 : 0);
    return isTheirs && !this.channels.has(streamId) && this.channels.size < this.#options.mostChannels;
  }

  /** RFC 8832 §6: the stream is closed, with the channel that was there. */
  #refuse(streamId: number, known: DataChannel | undefined, isMalformed: boolean, now: number): void {
    this.refusals[isMalformed ? 'establishment' : 'channel']++;
    if (this.refusals.establishment + this.refusals.channel > MOST_REFUSALS) {
      this.association.abort(now, 'violation');
      return;
    }
    if (known !== undefined) this.close(known);
    else this.association.resetStream(streamId);
  }

  #establish(streamId: number, bytes: Uint8Array): boolean {
    const message = { streamId, ppid: PPID.DCEP, bytes, isOrdered: true, maxRetransmits: ALWAYS, expiresAtMs: ALWAYS };
    return this.association.send(message) === 'sent';
  }

  #freeId(): number | null {
    for (let id = this.#options.isDtlsClient ? 0 : 1; id < (this.association.outStreams || 64); id += 2) {
      if (!this.channels.has(id)) return id;
    }
    return null;
  }

  #reset(channel: DataChannel): void {
    if (channel.isResetAsked) return;
    channel.isResetAsked = true;
    this.association.resetStream(channel.id);
  }

  /** The other side has closed it, or done the same as we. */
  #resetIn(id: number): void {
    const channel = this.channels.get(id);
    if (channel === undefined) return;
    channel.isResetIn = true;
    this.#reset(channel);
    this.#finish(channel);
    if (channel.isResetOut) this.channels.delete(id);
  }

  #resetOut(id: number): void {
    const channel = this.channels.get(id);
    if (channel === undefined) return;
    channel.isResetOut = true;
    if (!channel.isResetIn) return;
    this.#finish(channel);
    this.channels.delete(id);
  }

  #finish(channel: DataChannel): void {
    if (channel.state === 'closed') return;
    channel.state = 'closed';
    this.#forgetParts(channel);
    this.#events.push({ type: 'closed', channel });
  }
}
