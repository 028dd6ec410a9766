import type { InboundPacket, InboundTrack } from '../peer/index.js';
import type { MediaTrack, MemberId, TrackId } from '../ports/index.js';
import type { MediaAgreement } from '../sdp/index.js';
import type { PublishedTrack } from '../sfu/index.js';
import type { RateMeter } from '../stream/index.js';
import type { MediaRoom } from './media-room.js';
import type { PublishConnection } from './publish-connection.js';

export interface RoomTrackParts {
  readonly id: TrackId;
  readonly connection: PublishConnection;
  readonly room: MediaRoom;
  readonly inbound: InboundTrack;
  readonly published: PublishedTrack;
  /** Of what its publisher sends in all. */
  readonly meter: RateMeter;
  /** What its packets are read as. */
  readonly codec: string;
}

/** A track that a room can see. */
export class RoomTrack {
  readonly id: TrackId;
  readonly connection: PublishConnection;
  readonly room: MediaRoom;
  readonly inbound: InboundTrack;
  readonly published: PublishedTrack;
  readonly codec: string;
  /** As was told last. */
  isFlowing = false;
  readonly #meter: RateMeter;

  constructor(parts: RoomTrackParts) {
    this.id = parts.id;
    this.connection = parts.connection;
    this.room = parts.room;
    this.inbound = parts.inbound;
    this.published = parts.published;
    this.codec = parts.codec;
    this.#meter = parts.meter;
  }

  get kind(): 'audio' | 'video' {
    return this.inbound.kind;
  }

  get member(): MemberId {
    return this.connection.member;
  }

  get agreement(): MediaAgreement {
    return this.inbound.agreement;
  }

  /** A packet of it, in the batch that `Sfu.begin` was told of. */
  received(packet: InboundPacket, now: number): void {
    this.#meter.add(packet.payloadBytes, now);
    this.published.received(packet, now);
  }

  describe(): MediaTrack {
    const { id, kind, agreement } = this;
    const codec = agreement.codecs.find(({ name }) => name.toLowerCase() !== 'red') ?? agreement.codecs[0]!;
    const encodings = agreement.streams.map(({ rid }) => ({ rid }));
    return { id, mid: agreement.mid, kind, codec: codec.name, encodings };
  }
}
