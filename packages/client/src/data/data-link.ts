import type { Clock } from '../clock.js';
import { localError, type MadangError } from '../madang-error.js';
import type { Chunk } from './chunk.js';
import { DataChannels } from './data-channels.js';
import type { DataWay, DataWayEvents, PairWayEvents } from './data-way.js';
import { DATA_VERSION, type Frame, type FrameOf, readFrame, type TransferFrame, writeFrame } from './frame.js';
import type { Message } from './incoming-messages.js';
import { LinkInbox } from './link-inbox.js';
import { OutgoingMessages, type OutgoingOptions } from './outgoing-messages.js';
import type { Payload } from './payload.js';
import type { LaneSource } from './send-lane.js';

/** After the channels have ended, another connection has so long to come. */
const ANOTHER_MS = 15_000;

export interface DataLinkDeps {
  readonly memberId: string;
  readonly clock: Clock;
  /** The most bytes taken in one message, and in all that are under way together. */
  readonly maxMessageBytes: number;
  onMessage(message: Message): void;
  onTransfer(link: DataLink, frame: TransferFrame): void;
  /** A reason if the chunk is none that an honest sender sends. */
  onChunk(link: DataLink, chunk: Chunk): string | undefined;
  /** Both sides are there. */
  onReady(link: DataLink): void;
  /** Nothing goes, at the moment or for good. */
  onDown(link: DataLink): void;
}

type State =
  /** No way to the member, or not yet the other side's word on this one. */
  | { readonly at: 'waiting' }
  | { readonly at: 'ready' }
  /** The channels ended while the connection goes on. */
  | { readonly at: 'broken'; readonly reason: string }
  | { readonly at: 'closed' };

/** A way that frames may go, and what the other side said on it first. */
interface Route {
  readonly way: DataWay;
  hello: FrameOf<'hello'> | undefined;
}

/** Who has a way to the member: the direct connection, or the one through the media server. */
export type LinkHolder = 'straight' | 'relay';

/**
 * What goes to one member and comes from it, by as many connections as it takes. Of two ways it goes by the one that was
 * there last, from its beginning on: what had not arrived for certain by the one before goes again by the next.
 */
export class DataLink {
  readonly #deps: DataLinkDeps;
  readonly #outgoing: OutgoingMessages;
  readonly #inbox: LinkInbox;
  readonly #holders = new Set<LinkHolder>();
  /** The channels of the direct connection, open or not yet. */
  #straight: Route | undefined;
  #current: Route | undefined;
  #state: State = { at: 'waiting' };
  #timer: unknown;
  #streams = 0;
  /** Frames that no honest sender sends. */
  badFrames = 0;

  constructor(deps: DataLinkDeps) {
    this.#deps = deps;
    this.#outgoing = new OutgoingMessages(deps.clock, () => this.nextStream());
    this.#inbox = new LinkInbox({
      maxMessageBytes: deps.maxMessageBytes,
      outgoing: this.#outgoing,
      isOnlyHeardBy: () => this.#current?.way.isOnlyHeardBy === true,
      tell: (frame) => this.tell(frame),
      onHello: (hello) => this.#onHello(hello),
      onMessage: (message) => deps.onMessage(message),
      onTransfer: (frame) => deps.onTransfer(this, frame),
      onChunk: (chunk) => deps.onChunk(this, chunk),
      onBye: (reason) => this.#break(`the other side closed the channels: ${reason}`),
      refuse: (reason) => this.refuse(reason),
    });
  }

  get memberId(): string {
    return this.#deps.memberId;
  }

  get isReady(): boolean {
    return this.#state.at === 'ready';
  }

  get isBroken(): boolean {
    return this.#state.at === 'broken';
  }

  get isClosed(): boolean {
    return this.#state.at === 'closed';
  }

  /** It goes by the channels of the direct connection. */
  get isStraight(): boolean {
    return this.#current !== undefined && this.#current === this.#straight;
  }

  /** It goes by a way on which one may only hear. */
  get hearsOnly(): boolean {
    return this.#current?.way.hearsOnly === true;
  }

  hold(holder: LinkHolder): void {
    this.#holders.add(holder);
  }

  /** It is closed when nobody has a way to the member any more. */
  release(holder: LinkHolder): void {
    this.#holders.delete(holder);
    if (holder === 'straight') this.#leaveStraight();
    if (this.#holders.size === 0) this.close();
  }

  /** From now on there are the channels of `pc`, which the other side opens unless `open` is called. */
  attend(pc: RTCPeerConnection): void {
    if (this.#state.at === 'closed') return;
    this.#leaveStraight();
    if (this.#current === undefined) this.#down({ at: 'waiting' });
    const events = {
      ...this.#events(() => route),
      onOpen: () => this.#goBy(route),
      onEnd: (reason: string) => {
        if (this.#straight === route) this.#straight = undefined;
        if (this.#current !== undefined && this.#current !== route) return;
        this.#down({ at: 'waiting' });
        this.#awaitAnother(pc, reason);
      },
    };
    const route: Route = { way: new DataChannels(pc, events), hello: undefined };
    this.#straight = route;
  }

  /** Opens the channels. To be called before the first offer of the connection. */
  open(): void {
    if (this.#straight?.way instanceof DataChannels) this.#straight.way.open();
  }

  /** Goes by `way`, which is open, from now on. `listen` is told first to whom it tells what comes. */
  take(way: DataWay, listen: (events: PairWayEvents) => void): void {
    if (this.#state.at === 'closed') return;
    const route: Route = { way, hello: undefined };
    const onEnd = (): void => {
      if (this.#current === route) this.#down({ at: 'waiting' });
    };
    const onBroken = (reason: string): void => {
      if (this.#current === route) this.#break(reason);
    };
    listen({ ...this.#events(() => route), onEnd, onBroken });
    this.#goBy(route);
  }

  close(): void {
    if (this.#state.at === 'closed') return;
    this.#straight?.way.close();
    this.#straight = undefined;
    this.#down({ at: 'closed' });
    this.#outgoing.fail(() => localError('member_left'));
  }

  /** Resolves when the member has the message in hands. */
  send(payload: Payload, options: OutgoingOptions): Promise<void> {
    if (this.#state.at === 'closed') return Promise.reject(localError('member_left'));
    if (this.#state.at === 'broken') return Promise.reject(noChannel(this.#state.reason));
    if (this.hearsOnly) return Promise.reject(localError('forbidden'));
    return this.#outgoing.send(payload, options);
  }

  nextStream(): number {
    this.#streams += 1;
    return this.#streams;
  }

  /** Sends a short frame. Without channels it is dropped: whoever tells must tell again when the link is ready. */
  tell(frame: Frame): void {
    this.#current?.way.lane('control')?.say(writeFrame(frame));
  }

  addBulk(source: LaneSource): void {
    this.#current?.way.lane('bulk')?.add(source);
  }

  removeBulk(source: LaneSource): void {
    this.#current?.way.lane('bulk')?.remove(source);
  }

  pumpBulk(): void {
    this.#current?.way.lane('bulk')?.pump();
  }

  /** The other side sends what it must not: the channels are closed with the reason. */
  refuse(reason: string): void {
    this.badFrames += 1;
    this.tell({ type: 'bye', reason });
    this.#break(reason);
  }

  #events(route: () => Route): Pick<DataWayEvents, 'onText' | 'onBytes'> {
    return {
      onText: (text) => {
        if (this.#current === route()) this.#inbox.text(text);
        else this.#onEarly(route(), text);
      },
      onBytes: (bytes) => {
        if (this.#current === route()) this.#inbox.bytes(bytes);
      },
    };
  }

  /** The other side's channels may be open before one's own all are. */
  #onEarly(route: Route, text: string): void {
    const frame = readFrame(text);
    if (typeof frame === 'object' && frame.type === 'hello') route.hello ??= frame;
  }

  #goBy(route: Route): void {
    this.#down({ at: 'waiting' });
    this.#current = route;
    this.#inbox.restart();
    this.tell({ type: 'hello', version: DATA_VERSION, maxMessageBytes: this.#deps.maxMessageBytes });
    this.#considerReady();
  }

  #leaveStraight(): void {
    const route = this.#straight;
    this.#straight = undefined;
    route?.way.close();
    if (route !== undefined && this.#current === route) this.#down({ at: 'waiting' });
  }

  #onHello(hello: FrameOf<'hello'>): void {
    if (this.#current !== undefined) this.#current.hello ??= hello;
    this.#considerReady();
  }

  #considerReady(): void {
    const { way, hello } = this.#current ?? {};
    const [control, bulk] = [way?.lane('control'), way?.lane('bulk')];
    if (this.#state.at !== 'waiting' || !way?.isOpen || !control || !bulk || hello === undefined) return;
    this.#state = { at: 'ready' };
    const { maxMessageBytes } = hello;
    if (way.hearsOnly) this.#outgoing.fail(() => localError('forbidden'));
    else this.#outgoing.resume({ control, bulk, maxMessageBytes, tell: (frame) => this.tell(frame) });
    this.#deps.onReady(this);
  }

  /**
   * The channels ended. So it looks, too, when the other side gives the whole connection up for a new one, which then
   * comes soon; on a connection that stands they are gone for good.
   */
  #awaitAnother(pc: RTCPeerConnection, reason: string): void {
    this.#timer = this.#deps.clock.setTimeout(() => {
      if (pc.connectionState === 'connected') this.#break(reason);
      else this.#awaitAnother(pc, reason);
    }, ANOTHER_MS);
  }

  #break(reason: string): void {
    this.#down({ at: 'broken', reason });
    this.#outgoing.fail(() => noChannel(reason));
  }

  #down(state: State): void {
    this.#state = state;
    this.#deps.clock.clearTimeout(this.#timer);
    const { way } = this.#current ?? {};
    this.#current = undefined;
    if (this.#straight?.way === way) this.#straight = undefined;
    way?.close();
    this.#outgoing.pause();
    this.#deps.onDown(this);
  }
}

function noChannel(reason: string): MadangError {
  return localError('no_data_channel', reason);
}
