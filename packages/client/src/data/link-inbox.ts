import { type Chunk, readChunk } from './chunk.js';
import { type Frame, type FrameOf, readFrame, type TransferFrame } from './frame.js';
import { IncomingMessages, type Intake, type Message } from './incoming-messages.js';
import type { OutgoingMessages } from './outgoing-messages.js';

export interface LinkInboxDeps {
  /** The most bytes taken in one message, and in all that are under way together. */
  readonly maxMessageBytes: number;
  readonly outgoing: OutgoingMessages;
  /** The other side may only hear: it answers, and is not listened to otherwise. */
  isOnlyHeardBy(): boolean;
  tell(frame: Frame): void;
  onHello(hello: FrameOf<'hello'>): void;
  onMessage(message: Message): void;
  onTransfer(frame: TransferFrame): void;
  /** A reason if the chunk is none that an honest sender sends. */
  onChunk(chunk: Chunk): string | undefined;
  /** The other side closed its end. */
  onBye(reason: string): void;
  /** The other side sends what it must not. */
  refuse(reason: string): void;
}

/** What comes in from one member, frame by frame. */
export class LinkInbox {
  readonly #deps: LinkInboxDeps;
  readonly #incoming: IncomingMessages;
  /** The highest stream of the other side so far: chunks of lower ones may be late, of higher ones they are wrong. */
  #highest = 0;

  constructor(deps: LinkInboxDeps) {
    this.#deps = deps;
    this.#incoming = new IncomingMessages(deps.maxMessageBytes);
  }

  /** It comes by another way: what was under way will be sent anew. */
  restart(): void {
    this.#incoming.restart();
  }

  bytes(bytes: Uint8Array<ArrayBuffer>): void {
    const { refuse, onChunk } = this.#deps;
    const chunk = readChunk(bytes);
    if (chunk === null) {
      refuse('bytes that are no chunk');
      return;
    }
    const intake = this.#incoming.chunk(chunk);
    if (intake !== null) this.#onIntake(intake);
    else if (chunk.stream > this.#highest) refuse('a chunk of nothing');
    else {
      const reason = onChunk(chunk);
      if (reason !== undefined) refuse(reason);
    }
  }

  text(text: string): void {
    const frame = readFrame(text);
    if (frame === undefined) this.#deps.refuse('text that is no frame');
    else if (frame !== 'unknown') this.#onFrame(frame);
  }

  #onFrame(frame: Frame): void {
    const { outgoing, onHello, onBye, onTransfer } = this.#deps;
    switch (frame.type) {
      case 'hello':
        onHello(frame);
        break;
      case 'message':
        this.#highest = Math.max(this.#highest, frame.stream);
        this.#onMessage(frame);
        break;
      case 'drop':
        this.#incoming.drop(frame.stream);
        break;
      case 'ack':
        outgoing.acknowledged(frame.stream);
        break;
      case 'refuse':
        outgoing.refused(frame.stream, frame.code);
        break;
      case 'bye':
        onBye(frame.reason);
        break;
      case 'offer':
        this.#highest = Math.max(this.#highest, frame.stream);
        this.#onOffer(frame);
        break;
      default:
        onTransfer(frame);
    }
  }

  #onOffer(offer: FrameOf<'offer'>): void {
    const { isOnlyHeardBy, tell, onTransfer } = this.#deps;
    if (isOnlyHeardBy()) tell({ type: 'decline', id: offer.id, reason: 'busy' });
    else onTransfer(offer);
  }

  #onMessage(head: FrameOf<'message'>): void {
    const { stream } = head;
    if (this.#deps.isOnlyHeardBy()) {
      this.#incoming.drop(stream);
      this.#deps.tell({ type: 'refuse', stream, code: 'forbidden' });
    } else this.#onIntake(this.#incoming.head(head));
  }

  #onIntake(intake: Intake): void {
    const { tell, onMessage, refuse } = this.#deps;
    switch (intake.type) {
      case 'complete':
        onMessage(intake.message);
        tell({ type: 'ack', stream: intake.stream });
        break;
      case 'again':
        tell({ type: 'ack', stream: intake.stream });
        break;
      case 'refused':
        tell({ type: 'refuse', stream: intake.stream, code: 'data_too_large' });
        break;
      case 'bad':
        refuse(intake.reason);
        break;
      case 'more':
      case 'late':
        break;
    }
  }
}
