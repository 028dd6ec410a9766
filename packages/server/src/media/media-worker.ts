import type { Worker } from 'node:worker_threads';
import type { MediaCommand, MediaEvent, MediaReply } from '@madang/engine';
import { AddonMissing } from '@madang/native';
import { inTime } from './in-time.js';
import { loadedThread } from './loaded-thread.js';
import { MediaListenError } from './media-listen-error.js';
import type { MediaPlace } from './media-place.js';
import type { MediaReading } from './media-reading.js';
import type { FromThread, NotOpened, ToThread } from './thread-messages.js';

export interface MediaWorkerListener {
  readonly event: (event: MediaEvent) => void;
  /** It came upon a mistake of ours, and goes on. */
  readonly fault: (error: Error) => void;
  /** It is no more. `error`: what it died of; undefined when it was closed. */
  readonly ended: (error: Error | undefined) => void;
}

type Opened = Extract<FromThread, { type: 'opened' }>;
type Answer = Extract<FromThread, { id: number }>;

const UNAVAILABLE = { ok: false, code: 'unavailable', detail: 'The media thread has ended.' } as const;

/** One life of a media thread: what it is asked, and what it answers. */
export class MediaWorker {
  readonly port: number;
  readonly addresses: readonly string[];
  readonly #worker: Worker;
  readonly #listener: MediaWorkerListener;
  readonly #waiting = new Map<number, (answer: Answer | null) => void>();
  readonly #ended: Promise<void>;
  #error: Error | undefined;
  #isClosing = false;
  #lastId = 0;

  private constructor(worker: Worker, { port, addresses }: Opened, listener: MediaWorkerListener) {
    this.port = port;
    this.addresses = addresses;
    this.#worker = worker;
    this.#listener = listener;
    worker.on('message', (message: FromThread) => this.#hear(message));
    worker.on('error', (error) => {
      this.#error = error;
    });
    this.#ended = new Promise((resolve) => worker.once('exit', () => resolve(this.#end())));
  }

  /**
   * `worker`: one that has no place yet. Rejects with `MediaListenError`, with `AddonMissing`, or with what else keeps the
   * thread from beginning.
   */
  static async start(place: MediaPlace, listener: MediaWorkerListener, worker = loadedThread()): Promise<MediaWorker> {
    const open: ToThread = { type: 'open', place };
    worker.postMessage(open);
    const first = await firstWord(worker);
    if (first.type === 'opened') return new MediaWorker(worker, first, listener);
    await worker.terminate();
    throw errorOf(first.why);
  }

  /** `unavailable` when the thread ends before it has answered. */
  async command(command: MediaCommand): Promise<MediaReply> {
    const answer = await this.#ask((id) => ({ type: 'command', id, command }));
    return answer?.type === 'reply' ? answer.reply : UNAVAILABLE;
  }

  /** Null when it does not answer within `patienceMs`, or not any more. */
  async read(patienceMs: number): Promise<MediaReading | null> {
    const answer = await inTime(
      this.#ask((id) => ({ type: 'read', id })),
      patienceMs,
    );
    return answer?.type === 'reading' ? answer.reading : null;
  }

  /** Lets it take leave of everybody. Resolves when it is no more; it is not waited for longer than `patienceMs`. */
  async close(patienceMs: number): Promise<void> {
    this.#isClosing = true;
    this.#say({ type: 'close' });
    const timer = setTimeout(() => void this.#worker.terminate(), patienceMs);
    await this.#ended;
    clearTimeout(timer);
  }

  /** Ends it where it stands, as a crash does. */
  async kill(): Promise<void> {
    await this.#worker.terminate();
    await this.#ended;
  }

  #say(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  #ask(question: (id: number) => ToThread): Promise<Answer | null> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#say(question(id));
    });
  }

  #hear(message: FromThread): void {
    switch (message.type) {
      case 'event':
        this.#listener.event(message.event);
        break;
      case 'fault':
        this.#listener.fault(message.error);
        break;
      case 'reply':
      case 'reading':
        this.#waiting.get(message.id)?.(message);
        this.#waiting.delete(message.id);
        break;
    }
  }

  #end(): void {
    for (const answer of this.#waiting.values()) answer(null);
    this.#waiting.clear();
    this.#listener.ended(this.#isClosing ? undefined : (this.#error ?? new Error('the media thread was ended')));
  }
}

type FirstWord = Extract<FromThread, { type: 'opened' | 'refused' }>;

function firstWord(worker: Worker): Promise<FirstWord> {
  return new Promise((resolve, reject) => {
    // One by one: a worker listens to itself for who listens to its messages.
    const end = () => worker.off('message', hear).off('error', fail).off('exit', leave);
    const hear = (message: FirstWord) => {
      end();
      resolve(message);
    };
    const fail = (error: Error) => {
      end();
      reject(error);
    };
    const leave = () => fail(new Error('the media thread ended before it began'));
    worker.on('message', hear).on('error', fail).on('exit', leave);
  });
}

function errorOf(why: NotOpened): Error {
  return why.type === 'no-addon' ? new AddonMissing(why.sentence) : new MediaListenError(why.where);
}
