import type { Clock } from '../clock.js';
import type { SignalSocket } from './socket.js';

export interface Question {
  readonly name: string;
  readonly payload: object;
  /** Without an answer after this time the socket is dead. */
  readonly patienceMs: number;
  answered(reply: unknown, afterMs: number): void;
  /** Nobody answered what was asked at `askedAt`. */
  silent(askedAt: number): void;
}

/** Emits a request and waits for its acknowledgement, until the returned function is called. */
export function ask(clock: Clock, socket: SignalSocket, question: Question): () => void {
  const askedAt = clock.now();
  let over = false;
  const cancel = (): void => {
    over = true;
    clock.clearTimeout(timer);
  };
  const timer = clock.setTimeout(() => {
    cancel();
    question.silent(askedAt);
  }, question.patienceMs);
  socket.emit(question.name, question.payload, (reply) => {
    if (over) return;
    cancel();
    question.answered(reply, clock.now() - askedAt);
  });
  return cancel;
}
