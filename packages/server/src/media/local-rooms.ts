import {
  type CommandOf,
  type CommandType,
  type Delivery,
  Engine,
  type EngineCounts,
  type LinkId,
  type LinkMessage,
  type MediaRights,
  type MemberId,
  type Outcome,
  type Random,
  type RoomLimits,
  type RoomPort,
  type RoomReply,
} from '@madang/engine';
import { protocolError } from '@madang/protocol';
import { type Clock, systemClock } from './clock.js';
import { cryptoRandom } from './crypto-random.js';

export interface LocalRoomsOptions {
  readonly limits: RoomLimits;
  /** Hears what a link's receiver throws: that is a mistake of its adapter, and the other links go on. */
  readonly onReceiverError: (error: unknown, link: LinkId) => void;
  /** Hears whose memberships have ended, for whatever reason. */
  readonly onDeparted?: (member: MemberId) => void;
  /** Hears what the media server may forward of whom, where that changes. */
  readonly onRights?: (rights: MediaRights) => void;
  readonly clock?: Clock;
  readonly random?: Random;
}

export interface LocalRoomsStats extends EngineCounts {
  /** Links that are open, whether they carry a member or not. */
  readonly links: number;
}

type Receive = (message: LinkMessage) => void;

/**
 * The rooms of this thread: a `RoomPort` over an engine of its own.
 *
 * Commands are carried out at once, in the order of the calls. Events go out together when the current turn of the event
 * loop ends: that is after every reply of the turn, whatever number of promises lies between a reply and its adapter.
 */
export class LocalRooms implements RoomPort {
  readonly #engine: Engine;
  readonly #clock: Clock;
  readonly #onReceiverError: LocalRoomsOptions['onReceiverError'];
  readonly #links = new Map<LinkId, Receive>();
  readonly #onDeparted: (member: MemberId) => void;
  readonly #onRights: (rights: MediaRights) => void;
  #outgoing: Delivery[][] = [];
  #timer: { readonly atMs: number; readonly cancel: () => void } | null = null;

  constructor(options: LocalRoomsOptions) {
    this.#engine = new Engine({ limits: options.limits, random: options.random ?? cryptoRandom });
    this.#clock = options.clock ?? systemClock;
    this.#onReceiverError = options.onReceiverError;
    this.#onDeparted = options.onDeparted ?? (() => {});
    this.#onRights = options.onRights ?? (() => {});
  }

  /** Throws if a link of this name is open: link ids are the adapters' own to keep apart. */
  open(link: LinkId, receive: Receive): void {
    if (this.#links.has(link)) throw new Error(`link ${link} is open already`);
    this.#links.set(link, receive);
  }

  close(link: LinkId): void {
    if (!this.#links.delete(link)) return;
    this.#engine.command({ type: 'detach', link }, this.#clock.nowMs());
    this.#settle();
  }

  /** Besides what the rooms refuse, a member for a link that is not open: its end would go unnoticed. */
  async command<T extends CommandType>(command: CommandOf<T>): Promise<RoomReply<T>> {
    if (this.#bindsClosedLink(command)) return refusal('bad_request', 'link');
    const outcome = this.#engine.command(command, this.#clock.nowMs());
    this.#settle();
    return toReply(outcome);
  }

  stats(): LocalRoomsStats {
    return { ...this.#engine.counts(), links: this.#links.size };
  }

  #bindsClosedLink(command: CommandOf<CommandType>): boolean {
    return (command.type === 'join' || command.type === 'resume') && !this.#links.has(command.link);
  }

  /** After each of the engine's doors: takes its deliveries along and sets the timer anew. */
  #settle(): void {
    for (const rights of this.#engine.rights()) this.#onRights(rights);
    for (const member of this.#engine.departed()) this.#onDeparted(member);
    const deliveries = this.#engine.drain();
    if (deliveries.length > 0) {
      if (this.#outgoing.length === 0) setImmediate(this.#deliver);
      this.#outgoing.push(deliveries);
    }
    this.#arm();
  }

  readonly #deliver = (): void => {
    const outgoing = this.#outgoing;
    this.#outgoing = [];
    for (const deliveries of outgoing) {
      for (const { link, message } of deliveries) this.#hand(link, message);
    }
  };

  #hand(link: LinkId, message: LinkMessage): void {
    try {
      this.#links.get(link)?.(message);
    } catch (error) {
      this.#onReceiverError(error, link);
    }
  }

  /** A timer that fires too early is left: it finds nothing to do and sets the next. */
  #arm(): void {
    const atMs = this.#engine.nextAt();
    if (atMs === null || (this.#timer !== null && this.#timer.atMs <= atMs)) return;
    this.#timer?.cancel();
    this.#timer = { atMs, cancel: this.#clock.after(Math.max(0, atMs - this.#clock.nowMs()), this.#tick) };
  }

  readonly #tick = (): void => {
    this.#timer = null;
    this.#engine.tick(this.#clock.nowMs());
    this.#settle();
  };
}

/** Adds the sentence of the catalogue to a refusal. */
function toReply<T extends CommandType>(outcome: Outcome<T>): RoomReply<T> {
  return outcome.ok ? outcome : refusal(outcome.error.code, outcome.error.detail);
}

function refusal(code: Parameters<typeof protocolError>[0], detail?: string) {
  return { ok: false, error: protocolError(code, detail === undefined ? {} : { detail }) } as const;
}
