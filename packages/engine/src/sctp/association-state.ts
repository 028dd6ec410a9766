import type { Hmac, Random } from '../ports/index.js';
import { BlockPool } from './block-pool.js';
import { CAUSE, CHUNK } from './chunk.js';
import { DataReceiver } from './data-receiver.js';
import { DataSender } from './data-sender.js';
import { GapBlocks } from './gap-blocks.js';
import { Heartbeat } from './heartbeat.js';
import type { Introduction } from './init-chunk.js';
import { writeParameters } from './parameters.js';
import { RetransmissionTimeout } from './retransmission-timeout.js';
import { SendQueue } from './send-queue.js';
import { StateCookies } from './state-cookie.js';
import { StreamResets } from './stream-resets.js';

/** RFC 9260 §4. `over`: nothing is sent or heard any more. */
export type Phase =
  | 'closed'
  | 'cookie_wait'
  | 'cookie_echoed'
  | 'established'
  | 'shutdown_pending'
  | 'shutdown_sent'
  | 'shutdown_received'
  | 'shutdown_ack_sent'
  | 'over';

/** Why an association is no more. */
export type AssociationEnd =
  /** Shut down by either side; everything had arrived. */
  | 'shutdown'
  /** The other side broke it off. */
  | 'aborted'
  /** It did not answer any more, or never. */
  | 'unreachable'
  /** It did what may not be done, and was told so. */
  | 'violation';

/** Why a packet, or a chunk of it, was passed over. */
export type DropReason =
  | 'malformed'
  | 'checksum'
  | 'port'
  | 'tag'
  /** Not what may come now. */
  | 'phase'
  | 'cookie'
  | 'repeated'
  /** DATA for which there was no room. */
  | 'left'
  | 'no_stream'
  | 'unknown_chunk';

export interface AssociationLimits {
  /** Bytes of one message, and of all that is kept of messages that are not whole or not in order. */
  readonly mostMessageBytes: number;
  readonly windowBytes: number;
  /** Bytes that wait to be sent, with 64 for each message. */
  readonly queueBytes: number;
  readonly streams: number;
}

export const DEFAULT_ASSOCIATION_LIMITS: AssociationLimits = {
  mostMessageBytes: 262_144,
  windowBytes: 1_048_576,
  queueBytes: 1_048_576,
  streams: 1_024,
};

export interface AssociationPorts {
  readonly random: Random;
  readonly hmac: Hmac;
  /** Shared with other associations; without it there is one of its own. */
  readonly pool?: BlockPool;
}

/** A chunk on its own in a packet. `tag`: of the packet, if it is not the other side's. */
export interface Control {
  readonly type: number;
  readonly flags?: number;
  readonly body?: Uint8Array;
  readonly tag?: number;
}

/** Both directions, once both sides know each other. */
export interface Transfer {
  readonly remote: Introduction;
  readonly sender: DataSender;
  readonly receiver: DataReceiver;
  readonly resets: StreamResets;
}

const MOST_CONTROLS = 16;
const NEVER = Number.POSITIVE_INFINITY;

/** Everything that the chunks of an association change. */
export class AssociationState {
  phase: Phase = 'closed';
  readonly own: Introduction;
  readonly limits: AssociationLimits;
  readonly cookies: StateCookies;
  readonly rto = new RetransmissionTimeout();
  readonly queue = new SendQueue();
  readonly gaps = new GapBlocks();
  readonly heartbeat = new Heartbeat();
  readonly drops: Record<DropReason, number> = {
    malformed: 0,
    checksum: 0,
    port: 0,
    tag: 0,
    phase: 0,
    cookie: 0,
    repeated: 0,
    left: 0,
    no_stream: 0,
    unknown_chunk: 0,
  };
  /** What INIT ACK said, while its cookie is on its way; otherwise as `transfer` has it. */
  remote: Introduction | null = null;
  transfer: Transfer | null = null;
  /** Set once, when `phase` becomes `over`. */
  end: AssociationEnd | null = null;
  /** What is sent again until it is answered (T1 and T2): INIT, COOKIE ECHO, SHUTDOWN, SHUTDOWN ACK. */
  repeated: Control | null = null;
  repeatAtMs = NEVER;
  repeats = 0;
  readonly #pool: BlockPool;
  readonly #controls: Control[] = [];

  constructor(limits: AssociationLimits, { random, hmac, pool = new BlockPool() }: AssociationPorts) {
    this.limits = limits;
    this.#pool = pool;
    this.own = {
      tag: random.uint32() || 1,
      windowBytes: limits.windowBytes,
      outStreams: limits.streams,
      inStreams: limits.streams,
      tsn: random.uint32(),
      forwardTsn: true,
      reConfig: true,
      zeroChecksum: true,
    };
    this.cookies = new StateCookies(hmac, random, this.own.tag);
  }

  /** To be sent as soon as there is room, in a packet of its own. More than 16 do not wait. */
  post(control: Control): void {
    if (this.#controls.length < MOST_CONTROLS) this.#controls.push(control);
  }

  takeControl(): Control | null {
    return this.#controls.shift() ?? null;
  }

  /** The same, and again until something else is repeated, or nothing. */
  repeat(control: Control | null, now: number): void {
    this.repeated = control;
    this.repeats = 0;
    this.repeatAtMs = control === null ? NEVER : now + this.rto.ms;
    if (control !== null) this.post(control);
  }

  /** Both sides know each other: from now on messages pass. */
  establish(remote: Introduction, now: number): void {
    const { limits, own, queue, rto } = this;
    const inStreams = Math.min(limits.streams, remote.outStreams);
    const receiver = new DataReceiver({ ...limits, inStreams }, remote.tsn, this.#pool);
    const sender = new DataSender(queue, rto, remote, own.tsn);
    const resets = new StreamResets({ queue, sender, receiver, rto, inStreams }, own.tsn, remote.tsn);
    this.remote = remote;
    this.transfer = { remote, sender, receiver, resets };
    this.phase = 'established';
    this.repeat(null, now);
    this.heartbeat.start(now);
  }

  /** Tells the other side to give up, with the cause, and gives up. */
  violated(cause: number, now: number): void {
    this.abort(cause, now);
    this.finish('violation');
  }

  abort(cause: number, now: number): void {
    this.repeat(null, now);
    this.#controls.length = 0;
    if (this.remote === null) return;
    const body = cause === CAUSE.USER_ABORT ? new Uint8Array(0) : writeParameters([{ type: cause, value: NOTHING }]);
    this.post({ type: CHUNK.ABORT, body });
  }

  finish(end: AssociationEnd): void {
    if (this.phase === 'over') return;
    this.phase = 'over';
    this.end = end;
    this.queue.clear();
    this.repeatAtMs = NEVER;
    this.repeated = null;
  }
}

const NOTHING = new Uint8Array(0);
