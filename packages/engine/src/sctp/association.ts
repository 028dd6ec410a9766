import {
  type AssociationEnd,
  type AssociationLimits,
  type AssociationPorts,
  AssociationState,
  type Control,
  DEFAULT_ASSOCIATION_LIMITS,
  type DropReason,
  type Phase,
} from './association-state.js';
import { CAUSE, CHUNK, MOST_PACKET_BYTES, PARAMETER } from './chunk.js';
import { CHUNK_HANDLERS, isTagRight, onUnknownChunk } from './chunk-handlers.js';
import type { MessageToSend } from './outgoing-message.js';
import { type PacketFault, PacketReader } from './packet-reader.js';
import { type PacketOut, PacketWriter } from './packet-writer.js';
import { writeParameters } from './parameters.js';
import type { InboundMessage } from './reassembly.js';
import { sendInit } from './set-up.js';
import { goOnShuttingDown } from './shut-down.js';
import { writeForward } from './write-forward.js';

/** Association.Max.Retrans and Max.Init.Retransmits (RFC 9260 §16). */
const MOST_TIMEOUTS = 10;
const MOST_REPEATS = 8;

export interface AssociationOptions extends AssociationPorts {
  /** By `a=sctp-port`; the same on both sides as a rule. */
  readonly ownPort: number;
  readonly remotePort: number;
  readonly limits?: Partial<AssociationLimits>;
}

/** What happened that nobody asked for. */
export type AssociationEvent =
  | { readonly type: 'established' }
  | { readonly type: 'message'; readonly message: InboundMessage }
  /** The other side's streams of these numbers have begun anew. */
  | { readonly type: 'streams-reset'; readonly streams: readonly number[] }
  /** Ours have: they can be sent on again. */
  | { readonly type: 'streams-renewed'; readonly streams: readonly number[] }
  | { readonly type: 'ended'; readonly reason: AssociationEnd };

const NOTHING: readonly AssociationEvent[] = [];

/**
 * One end of an SCTP association over DTLS (RFC 9260 with RFC 8261, 3758, 6525 and 9653). Pure: `now` is monotonic
 * milliseconds, and what is to be sent goes where `write` is told. After each call of another method `write` may have
 * something, `nextAt` may be another time, and `drain` may tell of something.
 */
export class Association {
  readonly #state: AssociationState;
  readonly #reader = new PacketReader();
  readonly #writer: PacketWriter;
  readonly #ownPort: number;
  readonly #remotePort: number;
  #isTold: 'nothing' | 'established' | 'ended' = 'nothing';

  constructor({ ownPort, remotePort, limits, ...ports }: AssociationOptions) {
    this.#state = new AssociationState({ ...DEFAULT_ASSOCIATION_LIMITS, ...limits }, ports);
    this.#writer = new PacketWriter({ sourcePort: ownPort, destinationPort: remotePort });
    this.#ownPort = ownPort;
    this.#remotePort = remotePort;
  }

  get phase(): Phase {
    return this.#state.phase;
  }

  /** What was passed over, by reason. */
  get drops(): Readonly<Record<DropReason, number>> {
    return this.#state.drops;
  }

  /** Bytes that wait to be sent for the first time, with 64 for each message. */
  get queuedBytes(): number {
    return this.#state.queue.bytes;
  }

  /** Bytes that are kept of messages that are not whole or not in order. */
  get keptBytes(): number {
    return this.#state.transfer?.receiver.cost ?? 0;
  }

  /** Parts of messages that were sent again. */
  get resent(): number {
    return this.#state.transfer?.sender.resent ?? 0;
  }

  /** Streams that we may send on; 0 before the association is set up. */
  get outStreams(): number {
    const { own, transfer } = this.#state;
    return transfer === null ? 0 : Math.min(own.outStreams, transfer.remote.inStreams);
  }

  /** Begins. Both sides may at once, and one that does not takes what comes (RFC 9260 §5.2.1). */
  connect(now: number): void {
    if (this.#state.phase === 'closed') sendInit(this.#state, now);
  }

  /** Takes one packet. Never throws for what is in it. */
  receive(bytes: Uint8Array, at: number, length: number, now: number): void {
    const state = this.#state;
    if (state.phase === 'over') return;
    const fault = this.#read(bytes, at, length);
    if (fault !== null) state.drops[fault]++;
    else this.#takeChunks(now);
  }

  /**
   * Queues a message; its bytes are not copied and must not change. `full`: `queueBytes` are waiting already, or the stream
   * is being reset; `no_stream`: it has none of this number. `moreBytes` may wait besides `queueBytes`.
   */
  send(message: MessageToSend, moreBytes = 0): 'sent' | 'full' | 'no_stream' | 'over' {
    const { queue, limits, phase } = this.#state;
    if (phase === 'over' || phase.startsWith('shutdown')) return 'over';
    if (message.streamId >= (this.outStreams || limits.streams)) return 'no_stream';
    if (queue.bytes + message.bytes.length > limits.queueBytes + moreBytes) return 'full';
    return queue.add(message) ? 'sent' : 'full';
  }

  /** The stream begins anew, when what was sent on it has arrived; what waits is dropped. For a channel that is closed. */
  resetStream(streamId: number): void {
    this.#state.transfer?.resets.want(streamId);
  }

  /** Ends it when everything has arrived (RFC 9260 §9.2). */
  shutdown(now: number): void {
    if (this.#state.phase === 'established') this.#state.phase = 'shutdown_pending';
    else if (this.#state.transfer === null) this.#state.finish('shutdown');
    goOnShuttingDown(this.#state, now);
  }

  /** Ends it at once: the other side is told with the next `write`. `violation`: by its own fault. */
  abort(now: number, end: AssociationEnd = 'shutdown'): void {
    if (this.#state.phase === 'over') return;
    this.#state.abort(end === 'violation' ? CAUSE.PROTOCOL_VIOLATION : CAUSE.USER_ABORT, now);
    this.#state.finish(end);
  }

  /** Does what has come due; what comes of it is for `write`. */
  tick(now: number): void {
    const state = this.#state;
    if (now >= state.repeatAtMs) this.#repeat(now);
    const { transfer } = state;
    if (transfer === null || state.phase === 'over') return;
    if (now >= transfer.sender.t3AtMs) transfer.sender.timedOut(now);
    if (now >= state.heartbeat.atMs) this.#ask(now);
    if (transfer.sender.timeouts > MOST_TIMEOUTS) {
      state.abort(CAUSE.USER_ABORT, now);
      state.finish('unreachable');
    }
    goOnShuttingDown(this.#state, now);
  }

  /** When `tick`, and `write` after it, have something to do; infinity when nothing is pending. */
  nextAt(): number {
    const { transfer, repeatAtMs, heartbeat, phase } = this.#state;
    if (transfer === null || phase === 'over') return repeatAtMs;
    const { sender, receiver, resets } = transfer;
    return Math.min(repeatAtMs, sender.t3AtMs, receiver.sackAtMs, resets.nextAtMs, heartbeat.atMs);
  }

  /** Writes what may be sent now. */
  write(out: PacketOut, now: number): void {
    for (let control = this.#state.takeControl(); control !== null; control = this.#state.takeControl()) {
      if (!this.#writeControl(control, out)) return;
    }
    const { transfer, phase } = this.#state;
    if (transfer === null || phase === 'over') return;
    const { sender, receiver, resets } = transfer;
    const sends = phase !== 'shutdown_sent' && phase !== 'shutdown_ack_sent';
    while (now >= receiver.sackAtMs || (sends && sender.isReady(now))) {
      if (!this.#writer.begin(out, transfer.remote.tag)) return;
      if (now >= receiver.sackAtMs) receiver.writeSack(this.#writer);
      if (sends) sender.fill(this.#writer, now);
      this.#finish();
    }
    const forward = sender.takeForward();
    if (forward !== null) this.#writeControl({ type: CHUNK.FORWARD_TSN, body: writeForward(forward) }, out);
    if (!transfer.remote.reConfig) return;
    for (let reset = resets.take(now); reset !== null; reset = resets.take(now)) {
      this.#writeControl({ type: CHUNK.RE_CONFIG, body: writeParameters(reset) }, out);
    }
  }

  /** What happened since the last call. */
  drain(): readonly AssociationEvent[] {
    if (!this.#hasNews()) return NOTHING;
    const { transfer, end } = this.#state;
    const events: AssociationEvent[] = [];
    if (transfer !== null) {
      if (this.#isTold === 'nothing') events.push({ type: 'established' });
      if (this.#isTold === 'nothing') this.#isTold = 'established';
      const { receiver, resets } = transfer;
      for (const message of receiver.ready.splice(0)) events.push({ type: 'message', message });
      const [streamsIn, streamsOut] = [resets.doneIn.splice(0), resets.doneOut.splice(0)];
      if (streamsIn.length > 0) events.push({ type: 'streams-reset', streams: streamsIn });
      if (streamsOut.length > 0) events.push({ type: 'streams-renewed', streams: streamsOut });
    }
    if (end !== null && this.#isTold !== 'ended') {
      events.push({ type: 'ended', reason: end });
      this.#isTold = 'ended';
    }
    return events;
  }

  /** Most packets tell nothing. */
  #hasNews(): boolean {
    const { transfer, end } = this.#state;
    if (end !== null && this.#isTold !== 'ended') return true;
    if (transfer === null) return false;
    const { receiver, resets } = transfer;
    return this.#isTold === 'nothing' || receiver.ready.length + resets.doneIn.length + resets.doneOut.length > 0;
  }

  #read(bytes: Uint8Array, at: number, length: number): PacketFault | 'port' | null {
    const fault = this.#reader.start(bytes, at, length, true);
    if (fault !== null) return fault;
    const { sourcePort, destinationPort } = this.#reader;
    return sourcePort === this.#remotePort && destinationPort === this.#ownPort ? null : 'port';
  }

  #takeChunks(now: number): void {
    const [state, reader] = [this.#state, this.#reader];
    let isFirst = true;
    let hasData = false;
    while (state.phase !== 'over' && reader.next()) {
      if (isFirst && !isTagRight(state, reader, reader.type, reader.flags)) {
        state.drops.tag++;
        return;
      }
      // INIT stands alone, and those that may come with the other tag stand first.
      if (!isFirst && (reader.type === CHUNK.INIT || reader.type === CHUNK.INIT_ACK)) return;
      if (this.#takeChunk(now) === 'stop') return;
      hasData ||= reader.type === CHUNK.DATA;
      isFirst = false;
    }
    if (hasData) state.transfer?.receiver.packetEnded(now);
    goOnShuttingDown(this.#state, now);
  }

  #takeChunk(now: number): 'go' | 'stop' {
    const [state, reader] = [this.#state, this.#reader];
    const handler = CHUNK_HANDLERS[reader.type];
    if (handler === undefined) {
      state.drops.unknown_chunk++;
      return onUnknownChunk(state, reader) === 'stop' ? 'stop' : 'go';
    }
    const reason = handler(state, reader, now);
    if (reason !== null) state.drops[reason]++;
    return 'go';
  }

  /** T1 and T2 (RFC 9260 §5.1, §9.2). */
  #repeat(now: number): void {
    const state = this.#state;
    if (state.repeats >= MOST_REPEATS || state.repeated === null) {
      state.finish('unreachable');
      return;
    }
    state.repeats++;
    state.rto.backOff();
    state.repeatAtMs = now + state.rto.ms;
    state.post(state.repeated);
  }

  #ask(now: number): void {
    const state = this.#state;
    const { info, missed } = state.heartbeat.ask(now, state.rto.ms);
    if (missed) state.transfer!.sender.timeouts++;
    if (missed) state.rto.backOff();
    state.post({
      type: CHUNK.HEARTBEAT,
      body: writeParameters([{ type: PARAMETER.HEARTBEAT_INFO, value: info }]),
    });
  }

  #writeControl({ type, flags = 0, body, tag }: Control, out: PacketOut): boolean {
    if (!this.#writer.begin(out, tag ?? this.#state.remote?.tag ?? 0)) return false;
    const at = this.#writer.add(type, flags, body?.length ?? 0);
    if (body !== undefined) this.#writer.bytes.set(body, at);
    this.#finish();
    return true;
  }

  #finish(): void {
    const { own, remote } = this.#state;
    this.#writer.finish(!(own.zeroChecksum && remote?.zeroChecksum));
  }
}

/** Of a packet of ours: what `PacketOut.begin` has to have room for. */
export const SCTP_PACKET_BYTES = MOST_PACKET_BYTES;
