import type { Clock } from '../clock.js';
import { localError, type MadangError } from '../madang-error.js';
import { type Chunk, readChunk } from './chunk.js';
import { DataChannels } from './data-channels.js';
import { DATA_VERSION, type Frame, type FrameOf, readFrame, type TransferFrame, writeFrame } from './frame.js';
import { IncomingMessages, type Intake, type Message } from './incoming-messages.js';
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
  onDown(link: DataLink): void;
}

type State =
  /** No connection, or not yet the other side's word on this one. */
  | { readonly at: 'waiting' }
  | { readonly at: 'ready' }
  /** The channels ended while the connection goes on. */
  | { readonly at: 'broken'; readonly reason: string }
  | { readonly at: 'closed' };

/** The data channels to one member, through as many RTCPeerConnections as it takes, and the messages on them. */
export class DataLink {
  readonly #deps: DataLinkDeps;
  readonly #outgoing: OutgoingMessages;
  readonly #incoming: IncomingMessages;
  #channels: DataChannels | undefined;
  #hello: FrameOf<'hello'> | undefined;
  #state: State = { at: 'waiting' };
  #timer: unknown;
  #streams = 0;
  /** The highest stream of the other side so far: chunks of lower ones may be late, of higher ones they are wrong. */
  #highest = 0;
  /** Frames that no honest sender sends. */
  badFrames = 0;

  constructor(deps: DataLinkDeps) {
    this.#deps = deps;
    this.#outgoing = new OutgoingMessages(deps.clock, () => this.nextStream());
    this.#incoming = new IncomingMessages(deps.maxMessageBytes);
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

  /** From now on the channels are those of `pc`, which the other side opens unless `open` is called. */
  attend(pc: RTCPeerConnection): void {
    if (this.#state.at === 'closed') return;
    this.#down({ at: 'waiting' });
    this.#hello = undefined;
    this.#incoming.restart();
    const channels = new DataChannels(pc, {
      onOpen: () => this.#onOpen(),
      onText: (text) => this.#onText(text),
      onBytes: (bytes) => this.#onBytes(bytes),
      onEnd: (reason) => {
        this.#down({ at: 'waiting' });
        this.#awaitAnother(pc, reason);
      },
    });
    this.#channels = channels;
  }

  /** Opens the channels. To be called before the first offer of the connection. */
  open(): void {
    if (this.#state.at !== 'closed') this.#channels?.open();
  }

  close(): void {
    if (this.#state.at === 'closed') return;
    this.#down({ at: 'closed' });
    this.#outgoing.fail(() => localError('member_left'));
  }

  /** Resolves when the member has the message in hands. */
  send(payload: Payload, options: OutgoingOptions): Promise<void> {
    if (this.#state.at === 'closed') return Promise.reject(localError('member_left'));
    if (this.#state.at === 'broken') return Promise.reject(noChannel(this.#state.reason));
    return this.#outgoing.send(payload, options);
  }

  nextStream(): number {
    this.#streams += 1;
    return this.#streams;
  }

  /** Sends a short frame. Without channels it is dropped: whoever tells must tell again when the link is ready. */
  tell(frame: Frame): void {
    this.#channels?.lane('control')?.say(writeFrame(frame));
  }

  addBulk(source: LaneSource): void {
    this.#channels?.lane('bulk')?.add(source);
  }

  removeBulk(source: LaneSource): void {
    this.#channels?.lane('bulk')?.remove(source);
  }

  pumpBulk(): void {
    this.#channels?.lane('bulk')?.pump();
  }

  /** The other side sends what it must not: the channels are closed with the reason. */
  refuse(reason: string): void {
    this.badFrames += 1;
    this.tell({ type: 'bye', reason });
    this.#break(reason);
  }

  #onOpen(): void {
    this.tell({ type: 'hello', version: DATA_VERSION, maxMessageBytes: this.#deps.maxMessageBytes });
    this.#considerReady();
  }

  #considerReady(): void {
    const channels = this.#channels;
    const [control, bulk] = [channels?.lane('control'), channels?.lane('bulk')];
    const hello = this.#hello;
    if (this.#state.at !== 'waiting' || !channels?.isOpen || !control || !bulk || hello === undefined) return;
    this.#state = { at: 'ready' };
    const { maxMessageBytes } = hello;
    this.#outgoing.resume({ control, bulk, maxMessageBytes, tell: (frame) => this.tell(frame) });
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
    const wasReady = this.#state.at === 'ready';
    this.#state = state;
    this.#deps.clock.clearTimeout(this.#timer);
    this.#channels?.close();
    this.#channels = undefined;
    this.#outgoing.pause();
    if (wasReady || state.at !== 'waiting') this.#deps.onDown(this);
  }

  #onBytes(bytes: ArrayBuffer): void {
    const chunk = readChunk(bytes);
    if (chunk === null) {
      this.refuse('bytes that are no chunk');
      return;
    }
    const intake = this.#incoming.chunk(chunk);
    if (intake !== null) this.#onIntake(intake);
    else if (chunk.stream > this.#highest) this.refuse('a chunk of nothing');
    else {
      const reason = this.#deps.onChunk(this, chunk);
      if (reason !== undefined) this.refuse(reason);
    }
  }

  #onText(text: string): void {
    const frame = readFrame(text);
    if (frame === undefined) this.refuse('text that is no frame');
    else if (frame !== 'unknown') this.#onFrame(frame);
  }

  #onFrame(frame: Frame): void {
    switch (frame.type) {
      case 'hello':
        this.#hello ??= frame;
        this.#considerReady();
        break;
      case 'message':
        this.#highest = Math.max(this.#highest, frame.stream);
        this.#onIntake(this.#incoming.head(frame));
        break;
      case 'drop':
        this.#incoming.drop(frame.stream);
        break;
      case 'ack':
        this.#outgoing.acknowledged(frame.stream);
        break;
      case 'refuse':
        this.#outgoing.refused(frame.stream);
        break;
      case 'bye':
        this.#break(`the other side closed the channels: ${frame.reason}`);
        break;
      case 'offer':
        this.#highest = Math.max(this.#highest, frame.stream);
        this.#deps.onTransfer(this, frame);
        break;
      default:
        this.#deps.onTransfer(this, frame);
    }
  }

  #onIntake(intake: Intake): void {
    switch (intake.type) {
      case 'complete':
        this.#deps.onMessage(intake.message);
        this.tell({ type: 'ack', stream: intake.stream });
        break;
      case 'again':
        this.tell({ type: 'ack', stream: intake.stream });
        break;
      case 'refused':
        this.tell({ type: 'refuse', stream: intake.stream, code: 'data_too_large' });
        break;
      case 'bad':
        this.refuse(intake.reason);
        break;
      case 'more':
      case 'late':
        break;
    }
  }
}

function noChannel(reason: string): MadangError {
  return localError('no_data_channel', reason);
}
