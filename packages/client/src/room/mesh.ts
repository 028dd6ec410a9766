import type { IceServer, MediaState, Member as MemberData, PeerSignal, Role, Source } from '@madang/protocol';
import type { DataExchange } from '../data/index.js';
import { Emitter } from '../emitter.js';
import type { Incoming } from '../media/index.js';
import { type MediaWay, type MediaWayEvents, type Publisher, stateOf } from './media-way.js';
import type { Peer } from './member.js';
import type { CallSignal } from './negotiation.js';
import { connectionConfiguration, openConnection, reconfigure } from './open-connection.js';
import { PeerLink, type PeerLinkDeps } from './peer-link.js';
import type { RoomSettings } from './room-options.js';

/** Only members of this dialect understand the signals of a peer-to-peer call. */
export const DIALECT = 'madang';

/** One link to every other member who takes part in the peer-to-peer call. */
export class Mesh extends Emitter<MediaWayEvents> implements MediaWay {
  readonly #settings: RoomSettings;
  readonly #data: DataExchange;
  readonly #send: (to: string, signal: PeerSignal) => void;
  readonly #signaling: () => boolean;
  readonly #links = new Map<string, PeerLink>();
  /** The one that each link has now. */
  readonly #connections = new Map<string, RTCPeerConnection>();
  readonly #others = new Map<string, MemberData>();
  #self: Publisher | undefined;
  #iceServers: readonly IceServer[] = [];
  #isRetired = false;

  constructor(
    settings: RoomSettings,
    data: DataExchange,
    send: (to: string, signal: PeerSignal) => void,
    signaling: () => boolean,
  ) {
    super();
    this.#settings = settings;
    this.#data = data;
    this.#send = send;
    this.#signaling = signaling;
  }

  /** We have just joined: an offer goes to everyone who is there. */
  begin(self: Publisher, members: readonly MemberData[]): void {
    this.#self = self;
    for (const member of members) this.#meet(member, true);
  }

  /**
   * Everybody is told at once that the media go straight from now on: by the same rule on both sides, one of two makes the
   * first offer. Links that are there stay.
   */
  take(self: Publisher, members: readonly MemberData[]): void {
    this.#self = self;
    this.#isRetired = false;
    for (const member of members) this.#meet(member, self.id < member.id);
  }

  /** Links that have not come about are given up, and none is begun any more; the others go on until `clear`. */
  retire(): void {
    this.#isRetired = true;
    for (const [id, link] of [...this.#links]) if (link.state !== 'connected') this.#close(id);
  }

  get isOpen(): boolean {
    return [...this.#links.values()].every(({ state }) => state === 'connected');
  }

  /** Closes every link. */
  clear(): void {
    this.#self = undefined;
    this.#isRetired = false;
    for (const id of [...this.#others.keys()]) this.remove(id);
  }

  remove(id: string): void {
    this.#others.delete(id);
    this.#close(id);
    this.publish();
  }

  receive(from: string, signal: CallSignal): void {
    this.#links.get(from)?.receive(signal);
  }

  /** A member has come, or has changed. Who comes makes the first offer. */
  setMember(member: MemberData): void {
    if (this.#self !== undefined) this.#meet(member, false);
  }

  setOwnRole(role: Role): void {
    if (this.#self === undefined || this.#self.role === role) return;
    this.#self = { ...this.#self, role };
    // By the same rule on both sides, one of the two makes the first offer of a link that a change of role opens.
    for (const member of this.#others.values()) this.#meet(member, this.#self.id < member.id);
  }

  setIceServers(servers: readonly IceServer[]): void {
    this.#iceServers = servers;
    const { RTCPeerConnection: Connection } = this.#settings;
    if (Connection === undefined) return;
    for (const pc of this.#connections.values()) reconfigure(pc, Connection, this.#configuration());
  }

  publish(): void {
    for (const link of this.#links.values()) link.publish();
  }

  restartIce(): void {
    for (const link of this.#links.values()) link.restartIce();
  }

  /** Signals pass again: to all, or to `id`, who was away. */
  signalsPass(id?: string): void {
    for (const [other, link] of this.#links) if (id === undefined || id === other) link.signalsPass();
  }

  peer(id: string): Peer | undefined {
    return this.#links.get(id);
  }

  /** Of the sections agreed on. */
  tracks(id: string, media: MediaState): ReadonlyMap<Source, Incoming> {
    const tracks = new Map<Source, Incoming>();
    for (const [source, track] of this.#links.get(id)?.remote ?? []) {
      if (stateOf(source, media) !== 'off') tracks.set(source, track);
    }
    return tracks;
  }

  #meet(member: MemberData, offersFirst: boolean): void {
    const before = this.#others.get(member.id);
    this.#others.set(member.id, member);
    if (before?.connected === false && member.connected) this.signalsPass(member.id);
    const wanted = this.#takesPart(member);
    if (wanted && !this.#isRetired && !this.#links.has(member.id)) {
      const roleChanged = before !== undefined && before.role !== member.role;
      this.#open(member.id, roleChanged ? this.#self!.id < member.id : offersFirst);
    } else if (!wanted) this.#close(member.id);
  }

  /** Two viewers have nothing to send each other. */
  #takesPart(member: MemberData): boolean {
    return member.dialect === DIALECT && !(member.role === 'viewer' && this.#self?.role === 'viewer');
  }

  #open(id: string, offersFirst: boolean): void {
    const { RTCPeerConnection: Connection, media, encryption, clock, record } = this.#settings;
    if (Connection === undefined) return;
    const data = this.#data.link(id);
    data.hold('straight');
    const deps: PeerLinkDeps = {
      id,
      polite: this.#self!.id < id,
      offersFirst,
      media,
      encryption,
      data,
      clock,
      record,
      create: () => {
        const pc = openConnection(Connection, this.#configuration(), record, id);
        this.#connections.set(id, pc);
        return pc;
      },
      send: (signal) => this.#send(id, signal),
      publishes: () => this.#self?.role !== 'viewer',
      others: () => this.#links.size,
      reachable: () => this.#signaling() && this.#others.get(id)?.connected === true,
      stranded: () => {
        if (this.#signaling()) this.emit('stranded');
      },
      expectsMedia: () => sendsAllTheTime(this.#others.get(id)?.media),
    };
    const link = peerLink(deps);
    if (link === undefined) {
      data.release('straight');
      return;
    }
    link.on('changed', () => this.emit('peer', id));
    link.on('path', () => this.emit('path', id));
    link.on('interrupted', () => {
      if (link.interrupted) record.add({ type: 'interrupted', peer: id });
      this.emit('interrupted', id);
    });
    link.on('recovered', (afterMs) => {
      record.add({ type: 'recovered', peer: id, afterMs });
      this.emit('recovered', id, afterMs);
    });
    this.#links.set(id, link);
    // One more gets the same media, so each gets less.
    this.publish();
    this.emit('peer', id);
  }

  #configuration(): RTCConfiguration {
    return connectionConfiguration(this.#settings, this.#iceServers);
  }

  #close(id: string): void {
    const link = this.#links.get(id);
    if (link === undefined) return;
    this.#links.delete(id);
    this.#connections.delete(id);
    link.close();
    this.emit('peer', id);
  }
}

/** Undefined where the browser makes no connection, which is on record: the rest of the room works all the same. */
function peerLink(deps: PeerLinkDeps): PeerLink | undefined {
  try {
    return new PeerLink(deps);
  } catch (error) {
    console.warn('madang: no connection', error);
    return undefined;
  }
}

/** A muted microphone sends silence, and a screen that stands still next to nothing. */
function sendsAllTheTime(media: MediaState | undefined): boolean {
  return media !== undefined && (media.microphone !== 'off' || media.camera === 'on');
}
