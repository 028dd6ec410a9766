import type { ChatMessage, Joined, Report, Resumed, RoomEvent, Room as RoomInfo } from '@madang/protocol';
import type { DataExchange } from '../data/index.js';
import { type JoinPayload, SignalLink } from '../link/index.js';
import { localError, type MadangError, type MadangErrorCode } from '../madang-error.js';
import type { LocalMedia } from '../media/index.js';
import type { CallRecord } from '../record/index.js';
import { Call } from './call.js';
import { entered } from './entering.js';
import { type JoinOptions, joinPayload } from './join-payload.js';
import { mark } from './marks.js';
import type { Member } from './member.js';
import { whenPageGoes } from './page-departure.js';
import type { ReceptionChoice } from './reception-choice.js';
import { endOfRefusal } from './room-end.js';
import type { EndReason, RoomEnd, RoomEvents, RoomState } from './room-events.js';
import { type RoomOptions, type RoomSettings, roomSettings } from './room-options.js';
import { RoomRequests } from './room-requests.js';
import { recordSignaling } from './signaling-facts.js';
import { warmUp } from './warm-up.js';

const LEFT: RoomEnd = { reason: 'left', note: undefined };

/**
 * A room, and the call in it. It keeps itself connected: after a lost connection it resumes as the same member with
 * media untouched, and where that is no longer possible it joins again by itself. It gives up only when it is told to
 * leave, kicked, closed out, or refused for good.
 */
export class Room extends RoomRequests {
  readonly #settings: RoomSettings;
  readonly #call: Call;
  #link: SignalLink | undefined;
  #state: RoomState = 'idle';
  #end: RoomEnd | undefined;
  /** Why this side would not stay in the room it was let into. */
  #turnedBack: MadangError | undefined;
  #redrawPending = false;
  /** The place that an earlier page left to this one, until it is taken over. */
  #inherited: string | undefined;
  /** Undoes what was set up for the time in the room: listeners of the page, of the network and of the media. */
  #undo: (() => void)[] = [];

  constructor(options: RoomOptions = {}) {
    super();
    this.#settings = roomSettings(options);
    this.#call = new Call({
      settings: this.#settings,
      request: (name, payload) => this.request(name, payload),
      connected: () => this.#state === 'connected',
      suspect: () => this.#link?.nudge(),
      tell: (event, ...args) => this.emit(event, ...args),
    });
  }

  get state(): RoomState {
    return this.#state;
  }
  get endReason(): EndReason | undefined {
    return this.#end?.reason;
  }
  /** What the host wrote when kicking, or the sentence of the error that ended it. */
  get endNote(): string | undefined {
    return this.#end?.note;
  }
  /** The error that ended it, where it was one. */
  get endCode(): MadangErrorCode | undefined {
    return this.#end?.code;
  }
  get info(): RoomInfo | undefined {
    return this.#call.info;
  }
  get self(): Member | undefined {
    return this.#call.self;
  }
  /** Oldest first, oneself included. */
  get members(): readonly Member[] {
    return this.#call.members;
  }
  get chat(): readonly ChatMessage[] {
    return this.#call.chat;
  }
  get draining(): boolean {
    return this.#call.draining;
  }
  protected get data(): DataExchange {
    return this.#call.data;
  }
  protected get choice(): ReceptionChoice {
    return this.#call.reception;
  }
  /** Eight digits for people to compare, where the room is encrypted: who shows the same has the same key. */
  get encryptionCode(): string | undefined {
    return this.#settings.encryption.code;
  }
  /**
   * The next key of an encrypted room, of 32 bytes, for programs that bring keys to their members themselves; all use the
   * same `generation` for it, one more than that of the key before.
   */
  setEncryptionKey(key: Uint8Array, generation: number): void {
    this.#settings.encryption.setKey(key, generation);
    this.emit('changed');
  }
  /** Who speaks, as the media server hears it; undefined where media go straight. */
  get activeSpeaker(): Member | undefined {
    return this.#call.activeSpeaker;
  }
  /** What happened on the way of the call; see `diagnose`. */
  get record(): CallRecord {
    return this.#settings.record;
  }
  /** What each member says of its own sending and receiving, by id, one's own included; for `hearing`. */
  get reports(): ReadonlyMap<string, Report> {
    return this.#call.reports.reports;
  }
  /** What is published here. */
  get media(): LocalMedia {
    return this.#settings.media;
  }

  /**
   * Opens the connection ahead of `connect`, so that joining is one round trip, and lets the browser load what a call
   * needs. Resolves when the connection is open.
   */
  async prepare(): Promise<void> {
    const link = this.#openLink();
    link.open();
    void warmUp(this.#settings.RTCPeerConnection);
    if (link.state.at !== 'connecting' && link.state.at !== 'waiting') return;
    await new Promise<void>((resolve) => {
      const off = link.on('state', (state) => {
        if (state.at === 'connecting' || state.at === 'waiting') return;
        off();
        resolve();
      });
    });
  }

  /**
   * Joins a room. Refuses with a `MadangError`: one of the server's (`room_full`, `bad_request`, …), `aborted`, or
   * `not_connected` when the server could not be reached in time. Afterwards another `connect` may be tried.
   */
  async connect(join: JoinOptions): Promise<void> {
    if (this.#state !== 'idle' && this.#state !== 'ended')
      throw localError('aborted', 'already connecting or connected');
    if (join.signal?.aborted) throw localError('aborted');
    mark('madang:join');
    this.#end = undefined;
    this.#turnedBack = undefined;
    this.#call.forget();
    this.#inherited ??= this.#settings.seat.take();
    this.#setState('connecting');
    const link = this.#openLink();
    try {
      const { encryption } = this.#settings;
      if (join.encryption === undefined) encryption.close();
      else await encryption.prepare(join.encryption, join.room);
      if (join.signal?.aborted) throw localError('aborted');
      await entered(link, join.signal, this.#settings, () => link.join(() => this.#joinPayload(join)));
    } catch (error) {
      if (this.#link === link && link.state.at !== 'idle') this.#closeLink();
      if (this.state === 'connecting') this.#setState('idle');
      throw this.#turnedBack ?? error;
    }
  }

  /** Says goodbye and closes everything. One's own media stay open: they belong to `LocalMedia`. */
  async leave(): Promise<void> {
    const link = this.#link;
    if (link === undefined || this.#state === 'ended') return;
    const goodbye = this.#state === 'connected' ? link.request('leave', {}) : Promise.resolve();
    this.#finish(LEFT);
    let timer: unknown;
    const late = new Promise((resolve) => {
      timer = this.#settings.clock.setTimeout(() => resolve(undefined), 1_000);
    });
    await Promise.race([goodbye.catch(() => {}), late]);
    this.#settings.clock.clearTimeout(timer);
    link.close();
  }

  protected override request: SignalLink['request'] = (name, payload) =>
    this.#link === undefined ? Promise.reject(localError('not_connected')) : this.#link.request(name, payload);

  #openLink(): SignalLink {
    if (this.#link !== undefined) return this.#link;
    const link = new SignalLink(this.#settings);
    recordSignaling(link, this.record, this.#settings.clock);
    link.on('state', (state) => {
      if (link === this.#link && state.at === 'waiting' && this.#state === 'connected') this.#setState('reconnecting');
    });
    link.on('joined', (joined, again) => link === this.#link && this.#onJoined(link, joined, again));
    link.on('resumed', (resumed) => link === this.#link && this.#onResumed(resumed));
    link.on('recovered', (afterMs) => link === this.#link && this.emit('recovered', { what: 'signaling', afterMs }));
    link.on('event', (event) => link === this.#link && this.#onEvent(event));
    link.on('failed', (error) => link === this.#link && this.#onFailed(error));
    this.#link = link;
    return link;
  }

  #closeLink(): void {
    const link = this.#link;
    this.#link = undefined;
    link?.close();
  }

  #joinPayload(join: JoinOptions): JoinPayload {
    const replaces = this.#inherited === undefined ? {} : { replaces: this.#inherited };
    return { ...joinPayload(join, this.self, (role) => this.#call.publication.forJoin(role)), ...replaces };
  }

  #onJoined(link: SignalLink, joined: Joined, again: boolean): void {
    mark('madang:joined');
    this.#inherited = undefined;
    // Neither is anything clear sent into such a room, nor does a server talk anybody out of encrypting.
    const isEncrypted = this.#settings.encryption.cipher !== undefined;
    if ((joined.room.encrypted === true) !== isEncrypted) {
      this.#turnBack(link, isEncrypted);
      return;
    }
    this.#call.begin(joined);
    if (!again) this.#setUp(link);
    this.#setState('connected');
    this.#call.publication.publish();
  }

  /** The room is not of the kind that was asked for. */
  #turnBack(link: SignalLink, isEncrypted: boolean): void {
    this.#turnedBack = localError(isEncrypted ? 'room_not_encrypted' : 'room_encrypted');
    link.leaveNow();
    this.#onFailed(this.#turnedBack);
  }

  #onResumed(resumed: Resumed): void {
    this.#call.catchUp(resumed);
    this.#setState('connected');
    void this.#call.publication.publishOnceObeyed();
  }

  #onEvent(event: RoomEvent): void {
    this.#call.handle(event);
    if (event.type === 'ended') this.#finish({ reason: event.reason, note: event.note });
  }

  #onFailed(error: MadangError): void {
    // While connecting, `connect` hands the error to whoever called it.
    if (this.#state !== 'connecting') this.#finish(endOfRefusal(error));
  }

  /** Once for the time in the room. */
  #setUp(link: SignalLink): void {
    this.#undo = [
      whenPageGoes(() => this.#goWithPage(link)),
      this.#settings.network.watch(
        () => {
          link.nudge();
          this.#call.restartIce();
        },
        () => link.nudge(),
      ),
      this.#call.attend(),
    ];
  }

  /** No time for an answer: whether the goodbye has come through or not, the page's successor has its place. */
  #goWithPage(link: SignalLink): void {
    if (link.token !== undefined) this.#settings.seat.put(link.token);
    link.leaveNow();
    this.#finish(LEFT);
  }

  /** Tears down everything but the link's last goodbye. One's own leaving is no news. */
  #finish(end: RoomEnd): void {
    if (this.#state === 'ended') return;
    for (const undo of this.#undo.splice(0)) undo();
    this.#call.end();
    this.record.add({ type: 'signaling', state: 'ended', code: end.reason });
    if (end.reason === 'left') this.#link = undefined;
    else this.#closeLink();
    this.#end = end;
    this.#setState('ended');
    if (end.reason !== 'left') this.emit('ended', end);
  }

  #setState(state: RoomState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.emit('stateChanged', state);
  }

  /** Whatever is told is a change, and the changes of one moment are told as one `changed`. */
  protected override emit<E extends keyof RoomEvents>(event: E, ...args: RoomEvents[E]): void {
    if (event !== 'changed') super.emit(event, ...args);
    if (this.#redrawPending) return;
    this.#redrawPending = true;
    queueMicrotask(() => {
      this.#redrawPending = false;
      super.emit('changed');
    });
  }
}
