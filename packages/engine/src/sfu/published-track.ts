import type { InboundLayer, InboundPacket, InboundTrack, Peer, Peers } from '../peer/index.js';
import { audioLevel } from '../rtp/index.js';
import type { Floor } from './floor.js';
import type { Loudness } from './loudness.js';
import type { MediaPacket } from './media-packet.js';
import type { Publication } from './publication.js';
import type { Sfu } from './sfu.js';
import type { Source } from './source.js';

/** How many packets of a picture are kept for viewers who lose some; of sound, where a loss is soon over, fewer. */
const HISTORY_PACKETS = { video: 1024, audio: 64 };

/** What one layer's packets are handed to, since it took the SSRC that it has. */
interface Feed {
  readonly layer: InboundLayer;
  readonly epoch: number;
  readonly source: Source;
}

/** A track of a peer as it is forwarded: a source for each of its layers, another one when a layer begins anew. */
export class PublishedTrack {
  readonly publication: Publication;
  readonly #sfu: Sfu;
  readonly #peers: Peers;
  readonly #peer: Peer;
  readonly #track: InboundTrack;
  readonly #feeds: Feed[] = [];
  #floor: Floor | null = null;
  #loudness: Loudness | null = null;

  constructor(sfu: Sfu, peers: Peers, peer: Peer, track: InboundTrack) {
    this.publication = sfu.publish(track.kind);
    this.#sfu = sfu;
    this.#peers = peers;
    this.#peer = peer;
    this.#track = track;
  }

  /** Has the track of sound ranked among the others of its room. */
  rank(floor: Floor, now: number): void {
    this.#floor = floor;
    this.#loudness = floor.add(this.publication, now);
  }

  /** A packet of the track, in the batch that `Sfu.begin` was told of, is put into its run. Allocates only where a layer begins. */
  received(inbound: InboundPacket, now: number): void {
    const packet = this.#sfu.run.next(this.#sourceOf(inbound));
    packet.header.copy(inbound.header);
    packet.places.copy(inbound.extensions);
    packet.slab = inbound.bytes;
    packet.slot = inbound.slot;
    packet.slotAt = inbound.header.payloadAt - inbound.offset;
    packet.extended = inbound.extended;
    if (this.#loudness !== null) this.#hear(this.#loudness, packet, now);
    this.#sfu.run.add();
  }

  #hear(loudness: Loudness, { slab, places }: MediaPacket, now: number): void {
    const level = audioLevel(slab, places);
    if (level >= 0) this.#floor?.heard(loudness, level, now);
  }

  #sourceOf(inbound: InboundPacket): Source {
    const layer = inbound.layer!;
    for (let ix = 0; ix < this.#feeds.length; ix++) {
      const feed = this.#feeds[ix]!;
      if (feed.layer === layer && feed.epoch === layer.epoch) return feed.source;
    }
    return this.#begin(inbound, layer);
  }

  #begin(inbound: InboundPacket, layer: InboundLayer): Source {
    this.#sfu.run.end();
    const ix = this.#feeds.findIndex((feed) => feed.layer === layer);
    const old = ix < 0 ? undefined : this.#feeds.splice(ix, 1)[0];
    const source = this.#sfu.addSource(this.publication, {
      publisher: this.#peer.inbound,
      codec: inbound.codec!.videoCodec,
      clock: layer.stream!.clock,
      missing: layer.stream!.nacks,
      keyframes: layer.keyframes,
      wantKeyframe: () => this.#peers.wantKeyframe(this.#peer, layer),
      historyPackets: HISTORY_PACKETS[this.#track.kind],
      rank: this.#track.layers.indexOf(layer),
      rid: layer.rid,
    });
    this.#feeds.push({ layer, epoch: layer.epoch, source });
    if (old !== undefined) this.publication.removeSource(old.source);
    return source;
  }

  /** The track is no more. */
  close(now: number): void {
    this.#floor?.remove(this.publication, now);
    this.#sfu.unpublish(this.publication);
    this.#feeds.length = 0;
  }
}
