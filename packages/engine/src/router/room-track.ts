import type { InboundPacket, InboundTrack } from '../peer/index.js';
import type { MediaTrack, MemberId, TrackId } from '../ports/index.js';
import type { MediaAgreement } from '../sdp/index.js';
import { PublishedTrack } from '../sfu/index.js';
import type { MediaRoom } from './media-room.js';
import type { PublishConnection } from './publish-connection.js';
import type { RouterState } from './router-state.js';
import { WantedEncodings } from './wanted-encodings.js';

/** A track that a room can see: one section of a publisher's description. */
export class RoomTrack {
  readonly id: TrackId;
  readonly connection: PublishConnection;
  readonly inbound: InboundTrack;
  /** As was told last. */
  isFlowing = false;
  #published: PublishedTrack;
  /** What its publisher was told of its encodings. */
  readonly wanted = new WantedEncodings();
  #codecs: string;
  #isMuted = false;

  constructor(id: TrackId, connection: PublishConnection, inbound: InboundTrack, state: RouterState, now: number) {
    this.id = id;
    this.connection = connection;
    this.inbound = inbound;
    this.#codecs = codecsOf(inbound);
    this.#published = this.#publish(state, now);
  }

  get kind(): 'audio' | 'video' {
    return this.inbound.kind;
  }

  get member(): MemberId {
    return this.connection.member;
  }

  get room(): MediaRoom {
    return this.connection.room;
  }

  get agreement(): MediaAgreement {
    return this.inbound.agreement;
  }

  get publication(): PublishedTrack['publication'] {
    return this.#published.publication;
  }

  /** A packet of it, in the batch that `Sfu.begin` was told of. */
  received(packet: InboundPacket, now: number): void {
    this.connection.meter.add(packet.payloadBytes, now);
    this.#published.received(packet, now);
  }

  /** A later description has said otherwise what comes: packets of another codec are read by another reader. */
  update(state: RouterState, now: number): void {
    const codecs = codecsOf(this.inbound);
    if (codecs === this.#codecs) return;
    this.#codecs = codecs;
    this.close(state, now);
    this.#published = this.#publish(state, now);
  }

  /** Whether its member has it muted, or a host has. */
  get isMuted(): boolean {
    return this.#isMuted;
  }

  setMuted(isMuted: boolean, state: RouterState, now: number): void {
    if (isMuted === this.#isMuted) return;
    this.#isMuted = isMuted;
    if (isMuted) this.silence(state, now);
    else if (!this.connection.isCutOff) this.forward(now);
  }

  /** Stops forwarding it, without a gap for anybody. */
  silence(state: RouterState, now: number): void {
    this.#leaveFloor(state);
    this.room.floor.remove(this.publication, now);
    this.publication.setOpen(false);
  }

  /** Goes on, unless it is muted. */
  forward(now: number): void {
    if (this.#isMuted) return;
    this.publication.setOpen(true);
    if (this.kind === 'audio') this.#published.rank(this.room.floor, now);
  }

  /** Viewers are sent nothing more of it. */
  close(state: RouterState, now: number): void {
    this.#leaveFloor(state);
    this.#published.close(now);
  }

  describe(): MediaTrack {
    const { id, kind, agreement } = this;
    const codec = agreement.codecs.find(({ name }) => name.toLowerCase() !== 'red') ?? agreement.codecs[0]!;
    const encodings = agreement.streams.map(({ rid }) => ({ rid }));
    return { id, mid: agreement.mid, kind, codec: codec.name, encodings };
  }

  #publish({ sfu, peers }: RouterState, now: number): PublishedTrack {
    const { room, peer, isCutOff } = this.connection;
    const published = new PublishedTrack(sfu, peers, peer, this.inbound);
    if (isCutOff || this.#isMuted) published.publication.setOpen(false);
    else if (this.kind === 'audio') published.rank(room.floor, now);
    return published;
  }

  #leaveFloor(state: RouterState): void {
    const { room } = this;
    if (room.floor.active === this.publication) state.tell({ type: 'speaker', room: room.name, member: null });
  }
}

function codecsOf({ codecs }: InboundTrack): string {
  return [...codecs.values()].map(({ name, payloadType }) => `${name}/${payloadType}`).join(' ');
}
