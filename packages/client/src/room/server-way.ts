import type { IceServer, MediaState, Member as MemberData, Role, RoomEvent, Source } from '@madang/protocol';
import type { Relay } from '../data/index.js';
import { Emitter } from '../emitter.js';
import type { SignalLink } from '../link/index.js';
import type { Forwarding, Incoming, RemoteTrack } from '../media/index.js';
import { SERVER_PUBLISH, SERVER_SUBSCRIBE, type TrackOrigin } from '../record/index.js';
import { type MediaWay, type MediaWayEvents, type Publisher, stateOf } from './media-way.js';
import type { Peer } from './member.js';
import { DIALECT } from './mesh.js';
import { PublishLink } from './publish-link.js';
import { type ReceptionWishes, runsAllTheTime, wants } from './reception.js';
import type { RoomSettings } from './room-options.js';
import { ServerConnection, type ServerConnectionDeps } from './server-connection.js';
import { SubscribeLink } from './subscribe-link.js';
import { watchPlayback } from './watch-playback.js';

export interface ServerWayDeps {
  readonly settings: RoomSettings;
  readonly request: SignalLink['request'];
  readonly relay: Relay;
  /** Whether the server can be reached at the moment. */
  connected(): boolean;
  wishes(): ReceptionWishes;
  /** What is shown of a member now. */
  shown(memberId: string, source: Source): RemoteTrack | undefined;
  /** The quality in which a track comes, or the reason for it, changed. */
  forwardingChanged(memberId: string, track: RemoteTrack): void;
}

type Told<T extends RoomEvent['type']> = Extract<RoomEvent, { type: T }>;

/** The way through the media server: what we publish goes up by one connection, what we want comes down by another. */
export class ServerWay extends Emitter<MediaWayEvents> implements MediaWay {
  readonly #deps: ServerWayDeps;
  readonly #others = new Map<string, MemberData>();
  /** By the id of the server's track. */
  readonly #incoming = new Map<string, Incoming>();
  readonly #forwarding = new Map<string, Forwarding>();
  readonly #up: ServerConnection;
  readonly #down: ServerConnection;
  readonly #publishing: PublishLink;
  readonly #subscribing: SubscribeLink;
  #self: Publisher | undefined;
  #iceServers: readonly IceServer[] = [];

  constructor(deps: ServerWayDeps) {
    super();
    this.#deps = deps;
    const { settings, request } = deps;
    this.#up = this.#connection(SERVER_PUBLISH, {
      expectsMedia: () => false,
      restartIce: () => this.#up.pc?.restartIce(),
      startOver: () => this.#publishing.startOver(),
      originOf: (section) => this.#publishing.originOf(section),
    });
    this.#down = this.#connection(SERVER_SUBSCRIBE, {
      expectsMedia: () => runsAllTheTime([...this.#others.values()], this.#wants()),
      restartIce: () => this.#subscribing.restartIce(),
      startOver: () => this.#subscribing.startOver(),
      originOf: ({ receiver }) => this.#originOf(receiver),
    });
    // Both go the same way, and nothing comes in by the other that would tell before ICE does, seconds later.
    this.#down.on('ceased', () => this.#up.restartIce());
    const open = (connection: ServerConnection) => () => connection.open(this.#iceServers);
    this.#publishing = new PublishLink({
      settings,
      request,
      connection: this.#up,
      reachable: deps.connected,
      open: open(this.#up),
      publishes: () => this.#self?.role !== 'viewer',
      relay: deps.relay,
    });
    this.#subscribing = new SubscribeLink({
      settings,
      request,
      connection: this.#down,
      open: open(this.#down),
      wants: () => this.#wants(),
      changed: () => this.#onReceivers(),
    });
  }

  /** Media go through the server from now on. Connections that are there stay. */
  begin(self: Publisher, members: readonly MemberData[]): void {
    const { relay } = this.#deps;
    this.#self = self;
    relay.setHearsOnly(self.role === 'viewer');
    for (const member of members) this.#admit(member);
    this.publish();
    relay.call();
    this.#subscribing.refresh();
  }

  /** Media go straight from now on; the connections stay until they do. */
  leave(): void {
    this.#deps.relay.leave();
  }

  clear(): void {
    if (this.#self === undefined) return;
    this.#self = undefined;
    this.#deps.relay.clear();
    this.#others.clear();
    this.#incoming.clear();
    this.#forwarding.clear();
    this.#publishing.close();
    this.#subscribing.close();
  }

  setMember(member: MemberData): void {
    this.#forgetTracks(member.id, member.tracks);
    this.#admit(member);
    this.#subscribing.refresh();
  }

  remove(id: string): void {
    this.#forgetTracks(id);
    this.#deps.relay.part(id);
    if (this.#others.delete(id)) this.#subscribing.refresh();
  }

  setOwnRole(role: Role): void {
    if (this.#self === undefined || this.#self.role === role) return;
    const wasViewer = this.#self.role === 'viewer';
    this.#self = { ...this.#self, role };
    if (wasViewer === (role === 'viewer')) return;
    this.#deps.relay.setHearsOnly(role === 'viewer');
    // Whom a viewer could not meet, a participant can.
    for (const member of this.#others.values()) this.#admit(member);
    // Whether one may give media, and say anything, is up to the connection.
    this.#publishing.startOver();
  }

  setIceServers(servers: readonly IceServer[]): void {
    this.#iceServers = servers;
    this.#up.setIceServers(servers);
    this.#down.setIceServers(servers);
  }

  publish(): void {
    if (this.#self !== undefined) this.#publishing.publish();
  }

  restartIce(): void {
    this.#up.restartIce();
    this.#down.restartIce();
  }

  signalsPass(): void {
    this.#up.signalsPass();
    this.#down.signalsPass();
  }

  /** What is wanted of what there is may be something else: a tile was resized, a choice made. */
  wishesChanged(): void {
    if (this.#self !== undefined) this.#subscribing.refreshSoon();
  }

  ended({ connection, generation, reason }: Told<'media-ended'>): void {
    const ended = connection === 'publish' ? this.#up : this.#down;
    ended.ended(generation, reason);
  }

  /** Nobody is to be sent some of the encodings of one's own tracks, or somebody is again. */
  wanted({ changes }: Told<'wanted'>, own: MemberData | undefined): void {
    for (const { track: id, encodings } of changes) {
      const source = own?.tracks?.find((track) => track.id === id)?.source;
      if (source === undefined) continue;
      this.#deps.settings.record.add({ type: 'wanted', peer: SERVER_PUBLISH, source, encodings });
      this.#publishing.want(source, encodings);
    }
  }

  forwarded({ changes }: Told<'forwarding'>): void {
    for (const { track: id, layer, reason } of changes) {
      this.#forwarding.set(id, { layer, reason });
      const found = this.#find(id);
      if (found === undefined) continue;
      const { settings, shown, forwardingChanged } = this.#deps;
      const [member, { source }] = [found.member.id, found];
      settings.record.add({ type: 'forwarding', peer: SERVER_SUBSCRIBE, member, source, layer, reason });
      const track = shown(member, source);
      track?.setForwarding({ layer, reason });
      if (track !== undefined) forwardingChanged(member, track);
    }
  }

  /** What the server takes the line to here for. */
  line({ bps, queueMs, loss }: Told<'line'>): void {
    if (this.#self === undefined) return;
    this.#deps.settings.record.add({ type: 'line', peer: SERVER_SUBSCRIBE, bps, queueMs, loss });
  }

  get isOpen(): boolean {
    return this.#subscribing.isIn && (this.#self?.role === 'viewer' || this.#publishing.isOut);
  }

  /** Media of all members come by the same connection. Before it is there, the other one tells how far it is. */
  peer(id: string): Peer | undefined {
    if (!this.#others.has(id)) return undefined;
    if (this.#down.pc !== undefined) return this.#down;
    return this.#up.pc === undefined ? undefined : this.#up;
  }

  tracks(id: string, media: MediaState): ReadonlyMap<Source, Incoming> {
    const tracks = new Map<Source, Incoming>();
    for (const { id: trackId, source } of this.#others.get(id)?.tracks ?? []) {
      const incoming = this.#incoming.get(trackId);
      if (incoming !== undefined && stateOf(source, media) !== 'off') tracks.set(source, incoming);
    }
    return tracks;
  }

  /** What is known of the tracks of a member that are no longer among `now`. */
  #forgetTracks(member: string, now: MemberData['tracks'] = []): void {
    const stays = new Set(now.map(({ id }) => id));
    for (const { id } of this.#others.get(member)?.tracks ?? []) {
      if (stays.has(id)) continue;
      this.#incoming.delete(id);
      this.#forwarding.delete(id);
    }
  }

  /** Only members of this dialect have lanes. */
  #admit(member: MemberData): void {
    this.#others.set(member.id, member);
    if (member.dialect === DIALECT) this.#deps.relay.meet(member.id, member.role === 'viewer');
  }

  /** The sections of the subscribing connection are laid out anew. */
  #onReceivers(): void {
    const wanted = new Set(this.#wants().map(({ track }) => track));
    for (const { id, tracks = [] } of this.#others.values()) {
      for (const { id: trackId, source } of tracks) {
        const receiver = this.#subscribing.receiver(trackId);
        // Its member begins another connection: until then there is the last picture.
        if (receiver === undefined && wanted.has(trackId)) continue;
        if (receiver !== undefined) this.#deps.settings.encryption.cipher?.receives(receiver, id, source);
        if (receiver === undefined) this.#incoming.delete(trackId);
        else if (this.#incoming.get(trackId)?.receiver !== receiver) {
          this.#incoming.set(trackId, this.#comingIn(id, source, receiver));
        }
      }
      this.emit('peer', id);
      for (const { id: trackId, source } of tracks) {
        this.#deps.shown(id, source)?.setForwarding(this.#forwarding.get(trackId));
      }
    }
  }

  #comingIn(member: string, source: Source, receiver: RTCRtpReceiver): Incoming {
    const { record, clock } = this.#deps.settings;
    const about = { peer: SERVER_SUBSCRIBE, member, source, record, clock };
    return { receiver, watch: (element) => watchPlayback(element, about) };
  }

  #wants(): ReturnType<typeof wants> {
    const { wishes, shown } = this.#deps;
    return wants([...this.#others.values()], wishes(), (id, source) => shown(id, source));
  }

  #originOf(receiver: RTCRtpReceiver): TrackOrigin | undefined {
    for (const [trackId, incoming] of this.#incoming) {
      const found = incoming.receiver === receiver ? this.#find(trackId) : undefined;
      if (found !== undefined) return { member: found.member.id, source: found.source };
    }
    return undefined;
  }

  #find(trackId: string): { readonly member: MemberData; readonly source: Source } | undefined {
    for (const member of this.#others.values()) {
      const track = member.tracks?.find(({ id }) => id === trackId);
      if (track !== undefined) return { member, source: track.source };
    }
    return undefined;
  }

  #connection(
    name: string,
    deps: Pick<ServerConnectionDeps, 'expectsMedia' | 'restartIce' | 'startOver' | 'originOf'>,
  ): ServerConnection {
    const { settings, connected } = this.#deps;
    const stranded = (): void => {
      if (connected()) this.emit('stranded');
    };
    const connection = new ServerConnection({ settings, name, reachable: connected, stranded, ...deps });
    const tellAll = (event: 'peer' | 'path' | 'interrupted') => (): void => {
      for (const id of this.#others.keys()) this.emit(event, id);
    };
    connection.on('changed', tellAll('peer'));
    connection.on('path', tellAll('path'));
    connection.on('interrupted', tellAll('interrupted'));
    connection.on('recovered', (afterMs) => {
      for (const id of this.#others.keys()) this.emit('recovered', id, afterMs);
    });
    return connection;
  }
}
