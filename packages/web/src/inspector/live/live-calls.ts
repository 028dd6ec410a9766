import { Emitter, type Fact } from '@madang/client';
import { isLiveMessage, LIVE_CHANNEL, type LiveCall, type LiveChannel, type LiveMessage } from './live-message.js';

/** A call as it is being watched. */
export interface WatchedCall {
  readonly call: LiveCall;
  readonly facts: readonly Fact[];
  readonly nowMs: number;
  /** It is over, its tab was closed, or it has not answered for some time. */
  readonly isOver: boolean;
}

const MISSED_ANSWERS = 10;

/** The calls in other tabs of this browser, seen from an inspector page. `look` is to be called about once a second. */
export class LiveCalls extends Emitter<{ changed: [] }> {
  readonly #channel: LiveChannel;
  readonly #watcher: string;
  #calls: readonly LiveCall[] = [];
  #watched: WatchedCall | undefined;
  #unanswered = 0;

  constructor(watcher: string, channel: LiveChannel = new BroadcastChannel(LIVE_CHANNEL)) {
    super();
    this.#watcher = watcher;
    this.#channel = channel;
    channel.onmessage = ({ data }) => {
      if (isLiveMessage(data)) this.#hear(data);
    };
    channel.postMessage({ type: 'who' });
  }

  get calls(): readonly LiveCall[] {
    return this.#calls;
  }

  get watched(): WatchedCall | undefined {
    return this.#watched;
  }

  watch(call: LiveCall): void {
    this.#watched = { call, facts: [], nowMs: 0, isOver: false };
    this.#unanswered = 0;
    this.look();
    this.emit('changed');
  }

  unwatch(): void {
    this.#watched = undefined;
    this.emit('changed');
  }

  /** Asks for what is new. */
  look(): void {
    const watched = this.#watched;
    if (watched === undefined || watched.isOver) return;
    this.#unanswered += 1;
    if (this.#unanswered > MISSED_ANSWERS) this.#end(watched.call.id);
    else this.#channel.postMessage({ type: 'watch', id: watched.call.id, watcher: this.#watcher });
  }

  close(): void {
    this.#channel.close();
  }

  #hear(message: LiveMessage): void {
    if (message.type === 'call') {
      const { call } = message;
      this.#calls = [...this.#calls.filter(({ id }) => id !== call.id), call];
      this.emit('changed');
    }
    if (message.type === 'over') this.#end(message.id);
    if (message.type === 'facts' && message.watcher === this.#watcher) this.#take(message);
  }

  #take({ id, facts, isWhole, nowMs }: Extract<LiveMessage, { type: 'facts' }>): void {
    const watched = this.#watched;
    if (watched === undefined || watched.call.id !== id) return;
    this.#unanswered = 0;
    this.#watched = { ...watched, facts: isWhole ? facts : [...watched.facts, ...facts], nowMs };
    this.emit('changed');
  }

  #end(id: string): void {
    this.#calls = this.#calls.filter((call) => call.id !== id);
    if (this.#watched?.call.id === id) this.#watched = { ...this.#watched, isOver: true };
    this.emit('changed');
  }
}
