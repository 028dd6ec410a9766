import type { IceServer, Joined, MediaState, Member as MemberData, PeerSignal, Role, Source } from '@madang/protocol';
import type { DataExchange } from '../data/index.js';
import { Emitter } from '../emitter.js';
import type { RemoteTrack } from '../media/index.js';
import type { Peer } from './member.js';
import { openConnection, reconfigure } from './open-connection.js';
import { PeerLink, type PeerLinkDeps } from './peer-link.js';
import type { RoomSettings } from './room-options.js';

/** Only members of this dialect understand the signals of a peer-to-peer call. */
export const DIALECT = 'madang';

/** One link to every other member who takes part in the peer-to-peer call. */
export class Mesh extends Emitter<{
  /** The link of this member came, went or changed. */
  peer: [memberId: string];
  path: [memberId: string];
  /** What this member sends stays away, or is back. */
  interrupted: [memberId: string];
  /** What this member sends is back after so many milliseconds. */
  recovered: [memberId: string, afterMs: number];
  /** Somebody has to be reached who is away as far as the server has told; it may have told otherwise since. */
  stranded: [];
}> {
  readonly #settings: RoomSettings;
  readonly #data: DataExchange;
  readonly #send: (to: string, signal: PeerSignal) => void;
  readonly #signaling: () => boolean;
  readonly #links = new Map<string, PeerLink>();
  /** The one that each link has now. */
  readonly #connections = new Map<string, RTCPeerConnection>();
  readonly #others = new Map<string, MemberData>();
  #self: { readonly id: string; readonly role: Role } | undefined;
  #iceServers: readonly IceServer[] = [];

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
  begin(joined: Joined): void {
    const self = joined.members.find(({ id }) => id === joined.self);
    if (self === undefined || joined.room.mode !== 'p2p') return;
    this.#iceServers = joined.iceServers;
    this.#self = { id: self.id, role: self.role };
    for (const member of joined.members) if (member !== self) this.#meet(member, true);
  }

  /** Closes every link. */
  clear(): void {
    this.#self = undefined;
    for (const id of [...this.#others.keys()]) this.remove(id);
  }

  remove(id: string): void {
    this.#others.delete(id);
    this.#close(id);
    this.publish();
  }

  receive(from: string, signal: PeerSignal): void {
    this.#links.get(from)?.receive(signal);
  }

  /** A member has come, or has changed. Who comes makes the first offer. */
  setMember(member: MemberData): void {
    if (this.#self !== undefined) this.#meet(member, false);
  }

  /** Whether that was news. */
  setOwnRole(role: Role): boolean {
    if (this.#self === undefined || this.#self.role === role) return false;
    this.#self = { ...this.#self, role };
    // By the same rule on both sides, one of the two makes the first offer of a link that a change of role opens.
    for (const member of this.#others.values()) this.#meet(member, this.#self.id < member.id);
    return true;
  }

  /** For links made from now on; those there are take them for whatever they look for next. */
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

  /** What a member sends: sections agreed on, as far as the member says that there is something in them. */
  tracks(id: string, media: MediaState): ReadonlyMap<Source, RemoteTrack> {
    const tracks = new Map<Source, RemoteTrack>();
    for (const [source, track] of this.#links.get(id)?.remote ?? []) {
      if (media[source === 'screen-audio' ? 'screen' : source] !== 'off') tracks.set(source, track);
    }
    return tracks;
  }

  #meet(member: MemberData, offersFirst: boolean): void {
    const before = this.#others.get(member.id);
    this.#others.set(member.id, member);
    if (before?.connected === false && member.connected) this.signalsPass(member.id);
    const wanted = this.#takesPart(member);
    if (wanted && !this.#links.has(member.id)) {
      const roleChanged = before !== undefined && before.role !== member.role;
      this.#open(member.id, roleChanged ? this.#self!.id < member.id : offersFirst);
    } else if (!wanted) this.#close(member.id);
  }

  /** Two viewers have nothing to send each other. */
  #takesPart(member: MemberData): boolean {
    return member.dialect === DIALECT && !(member.role === 'viewer' && this.#self?.role === 'viewer');
  }

  #open(id: string, offersFirst: boolean): void {
    const { RTCPeerConnection: Connection, media, clock, record } = this.#settings;
    if (Connection === undefined) return;
    const deps: PeerLinkDeps = {
      id,
      polite: this.#self!.id < id,
      offersFirst,
      media,
      data: this.#data.link(id),
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
    if (link === undefined) return;
    link.on('changed', () => this.emit('peer', id));
    link.on('path', () => this.emit('path', id));
    link.on('interrupted', () => this.emit('interrupted', id));
    link.on('recovered', (afterMs) => this.emit('recovered', id, afterMs));
    this.#links.set(id, link);
    // One more gets the same media, so each gets less.
    this.publish();
    this.emit('peer', id);
  }

  #configuration(): RTCConfiguration {
    return {
      iceServers: this.#iceServers.map((server) => ({ ...server }) as RTCIceServer),
      // One transport for everything: fewer candidates, fewer checks, a sooner start.
      bundlePolicy: 'max-bundle',
      rtcpMuxPolicy: 'require',
      ...this.#settings.rtcConfiguration,
    };
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
