import type { Joined, Reply, RequestInput, RequestName, Results, Resumed, RoomEvent } from '@madang/protocol';
import type { Clock } from '../clock.js';
import { Emitter } from '../emitter.js';
import { localError, MadangError, refusal } from '../madang-error.js';
import type { SignalingAddress } from './address.js';
import { ask } from './ask.js';
import { Attempts } from './attempts.js';
import { connectErrorCode } from './connect-error.js';
import { type EntryGoal, entryRequest, type JoinPayload } from './entry-request.js';
import { EventSequence } from './event-sequence.js';
import { type LinkAction, type LinkInput, type LinkState, linkStep } from './link-state.js';
import { Outbox } from './outbox.js';
import { ANSWER_MS, Patience } from './patience.js';
import { type OpenSocket, type SignalSocket, socketOptions, type Transport, transportOf } from './socket.js';

/** Requests of a membership, numbered and retained by the link. */
export type MemberRequest = Exclude<RequestName, 'join' | 'resume'>;
export type MemberResult<N extends MemberRequest> = Results[N] | { readonly repeated: true };

export interface LinkDeps {
  readonly address: SignalingAddress;
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
  /** 0…1, for the jitter. */
  readonly random: () => number;
}

/**
 * The connection to the server: one membership over as many sockets as it takes. Requests are retained until they are
 * acknowledged, events arrive once and in order, and a lost membership is resumed, or begun anew, without being asked.
 */
export class SignalLink extends Emitter<{
  state: [LinkState];
  event: [RoomEvent];
  /** A membership began; `again` when it replaces a lost one. */
  joined: [joined: Joined, again: boolean];
  /** The missed events have been emitted; this is the state as of now. */
  resumed: [Resumed];
  /** The open socket went over to a better transport. */
  upgraded: [];
  /** After either of the two: how long the membership was away. */
  recovered: [afterMs: number];
  /** It is over: the server refused for good. */
  failed: [MadangError];
}> {
  readonly #deps: LinkDeps;
  readonly #outbox: Outbox;
  #socket: SignalSocket | undefined;
  #state: LinkState = { at: 'closed' };
  readonly #patience = new Patience();
  readonly #attempts: Attempts;
  /** When what was not answered had been asked; undefined while everything is. */
  #silentSince: number | undefined;
  /** Since when the membership is away; undefined while it is there. */
  #awaySince: number | undefined;
  #joinPayload: (() => JoinPayload) | undefined;
  #token = '';
  #sequence = new EventSequence(0);
  /** Events that overtook the reply of a join or resume. */
  #held: RoomEvent[] = [];
  #checking = false;
  #refused: MadangError | undefined;

  constructor(deps: LinkDeps) {
    super();
    this.#deps = deps;
    this.#attempts = new Attempts(deps.clock, deps.random, this.#patience);
    this.#outbox = new Outbox(deps.clock, (name, payload, answered) => {
      if (this.#socket?.connected === true) this.#ask(this.#socket, name, payload, answered);
    });
  }

  /** By which transport the open socket goes; undefined where that can't be told. */
  get transport(): Transport | undefined {
    return this.#socket === undefined ? undefined : transportOf(this.#socket);
  }

  get state(): LinkState {
    return this.#state;
  }

  /** The secret that stands for the membership; undefined while there is none. Never log it. */
  get token(): string | undefined {
    return this.#hasMembership() ? this.#token : undefined;
  }

  /** Opens the socket ahead of `join`, and keeps it open. */
  open(): void {
    this.#input({ type: 'open' });
  }

  /** Begins a membership; the outcome comes as `joined` or `failed`. `payload` is asked again for each rejoin. */
  join(payload: () => JoinPayload): void {
    this.#joinPayload = payload;
    this.#input({ type: 'join' });
    this.#input({ type: 'due' });
  }

  /**
   * Sends a request and keeps it through losses of the connection; one that comes too fast is slowed down. Refuses with
   * the server's error, with `timeout`, or with `not_connected` when the membership it was made in is over.
   */
  request<N extends MemberRequest>(name: N, payload: Omit<RequestInput<N>, 'n'>): Promise<MemberResult<N>> {
    if (!this.#hasMembership()) return Promise.reject(localError('not_connected'));
    return new Promise((resolve, reject) => {
      const settle = (reply: unknown): void => {
        const answer = reply as Reply<N>;
        if (answer.ok) resolve(answer);
        else reject(refusal(answer.error));
      };
      this.#outbox.add({ name, payload, settle, fail: reject });
    });
  }

  /** The network changed: tries at once what waits, and makes sure that an open socket still leads somewhere. */
  nudge(): void {
    if (this.#state.at === 'waiting' || !this.#attempts.isFresh) this.#input({ type: 'hurry' });
    const socket = this.#socket;
    if (this.#checking || socket?.connected !== true || this.#state.at !== 'member') return;
    this.#checking = true;
    this.#ask(socket, 'members', {}, () => (this.#checking = false), this.#patience.checkMs);
  }

  /** Says goodbye without waiting for an answer, for a page that is about to go. */
  leaveNow(): void {
    if (this.#socket?.connected === true && this.#state.at === 'member') this.#socket.emit('leave', {});
    this.close();
  }

  /** Ends the membership and the socket. Every request still waiting refuses with `not_connected`. */
  close(): void {
    // A join called off may be carried out all the same: then nobody should be left standing in the room.
    if (this.#socket?.connected === true && this.#state.at === 'entering') this.#socket.emit('leave', {});
    this.#input({ type: 'close' });
    this.#outbox.restart(localError('not_connected'));
  }

  #hasMembership(): boolean {
    const state = this.#state;
    return state.at === 'member' || ('goal' in state && (state.goal === 'resume' || state.goal === 'rejoin'));
  }

  #input(input: LinkInput): void {
    const { state, actions } = linkStep(this.#state, input);
    const changed = state !== this.#state;
    if (changed && this.#state.at === 'member') this.#awaySince = this.#silentSince ?? this.#deps.clock.now();
    this.#state = state;
    if (changed) this.#attempts.moved(state);
    if (changed && state.at !== 'member') {
      this.#outbox.halt();
      this.#checking = false;
    }
    for (const action of actions) this.#act(action);
    if (changed && state === this.#state) this.emit('state', state);
  }

  #act(action: LinkAction): void {
    switch (action.type) {
      case 'connect':
        this.#connect();
        break;
      case 'disconnect':
        this.#socket?.disconnect();
        break;
      case 'enter':
        this.#enter(action.goal);
        break;
      case 'wait':
        this.#attempts.wait(action.attempt, () => this.#input({ type: 'due' }));
        break;
      case 'give-up':
        this.#outbox.restart(localError('not_connected'));
        this.emit('failed', this.#refused ?? new MadangError(action.code, action.code));
        break;
    }
  }

  #connect(): void {
    const attempt = 'attempt' in this.#state ? this.#state.attempt : 0;
    this.#attempts.begin(attempt, () => this.#input({ type: 'stale' }));
    this.#socket ??= this.#openSocket();
    this.#socket.connect();
  }

  #openSocket(): SignalSocket {
    const { origin, path } = this.#deps.address;
    const socket = this.#deps.openSocket(origin, socketOptions(path));
    socket.on('connect', () => {
      socket.io?.engine?.on?.('upgrade', () => this.emit('upgraded'));
      this.#input({ type: 'up' });
    });
    socket.on('disconnect', () => this.#input({ type: 'down' }));
    socket.on('connect_error', (error) => {
      const code = connectErrorCode(error);
      this.#refused = code === undefined ? undefined : new MadangError(code, 'The server turned the connection away.');
      this.#input({ type: 'down', code });
    });
    socket.on('event', (event) => this.#onEvent(event));
    socket.on('replaced', () => {
      this.#refused = localError('membership_ended', 'replaced');
      this.#input({ type: 'replaced' });
    });
    return socket;
  }

  #enter(goal: EntryGoal): void {
    this.#held = [];
    const { name, payload } = entryRequest(goal, this.#token, this.#sequence.last, this.#joinPayload);
    this.#ask(this.#socket!, name, payload, (reply) => this.#onEntered(goal, reply));
  }

  #onEntered(goal: EntryGoal, reply: unknown): void {
    const answer = reply as Reply<'join'> | Reply<'resume'>;
    if (!answer.ok) {
      this.#refused = refusal(answer.error);
      this.#input({ type: 'refused', code: answer.error.code });
      return;
    }
    this.#token = answer.resume.token;
    if ('events' in answer) this.#onResumed(answer);
    else this.#onJoined(answer, goal === 'rejoin');
    for (const event of this.#held.splice(0)) this.#onEvent(event);
  }

  #onJoined(joined: Joined, again: boolean): void {
    this.#outbox.restart(localError('not_connected'));
    this.#sequence = new EventSequence(joined.seq);
    this.#input({ type: 'entered' });
    this.#outbox.open();
    this.emit('joined', joined, again);
    this.#tellRecovered();
  }

  #onResumed(resumed: Resumed): void {
    const [first] = resumed.events;
    if (first !== undefined && first.seq > this.#sequence.last + 1) {
      this.#input({ type: 'refused', code: 'resume_expired' });
      return;
    }
    for (const event of resumed.events) this.#handle(event);
    // What was missed may have been the end.
    if (this.#state.at !== 'entering') return;
    this.#sequence = new EventSequence(Math.max(resumed.seq, this.#sequence.last));
    this.#input({ type: 'entered' });
    this.#outbox.open();
    this.emit('resumed', resumed);
    this.#tellRecovered();
  }

  #tellRecovered(): void {
    const since = this.#awaySince;
    this.#awaySince = undefined;
    if (since !== undefined) this.emit('recovered', this.#deps.clock.now() - since);
  }

  #onEvent(event: RoomEvent): void {
    if (this.#state.at === 'entering') this.#held.push(event);
    else if (this.#state.at === 'member') this.#handle(event);
  }

  #handle(event: RoomEvent): void {
    const arrival = this.#sequence.accept(event.seq);
    if (arrival === 'next') this.emit('event', event);
    else if (arrival === 'gap') this.#input({ type: 'stale' });
  }

  /** Asks, and takes silence as a sign that the socket is dead. */
  #ask(
    socket: SignalSocket,
    name: string,
    payload: object,
    done: (reply: unknown) => void,
    patienceMs = ANSWER_MS,
  ): void {
    const cancel = ask(this.#deps.clock, socket, {
      name,
      payload,
      patienceMs,
      answered: (reply, afterMs) => {
        off();
        this.#patience.answered(afterMs);
        done(reply);
      },
      silent: (askedAt) => {
        off();
        this.#silentSince = askedAt;
        this.#input({ type: 'stale' });
        this.#silentSince = undefined;
      },
    });
    const off = this.on('state', (state) => {
      if (state.at !== 'waiting' && state.at !== 'closed') return;
      off();
      cancel();
    });
  }
}
