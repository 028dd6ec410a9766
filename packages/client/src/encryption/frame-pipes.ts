import type { Source } from '@madang/protocol';
import type { EncodedFrame } from './encoded-frame.js';
import { FrameCipher } from './frame-cipher.js';
import type { PipeOptions, PipeState, ToWorker } from './worker-messages.js';

/** So many frames in a row that can't be opened are more than a key that is just being changed. */
const LOCKED_AFTER = 10;

interface Carried {
  readonly source: Source;
  readonly member: string | undefined;
}

/** The encoded frames of every sender and receiver of a page on their way through the cipher. */
export class FramePipes {
  readonly #cipher = new FrameCipher();
  readonly #carried = new Map<number, Carried>();
  readonly #tell: (pipe: number, state: PipeState) => void;

  constructor(tell: (pipe: number, state: PipeState) => void) {
    this.#tell = tell;
  }

  handle(message: ToWorker): void {
    switch (message.type) {
      case 'key':
        this.#cipher.setKey(message.roomKey, message.generation);
        break;
      case 'self':
        this.#cipher.setSelf(message.member);
        break;
      case 'ratchet':
        this.#cipher.ratchet();
        break;
      case 'forget':
        this.#cipher.forget(message.member);
        break;
      case 'carries':
        this.#carried.set(message.pipe, { source: message.source, member: message.member });
        break;
      case 'pipe':
        void this.run(message, message.readable, message.writable);
        break;
    }
  }

  /** Lets through what could be encrypted, or decrypted, in the order in which it comes, and drops the rest. */
  async run({ pipe, direction }: PipeOptions, readable: ReadableStream, writable: WritableStream): Promise<void> {
    const treat = direction === 'seal' ? this.#sealing(pipe) : this.#opening(pipe);
    const through = new TransformStream<EncodedFrame, EncodedFrame>({
      transform: async (frame, controller) => {
        if (await treat(frame).catch(() => false)) controller.enqueue(frame);
      },
    });
    // Ends with the connection, one way or the other.
    await readable
      .pipeThrough(through)
      .pipeTo(writable)
      .catch(() => {});
    this.#carried.delete(pipe);
  }

  #sealing(pipe: number): (frame: EncodedFrame) => Promise<boolean> {
    return async (frame) => {
      const carried = this.#carried.get(pipe);
      return carried !== undefined && this.#cipher.seal(frame, carried.source);
    };
  }

  #opening(pipe: number): (frame: EncodedFrame) => Promise<boolean> {
    let told: PipeState | undefined;
    let failed = 0;
    const tell = (state: PipeState): void => {
      if (told !== state) this.#tell(pipe, state);
      told = state;
    };
    return async (frame) => {
      const { source, member } = this.#carried.get(pipe) ?? {};
      if (source === undefined || member === undefined) return false;
      const opened = await this.#cipher.open(frame, member, source);
      failed = opened ? 0 : failed + 1;
      if (opened) tell('open');
      else if (failed >= LOCKED_AFTER) tell('locked');
      return opened;
    };
  }
}
