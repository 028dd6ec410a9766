import type {
  ChatMessage,
  Joined,
  LeaveReason,
  Member as MemberData,
  Metadata,
  Mode,
  PeerSignal,
  Resumed,
  Role,
  RoomEvent,
  Room as RoomInfo,
  Source,
} from '@madang/protocol';
import { Emitter } from '../emitter.js';
import { type JoinPayload, SignalLink } from '../link/index.js';
import { localError, type MadangError } from '../madang-error.js';
import type { LocalMedia } from '../media/index.js';
import { entered } from './entering.js';
import { mark } from './marks.js';
import { MediaReport, NOTHING } from './media-report.js';
import { Member, type Track } from './member.js';
import { Mesh } from './mesh.js';
import { type RoomOptions, type RoomSettings, roomSettings } from './room-options.js';
import { leaveReason, memberChanges, type RoomView, reduceRoom, viewOfJoin } from './room-view.js';
import { VoiceWatch } from './voice-watch.js';

export type RoomState = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'ended';
export type EndReason = 'left' | 'kicked' | 'closed' | 'failed';

export interface JoinOptions {
  readonly room: string;
  readonly name: string;
  /** `viewer` watches and publishes nothing. */
  readonly role?: 'viewer' | 'participant';
  /** Counts only for the first in the room. */
  readonly mode?: Mode;
  readonly metadata?: Metadata;
  /** Calls the attempt off: `connect` then refuses with `aborted`. */
  readonly signal?: AbortSignal;
}

/** What a `Room` tells, with the arguments of each event. */
export interface RoomEvents {
  /** Anything at all changed; told once for changes of one moment. Made for redrawing. */
  changed: [];
  stateChanged: [state: RoomState];
  /** While `reconnecting`, told for everyone who is in the room under a new id: a rejoin replaces all the others. */
  memberJoined: [member: Member];
  memberLeft: [member: Member, reason: LeaveReason];
  memberChanged: [member: Member];
  chat: [message: ChatMessage];
  /** `member` is undefined if who reacted has left meanwhile. */
  reaction: [member: Member | undefined, reaction: string];
  trackAdded: [member: Member, track: Track];
  trackRemoved: [member: Member, track: Track];
  speakingChanged: [member: Member];
  /** A host muted one of one's own sources; it is muted already. */
  mutedByHost: [muted: { readonly by: Member | undefined; readonly source: Exclude<Source, 'screen-audio'> }];
  pathChanged: [member: Member];
  /** The server stops within the time given. The call goes on, and the room is joined again when the server is back. */
  draining: [withinMs: number];
  /** It is over, and not by one's own `leave`. `note`: what the host wrote, or the error. */
  ended: [end: { readonly reason: EndReason; readonly note: string | undefined }];
}

/**
 * A room, and the call in it. It keeps itself connected: after a lost connection it resumes as the same member with
 * media untouched, and where that is no longer possible it joins again by itself. It gives up only when it is told to
 * leave, kicked, closed out, or refused for good.
 */
export class Room extends Emitter<RoomEvents> {
  readonly #settings: RoomSettings;
  readonly #members = new Map<string, Member>();
  readonly #mesh: Mesh;
  readonly #voices: VoiceWatch;
  readonly #report: MediaReport;
  #link: SignalLink | undefined;
  #view: RoomView | undefined;
  #state: RoomState = 'idle';
  #end: { readonly reason: EndReason; readonly note: string | undefined } | undefined;
  #memberList: readonly Member[] = [];
  #redrawPending = false;
  /** The last mute that a host asked for, on its way. */
  #obeying: Promise<void> = Promise.resolve();
  /** Undoes what was set up for the time in the room: listeners of the page, of the network and of the media. */
  #undo: (() => void)[] = [];

  constructor(options: RoomOptions = {}) {
    super();
    const settings = roomSettings(options);
    this.#settings = settings;
    const send = (to: string, signal: PeerSignal): void => {
      // Lost only with the membership itself, and then the link to that member is gone too.
      this.#request('peer-signal', { to, signal }).catch(() => {});
    };
    this.#mesh = new Mesh(settings, send, () => this.#state === 'connected');
    this.#mesh.on('peer', (id) => this.#onPeer(id));
    this.#mesh.on('path', (id) => this.#tell('pathChanged', this.#members.get(id)));
    this.#voices = new VoiceWatch(settings, (member) => this.#tell('speakingChanged', member));
    this.#report = new MediaReport((media) => this.#request('media', { media }));
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
  get info(): RoomInfo | undefined {
    return this.#view?.info;
  }
  get self(): Member | undefined {
    return this.#view && this.#members.get(this.#view.selfId);
  }
  /** Oldest first, oneself included. */
  get members(): readonly Member[] {
    return this.#memberList;
  }
  get chat(): readonly ChatMessage[] {
    return this.#view?.chat ?? [];
  }
  get draining(): boolean {
    return this.#view?.draining ?? false;
  }
  /** What is published here. */
  get media(): LocalMedia {
    return this.#settings.media;
  }

  /** Opens the connection ahead of `connect`, so that joining is one round trip. Resolves when it is open. */
  async prepare(): Promise<void> {
    const link = this.#openLink();
    link.open();
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
    this.#forget();
    this.#setState('connecting');
    const link = this.#openLink();
    try {
      const replaces = this.#settings.seat.take();
      await entered(link, join.signal, this.#settings, () => link.join(() => this.#joinPayload(join, replaces)));
    } catch (error) {
      if (this.#link === link && link.state.at !== 'idle') this.#closeLink();
      if (this.state === 'connecting') this.#setState('idle');
      throw error;
    }
  }

  /** Says goodbye and closes everything. One's own media stay open: they belong to `LocalMedia`. */
  async leave(): Promise<void> {
    const link = this.#link;
    if (link === undefined || this.#state === 'ended') return;
    const goodbye = this.#state === 'connected' ? link.request('leave', {}) : Promise.resolve();
    this.#finish('left', undefined, false);
    let timer: unknown;
    const late = new Promise((resolve) => {
      timer = this.#settings.clock.setTimeout(() => resolve(undefined), 1_000);
    });
    await Promise.race([goodbye.catch(() => {}), late]);
    this.#settings.clock.clearTimeout(timer);
    link.close();
  }

  /** Resolves with the number of the message. The message itself comes back as an event, like everyone's. */
  async sendChat(text: string): Promise<number> {
    const result = await this.#request('chat', { text });
    if ('id' in result) return result.id;
    // It was carried out before the connection was lost: the message is among those just replayed.
    const own = this.chat.findLast((message) => message.from === this.#view?.selfId && message.text === text);
    return own?.id ?? 0;
  }

  async react(reaction: string): Promise<void> {
    await this.#request('react', { reaction });
  }

  /** A host may lower another member's hand. */
  async raiseHand(raised: boolean, memberId?: string): Promise<void> {
    await this.#request('hand', { raised, ...(memberId === undefined ? {} : { member: memberId }) });
  }

  async rename(name: string): Promise<void> {
    await this.#request('rename', { name });
  }

  async setMetadata(metadata: Metadata): Promise<void> {
    await this.#request('metadata', { metadata });
  }

  async setRoomMetadata(metadata: Metadata): Promise<void> {
    await this.#request('room-metadata', { metadata });
  }

  async kick(memberId: string, reason?: string): Promise<void> {
    await this.#request('kick', { member: memberId, ...(reason === undefined ? {} : { reason }) });
  }

  /** Mutes a source of another member. Only that member can unmute it again. */
  async muteMember(memberId: string, source: Exclude<Source, 'screen-audio'>): Promise<void> {
    await this.#request('mute', { member: memberId, source });
  }

  async setRole(memberId: string, role: Role): Promise<void> {
    await this.#request('role', { member: memberId, role });
  }

  /** Ends the room for everyone, and deletes its chat. */
  async close(): Promise<void> {
    await this.#request('close', {});
  }

  /** What is left of an earlier time in a room. */
  #forget(): void {
    this.#end = undefined;
    this.#view = undefined;
    this.#members.clear();
    this.#memberList = [];
  }

  #request: SignalLink['request'] = (name, payload) =>
    this.#link === undefined ? Promise.reject(localError('not_connected')) : this.#link.request(name, payload);

  #openLink(): SignalLink {
    if (this.#link !== undefined) return this.#link;
    const { address, openSocket, clock, random } = this.#settings;
    const link = new SignalLink({ address, openSocket, clock, random });
    link.on('state', (state) => {
      if (link === this.#link && state.at === 'waiting' && this.#state === 'connected') this.#setState('reconnecting');
    });
    link.on('joined', (joined, again) => link === this.#link && this.#onJoined(link, joined, again));
    link.on('resumed', (resumed) => link === this.#link && this.#onResumed(resumed));
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

  /** What to join with: after a loss, with what has become of the member meanwhile. */
  #joinPayload(join: JoinOptions, replaces: string | undefined): JoinPayload {
    const self = this.self;
    const role = self === undefined ? join.role : self.role === 'viewer' ? 'viewer' : 'participant';
    const metadata = (self?.metadata as Metadata | undefined) ?? join.metadata;
    const media = role === 'viewer' ? NOTHING : this.media.state;
    this.#report.told(media);
    return {
      room: join.room,
      name: self?.name ?? join.name,
      media,
      ...(role === undefined ? {} : { role }),
      ...(join.mode === undefined ? {} : { mode: join.mode }),
      ...(metadata === undefined ? {} : { metadata }),
      ...(self === undefined && replaces !== undefined ? { replaces } : {}),
    };
  }

  #onJoined(link: SignalLink, joined: Joined, again: boolean): void {
    mark('madang:joined');
    this.#mesh.clear();
    this.#show(viewOfJoin(joined));
    this.#mesh.begin(joined);
    if (!again) this.#setUp(link);
    this.#setState('connected');
    this.#publish();
  }

  #onResumed(resumed: Resumed): void {
    if (this.#view === undefined) return;
    this.#mesh.setIceServers(resumed.iceServers);
    this.#show({ ...this.#view, info: resumed.room, members: resumed.members, draining: false });
    this.#setState('connected');
    // First what a host muted meanwhile, lest it be reported as on.
    void this.#obeying.then(() => this.#publish());
  }

  #onFailed(error: MadangError): void {
    // While connecting, `connect` hands the error to whoever called it.
    if (this.#state !== 'connecting') this.#finish('failed', error.message, true);
  }

  /** Once for the time in the room. */
  #setUp(link: SignalLink): void {
    const page = globalThis as Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;
    const leaveNow = (): void => {
      if (link.token !== undefined) this.#settings.seat.put(link.token);
      link.leaveNow();
      this.#finish('left', undefined, false);
    };
    page.addEventListener?.('pagehide', leaveNow);
    this.#undo = [
      () => page.removeEventListener?.('pagehide', leaveNow),
      this.media.on('changed', () => this.#publish()),
      this.#settings.network.watch(() => {
        link.nudge();
        this.#mesh.restartIce();
      }),
      this.#voices.start(() => this.#memberList),
    ];
  }

  #onEvent(event: RoomEvent): void {
    if (this.#view === undefined) return;
    this.#show(reduceRoom(this.#view, event), event);
    switch (event.type) {
      case 'chat':
        this.emit('chat', event.message);
        break;
      case 'reaction':
        this.emit('reaction', this.#members.get(event.from), event.reaction);
        break;
      case 'peer-signal':
        this.#mesh.receive(event.from, event.signal);
        break;
      case 'muted':
        this.#obeyMute(event.source);
        this.emit('mutedByHost', { by: this.#members.get(event.by), source: event.source });
        break;
      case 'draining':
        this.emit('draining', event.withinMs);
        break;
      case 'ended':
        this.#finish(event.reason, event.note, true);
        break;
    }
  }

  /** Makes the members of `view` the members of the room, and tells what became of them. */
  #show(view: RoomView, event?: RoomEvent): void {
    const before = this.#view;
    this.#view = view;
    const { left, changed, joined } = memberChanges(before?.members ?? [], view.members);
    const gone = left.map((data) => this.#remove(data, before, view));
    for (const data of joined) this.#add(data, view);
    for (const data of changed) this.#members.get(data.id)?.update(data);
    this.#memberList = view.members.map((data) => this.#members.get(data.id)!);
    for (const member of gone) if (member !== undefined) this.emit('memberLeft', member, leaveReason(event, member.id));
    for (const data of [...changed, ...joined]) this.#refresh(data);
    if (before !== undefined) for (const data of joined) this.#tell('memberJoined', this.#members.get(data.id));
    for (const data of changed) this.#tell('memberChanged', this.#members.get(data.id));
    this.#redraw();
  }

  /** Oneself under an old id goes over into oneself under the new one. */
  #remove(data: MemberData, before: RoomView | undefined, view: RoomView): Member | undefined {
    const member = this.#members.get(data.id);
    this.#members.delete(data.id);
    if (data.id === before?.selfId && data.id !== view.selfId) {
      const own = view.members.find((other) => other.id === view.selfId);
      if (member !== undefined && own !== undefined) {
        member.update(own);
        this.#members.set(own.id, member);
      }
      return undefined;
    }
    this.#mesh.remove(data.id);
    member?.setPeer(undefined);
    if (member !== undefined) this.#setTracks(member, new Map());
    return member;
  }

  #add(data: MemberData, view: RoomView): void {
    if (!this.#members.has(data.id)) this.#members.set(data.id, new Member(data, data.id === view.selfId));
  }

  /** Follows a change of a member's data with the member's connection and tracks. */
  #refresh(data: MemberData): void {
    const member = this.#members.get(data.id);
    if (member === undefined) return;
    if (!member.isSelf) this.#mesh.setMember(data);
    else if (this.#mesh.setOwnRole(data.role)) this.#publish();
    this.#refreshTracks(member);
  }

  #onPeer(id: string): void {
    const member = this.#members.get(id);
    if (member === undefined) return;
    member.setPeer(this.#mesh.peer(id));
    this.#refreshTracks(member);
    this.#redraw();
  }

  #refreshTracks(member: Member): void {
    this.#setTracks(member, member.isSelf ? this.media.tracks : this.#mesh.tracks(member.id, member.media));
  }

  #setTracks(member: Member, now: ReadonlyMap<Source, Track>): void {
    const { added, removed } = member.setTracks(now);
    for (const track of removed) this.emit('trackRemoved', member, track);
    for (const track of added) this.emit('trackAdded', member, track);
    if (added.length + removed.length > 0) this.#redraw();
  }

  /** Brings to the others what is in `media` now. */
  #publish(): void {
    const { self } = this;
    if (self === undefined) return;
    this.#refreshTracks(self);
    this.#mesh.publish();
    this.#report.bring(self.role === 'viewer' ? NOTHING : this.media.state, self.media);
    this.#redraw();
  }

  /** The server has told the others already; this side really stops sending. */
  #obeyMute(source: Exclude<Source, 'screen-audio'>): void {
    if (source === 'screen') this.media.stop('screen');
    else if (source === 'camera') this.#obeying = this.media.setCameraMuted(true);
    else this.#obeying = this.media.setMicrophoneMuted(true);
  }

  /** Tears down everything but the link's last goodbye. */
  #finish(reason: EndReason, note: string | undefined, tell: boolean): void {
    if (this.#state === 'ended') return;
    for (const undo of this.#undo.splice(0)) undo();
    this.#mesh.clear();
    for (const member of this.#memberList) member.setPeer(undefined);
    if (reason === 'left') this.#link = undefined;
    else this.#closeLink();
    this.#end = { reason, note };
    this.#setState('ended');
    if (tell) this.emit('ended', this.#end);
  }

  #setState(state: RoomState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.emit('stateChanged', state);
    this.#redraw();
  }

  #tell(event: 'memberJoined' | 'memberChanged' | 'speakingChanged' | 'pathChanged', member: Member | undefined): void {
    if (member === undefined) return;
    this.emit(event, member);
    this.#redraw();
  }

  #redraw(): void {
    if (this.#redrawPending) return;
    this.#redrawPending = true;
    queueMicrotask(() => {
      this.#redrawPending = false;
      this.emit('changed');
    });
  }
}
