import type {
  IceServer,
  MediaPath,
  MediaState,
  Member as MemberData,
  PeerSignal,
  Role,
  Source,
} from '@madang/protocol';
import { every } from '../clock.js';
import { Emitter } from '../emitter.js';
import { type Incoming, RemoteTrack } from '../media/index.js';
import { hasArrived } from './has-arrived.js';
import { type MediaWay, type MediaWayEvents, type Publisher, stateOf } from './media-way.js';
import type { Peer } from './member.js';
import { DIALECT, type Mesh } from './mesh.js';
import { headFor, look, type Move, type MoveAction, type MoveStep } from './move.js';
import type { RoomSettings } from './room-options.js';
import type { ServerWay } from './server-way.js';
import { SteadyArrivals } from './steady-arrivals.js';

/** How soon to look again whether what comes by the new way is there. */
const LOOK_MS = 40;

/**
 * The way that media go now, and the one they went before while they are being moved. Every track stays the same object
 * all the while, and is taken from the old way until there is something to see or hear by the new one.
 */
export class MediaWays extends Emitter<MediaWayEvents> {
  readonly #settings: RoomSettings;
  readonly #mesh: Mesh;
  readonly #server: ServerWay;
  readonly #others = new Map<string, MemberData>();
  /** What is shown of each member, by source. */
  readonly #shown = new Map<string, Map<Source, RemoteTrack>>();
  /** What has come in by the new way during the present move. */
  readonly #arrived = new SteadyArrivals();
  /** Whoever has told during the present move that everything comes in there by the new way. */
  readonly #done = new Set<string>();
  readonly #send: (to: string, signal: PeerSignal) => void;
  #move: Move = { at: 'nowhere' };
  #self: Publisher | undefined;
  #stopLooking: (() => void) | undefined;

  constructor(settings: RoomSettings, mesh: Mesh, server: ServerWay, send: (to: string, signal: PeerSignal) => void) {
    super();
    this.#settings = settings;
    this.#send = send;
    this.#mesh = mesh;
    this.#server = server;
    for (const way of [mesh, server]) {
      way.on('peer', (id) => this.emit('peer', id));
      way.on('path', (id) => this.emit('path', id));
      way.on('interrupted', (id) => this.#isBy(way) && this.emit('interrupted', id));
      way.on('recovered', (id, afterMs) => this.#isBy(way) && this.emit('recovered', id, afterMs));
      way.on('stranded', () => this.emit('stranded'));
    }
  }

  /** We have just joined: media go as the room says. */
  begin(self: Publisher, members: readonly MemberData[], media: MediaPath): void {
    this.#self = self;
    for (const member of members) if (member.id !== self.id) this.#others.set(member.id, member);
    this.#move = headFor(this.#move, media, this.#settings.clock.now()).state;
    if (media === 'p2p') this.#mesh.begin(self, [...this.#others.values()]);
    else this.#server.begin(self, [...this.#others.values()]);
  }

  /** The room says by which way media go from now on. */
  goBy(media: MediaPath): void {
    if (this.#self === undefined) return;
    const step = headFor(this.#move, media, this.#settings.clock.now());
    if (step.actions.length === 0) return;
    this.#arrived.clear();
    this.#done.clear();
    this.#settings.record.add({ type: 'move', to: media, state: 'begun', afterMs: 0 });
    this.#take(step);
    this.#stopLooking?.();
    this.#stopLooking = every(this.#settings.clock, LOOK_MS, () => this.#look());
  }

  /** Closes everything. */
  clear(): void {
    this.#stopLooking?.();
    this.#self = undefined;
    this.#move = { at: 'nowhere' };
    this.#arrived.clear();
    this.#done.clear();
    this.#others.clear();
    this.#mesh.clear();
    this.#server.clear();
    this.#shown.clear();
  }

  setMember(member: MemberData): void {
    if (this.#self === undefined) return;
    this.#others.set(member.id, member);
    for (const way of this.#open) way.setMember(member);
  }

  remove(id: string): void {
    this.#others.delete(id);
    this.#shown.delete(id);
    this.#mesh.remove(id);
    this.#server.remove(id);
  }

  setOwnRole(role: Role): void {
    if (this.#self === undefined) return;
    this.#self = { ...this.#self, role };
    for (const way of this.#open) way.setOwnRole(role);
  }

  setIceServers(servers: readonly IceServer[]): void {
    this.#mesh.setIceServers(servers);
    this.#server.setIceServers(servers);
  }

  receive(from: string, signal: PeerSignal): void {
    if (signal.kind !== 'arrived') this.#mesh.receive(from, signal);
    else if (this.#move.at === 'moving' && this.#move.to === signal.by) this.#done.add(from);
  }

  publish(): void {
    for (const way of this.#open) way.publish();
  }

  restartIce(): void {
    for (const way of this.#open) way.restartIce();
  }

  signalsPass(): void {
    for (const way of this.#open) way.signalsPass();
  }

  peer(id: string): Peer | undefined {
    const [to, from] = this.#open;
    const peer = to?.peer(id);
    return peer?.state === 'connected' ? peer : (from?.peer(id) ?? peer);
  }

  /** What a member sends. A track that now comes in elsewhere stays the same object. */
  tracks(id: string, media: MediaState): ReadonlyMap<Source, RemoteTrack> {
    const before = this.#shown.get(id);
    const now = new Map<Source, RemoteTrack>();
    for (const [source, incoming] of this.#incoming(id, media)) {
      const track = before?.get(source) ?? this.#newTrack(source, incoming);
      if (track.receiver !== incoming.receiver) track.moveTo(incoming);
      now.set(source, track);
    }
    this.#shown.set(id, now);
    return now;
  }

  shown(id: string, source: Source): RemoteTrack | undefined {
    return this.#shown.get(id)?.get(source);
  }

  #newTrack(source: Source, incoming: Incoming): RemoteTrack {
    const track = new RemoteTrack(source, incoming);
    track.onWish = () => this.#server.wishesChanged();
    return track;
  }

  /** By the new way what has arrived there, and what the old one never had; else by the old one. */
  #incoming(id: string, media: MediaState): ReadonlyMap<Source, Incoming> {
    const [to, from] = this.#open;
    const now = to?.tracks(id, media) ?? new Map<Source, Incoming>();
    if (from === undefined) return now;
    const before = from.tracks(id, media);
    const isDone = this.#move.at === 'moving' && this.#move.arrivedMs !== undefined;
    const moved = [...now].filter(
      ([source, { receiver }]) => isDone || !before.has(source) || this.#arrived.has(receiver),
    );
    return new Map([...before, ...moved]);
  }

  /** The way that media go, and the one they went before if it is still open. */
  get #open(): readonly MediaWay[] {
    if (this.#move.at === 'nowhere') return [];
    if (this.#move.at === 'settled') return [this.#way(this.#move.on)];
    return [this.#way(this.#move.to), this.#way(this.#move.from)];
  }

  #way(media: MediaPath): MediaWay {
    return media === 'p2p' ? this.#mesh : this.#server;
  }

  /** Whether media go by this way, and are not just leaving it. */
  #isBy(way: MediaWay): boolean {
    return this.#open[0] === way;
  }

  #look(): void {
    const move = this.#move;
    if (move.at !== 'moving') return;
    const [to, from] = [this.#way(move.to), this.#way(move.from)];
    let isAllThere = true;
    for (const { id, media } of this.#others.values()) {
      const now = to.tracks(id, media);
      for (const [source, before] of from.tracks(id, media)) {
        const incoming = now.get(source);
        if (incoming !== undefined && this.#arrived.has(incoming.receiver)) continue;
        // What nobody plays is not missed.
        const isExpected = hasArrived(before.receiver) && this.#isExpected(id, source, media);
        if (incoming !== undefined && (this.#arrived.look(incoming.receiver) || !isExpected)) {
          this.#arrived.add(incoming.receiver);
          this.emit('peer', id);
        } else isAllThere &&= !isExpected;
      }
    }
    const areOthersDone = this.#sharers(from).every((id) => this.#done.has(id));
    const sight = { isOpen: to.isOpen, isAllThere, areOthersDone };
    this.#take(look(move, sight, this.#settings.clock.now()));
  }

  /** Whoever a way that is left goes to as well, and who may still need it. */
  #sharers(way: MediaWay): string[] {
    const others = [...this.#others.values()].filter(({ dialect, connected }) => dialect === DIALECT && connected);
    return others.flatMap(({ id }) => (way.peer(id)?.state === 'connected' ? [id] : []));
  }

  /** Nothing comes of what is muted, nor of what nobody looks at. */
  #isExpected(id: string, source: Source, media: MediaState): boolean {
    const track = this.shown(id, source);
    const isSeen = track === undefined || (!track.paused && track.view?.visible !== false);
    return stateOf(source, media) === 'on' && isSeen;
  }

  #take({ state, actions }: MoveStep): void {
    this.#move = state;
    for (const action of actions) this.#carryOut(action);
    if (state.at === 'settled') this.#stopLooking?.();
  }

  #carryOut(action: MoveAction): void {
    const { record } = this.#settings;
    const members = [...this.#others.values()];
    if (action.type === 'open') {
      if (action.way === 'p2p') {
        this.#server.leave();
        this.#mesh.take(this.#self!, members);
      } else {
        this.#server.begin(this.#self!, members);
        this.#mesh.retire();
      }
      return;
    }
    const state = action.type === 'close' ? 'done' : action.type;
    const to = this.#open[0] === this.#mesh ? 'p2p' : 'sfu';
    record.add({ type: 'move', to, state, afterMs: action.afterMs });
    if (action.type === 'arrived' && this.#move.at === 'moving') {
      for (const id of this.#sharers(this.#way(this.#move.from))) this.#send(id, { kind: 'arrived', by: to });
    }
    if (action.type === 'close') this.#way(action.way).clear();
    for (const { id } of members) this.emit('peer', id);
  }
}
