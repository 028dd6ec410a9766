import { type ErrorCode, LIMITS, protocolError, type Refused } from '@madang/protocol';
import type { Socket } from 'socket.io';
import { ClassicPage } from './classic-page.js';
import { REFUSED, type Refusal } from './packet-gate.js';
import type { Answer, Page, Surroundings } from './page.js';
import { ROUTES } from './routes.js';
import { Seat } from './seat.js';
import type { Tally } from './tally.js';

type Ack = (reply: unknown) => void;

export interface ConnectionSettings {
  readonly surroundings: Surroundings;
  readonly tally: Tally;
  /** A connection that is in no room for this long is closed. */
  readonly roomlessMs: number;
  readonly failed: (error: unknown) => void;
}

/** What counts as malformed; enough of them in a row close the connection. */
const MALFORMED: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['bad_request', 'unknown_event', 'message_too_large']);

/** Requests that may wait for an earlier one to be carried out. */
const MOST_WAITING = 256;

/** One socket.io connection: takes each event to its handler and the answer back. Nothing that arrives here throws. */
export class Connection implements Page {
  readonly id: string;
  readonly host: string;
  readonly surroundings: Surroundings;
  readonly #socket: Socket;
  readonly #settings: ConnectionSettings;
  readonly #who: { readonly seat: Seat; readonly classic: ClassicPage };
  #malformedInARow = 0;
  #paused = 0;
  #waiting: (() => void)[] = [];
  #roomless: NodeJS.Timeout | undefined;

  constructor(socket: Socket, host: string, settings: ConnectionSettings) {
    this.host = host;
    this.#socket = socket;
    this.#settings = settings;
    this.id = socket.id;
    this.surroundings = settings.surroundings;
    this.#who = { seat: new Seat(this), classic: new ClassicPage(this) };
    this.#watchRoomless();
    socket.onAny((event: unknown, ...args: unknown[]) => this.#receive(event, args));
    socket.once('disconnect', () => this.#close());
  }

  emit(event: string, payload: unknown): void {
    try {
      this.#socket.emit(event, payload);
    } catch (error) {
      this.failed(error);
    }
  }

  dismiss(): void {
    this.#socket.disconnect(true);
  }

  failed(error: unknown): void {
    this.#settings.failed(error);
  }

  cameOut(): void {
    this.#watchRoomless();
  }

  pause(): () => void {
    this.#paused += 1;
    return () => {
      this.#paused -= 1;
      this.#watchRoomless();
      while (this.#paused === 0 && this.#waiting.length > 0) this.#waiting.shift()?.();
    };
  }

  #receive(event: unknown, args: unknown[]): void {
    if (!this.#socket.connected) return;
    const ack = typeof args.at(-1) === 'function' ? (args.pop() as Ack) : undefined;
    const answer: Answer = (reply) => this.#answer(event, reply, ack);
    if (event === REFUSED) return void this.#refuse(args[0] as Refusal, answer);
    if (this.#paused === 0) return void this.#handle(event, args, answer);
    if (this.#waiting.length >= MOST_WAITING) return void answer({ ok: false, error: protocolError('rate_limited') });
    this.#waiting.push(() => this.#handle(event, args, answer));
  }

  #handle(event: unknown, args: unknown[], answer: Answer): void {
    const route = typeof event === 'string' ? ROUTES.get(event) : undefined;
    if (route === undefined) return void answer({ ok: false, error: protocolError('unknown_event') });
    if (args.length > 1) return void answer(badRequest('one payload, please'));
    try {
      route(this.#who, args.length === 0 ? {} : args[0], answer);
    } catch (error) {
      this.failed(error);
      answer({ ok: false, error: protocolError('internal') });
    }
  }

  #refuse({ error, final }: Refusal, answer: Answer): void {
    answer({ ok: false, error });
    if (final) this.dismiss();
  }

  #answer(event: unknown, reply: { readonly ok: true } | Refused, ack: Ack | undefined): void {
    this.#settings.tally.message(event, reply.ok ? 'ok' : reply.error.code);
    if (ack !== undefined) this.#acknowledge(ack, reply);
    if (reply.ok || !MALFORMED.has(reply.error.code)) {
      if (reply.ok || reply.error.code !== 'rate_limited') this.#malformedInARow = 0;
      return;
    }
    this.#malformedInARow += 1;
    if (this.#malformedInARow >= LIMITS.malformedInARow) this.dismiss();
  }

  #acknowledge(ack: Ack, reply: unknown): void {
    try {
      ack(reply);
    } catch (error) {
      this.failed(error);
      ack({ ok: false, error: protocolError('internal') });
    }
  }

  get #isRoomless(): boolean {
    return !this.#who.seat.taken && !this.#who.classic.taken;
  }

  #watchRoomless(): void {
    if (this.#isRoomless && this.#socket.connected) {
      this.#roomless ??= setTimeout(() => this.dismiss(), this.#settings.roomlessMs).unref();
    } else {
      clearTimeout(this.#roomless);
      this.#roomless = undefined;
    }
  }

  #close(): void {
    clearTimeout(this.#roomless);
    this.#waiting = [];
    this.#who.seat.vacate();
    this.#who.classic.close();
  }
}

function badRequest(detail: string): Refused {
  return { ok: false, error: protocolError('bad_request', { detail }) };
}
