import type { Clock } from '../clock.js';
import { localError, type MadangError } from '../madang-error.js';
import type { Frame, RefuseCode } from './frame.js';
import { MOST_MESSAGES } from './incoming-messages.js';
import { MessageSource } from './message-source.js';
import type { Payload } from './payload.js';
import type { SendLane } from './send-lane.js';

/** Up to this size a message goes by the channel that never has much in it. */
const SMALL_BYTES = 16_384;
/** A message waits so long for the first channel. Where there was one once, it waits as long as the member is here. */
const CHANNEL_WAIT_MS = 20_000;

/** The two ways out, while there are channels. */
export interface Lanes {
  readonly control: SendLane;
  readonly bulk: SendLane;
  /** What the other side takes: in one message, and in all that are under way. */
  readonly maxMessageBytes: number;
  tell(frame: Frame): void;
}

export interface SendProgress {
  /** Bytes handed to the connection. */
  readonly sent: number;
  readonly size: number;
}

export interface OutgoingOptions {
  readonly topic?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: SendProgress) => void) | undefined;
}

interface Outgoing {
  readonly stream: number;
  readonly payload: Payload;
  readonly options: OutgoingOptions;
  readonly settle: (error?: MadangError) => void;
  source: MessageSource | undefined;
}

/** The messages to one member, from `send` to the member's acknowledgement, over as many connections as it takes. */
export class OutgoingMessages {
  readonly #clock: Clock;
  readonly #nextStream: () => number;
  readonly #open = new Map<number, Outgoing>();
  #lanes: Lanes | undefined;
  #hadLanes = false;

  constructor(clock: Clock, nextStream: () => number) {
    this.#clock = clock;
    this.#nextStream = nextStream;
  }

  /** Resolves when the other side has taken it. */
  send(payload: Payload, options: OutgoingOptions): Promise<void> {
    const { signal } = options;
    if (signal?.aborted) return Promise.reject(localError('aborted'));
    return new Promise((resolve, reject) => {
      const stream = this.#nextStream();
      const abort = (): void => this.#abort(stream);
      const timer = this.#clock.setTimeout(() => this.#onNoChannel(stream), CHANNEL_WAIT_MS);
      const settle = (error?: MadangError): void => {
        this.#open.delete(stream);
        this.#clock.clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        if (error === undefined) resolve();
        else reject(error);
        this.#startNext();
      };
      this.#open.set(stream, { stream, payload, options, settle, source: undefined });
      signal?.addEventListener('abort', abort);
      this.#startNext();
    });
  }

  /** There are channels: whatever has not been acknowledged is sent, from its beginning. */
  resume(lanes: Lanes): void {
    this.pause();
    this.#lanes = lanes;
    this.#hadLanes = true;
    this.#startNext();
  }

  /** The channels are gone; perhaps others come. */
  pause(): void {
    this.#lanes = undefined;
    for (const message of this.#open.values()) {
      message.source?.stop();
      message.source = undefined;
    }
  }

  /** There will be no channel any more. */
  fail(error: () => MadangError): void {
    this.pause();
    for (const message of [...this.#open.values()]) message.settle(error());
  }

  acknowledged(stream: number): void {
    this.#open.get(stream)?.settle();
  }

  refused(stream: number, code: RefuseCode): void {
    this.#stop(stream)?.settle(code === 'forbidden' ? localError(code) : this.#tooLarge());
  }

  /** Starts what fits into the bounds of the other side, in the order it was asked for. */
  #startNext(): void {
    const lanes = this.#lanes;
    if (lanes === undefined) return;
    let room = lanes.maxMessageBytes;
    let count = 0;
    for (const message of [...this.#open.values()]) {
      const { size } = message.payload;
      if (size > lanes.maxMessageBytes) {
        message.settle(this.#tooLarge());
        continue;
      }
      room -= size;
      count += 1;
      if (room < 0 || count > MOST_MESSAGES) return;
      if (message.source === undefined) this.#start(message, lanes);
    }
  }

  #start(message: Outgoing, lanes: Lanes): void {
    const { stream, payload, options } = message;
    const lane = payload.size <= SMALL_BYTES ? lanes.control : lanes.bulk;
    message.source = new MessageSource({
      stream,
      topic: options.topic,
      payload,
      progress: (sent) => options.onProgress?.({ sent, size: payload.size }),
      ready: () => lane.pump(),
      failed: (error) => {
        this.#stop(stream)?.settle(localError('data_not_sendable', String(error)));
      },
    });
    lane.add(message.source);
  }

  #abort(stream: number): void {
    this.#stop(stream)?.settle(localError('aborted'));
  }

  #onNoChannel(stream: number): void {
    if (!this.#hadLanes) this.#open.get(stream)?.settle(localError('no_data_channel', 'none came up in time'));
  }

  /** Takes the rest of a message out of its lane, and tells the other side that nothing more comes. */
  #stop(stream: number): Outgoing | undefined {
    const message = this.#open.get(stream);
    const { source } = message ?? {};
    if (source === undefined || this.#lanes === undefined) return message;
    source.stop();
    this.#lanes.control.remove(source);
    this.#lanes.bulk.remove(source);
    this.#lanes.tell({ type: 'drop', stream });
    return message;
  }

  #tooLarge(): MadangError {
    return localError('data_too_large', `the other side takes ${this.#lanes?.maxMessageBytes ?? 0} bytes at most`);
  }
}
