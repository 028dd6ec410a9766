import { hostCandidates } from '../../../packages/engine/src/ice/index.js';
import { FORM, RX, RX_COLUMNS, type RxTable, type TxTable } from '../../../packages/engine/src/index.js';
import { type InboundLayer, type Peer, Peers } from '../../../packages/engine/src/peer/index.js';
import { EXTENSION, ExtensionIds } from '../../../packages/engine/src/rtp/index.js';
import {
  CODECS,
  type MediaAgreement,
  readDescription,
  type SentTrack,
  type SessionDescription,
  writeDescription,
} from '../../../packages/engine/src/sdp/index.js';
import {
  MediaPacket,
  type Publication,
  Sfu,
  type Source,
  Subscription,
  type Viewer,
} from '../../../packages/engine/src/sfu/index.js';
import { RtxPayloadTypes } from '../../../packages/engine/src/stream/index.js';
import { type MediaPlane, openMediaPlane } from '../../../packages/native/src/index.js';
import { cryptoHmac } from '../../../packages/server/src/media/crypto-hashes.js';
import { cryptoRandom } from '../../../packages/server/src/media/crypto-random.js';
import { PlaneAddresses } from '../../../packages/server/src/media/turn/plane-addresses.js';
import { ownAddresses } from './own-addresses.js';

const ADDRESSES = 1_024;
const CAPABILITIES = { take: 'one', codecs: CODECS, receives: true, dataChannels: false, maxBitrateBps: null } as const;

/** A publisher's peer with its tracks as publications. */
interface Published {
  readonly peer: Peer;
  readonly publications: Map<string, Publication>;
}

/** Peers and the forwarding between them, on a real media plane: whoever publishes is shown to every viewer. */
export class Forwarder {
  readonly plane: MediaPlane;
  readonly peers: Peers;
  readonly sfu: Sfu;
  readonly viewers = new Map<Peer, Viewer>();
  published: Published | null = null;
  readonly #sources = new Map<InboundLayer, { readonly epoch: number; readonly source: Source }>();
  readonly #packet: MediaPacket;
  readonly #zero = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    this.plane = openMediaPlane({ sizes: { addresses: ADDRESSES }, onBatch: (rx, tx) => this.#batch(rx, tx) });
    const [loopback, ...others] = ownAddresses();
    const { port } = this.plane.bind({ ip: loopback });
    for (const ip of others) this.plane.bind({ ip, port });
    const local = {
      fingerprint: { algorithm: 'sha-256', value: this.plane.fingerprint },
      candidates: () => hostCandidates({ addresses: [loopback, ...others], udpPort: port, tcpPort: null }),
    };
    const addresses = new PlaneAddresses(this.plane, ADDRESSES);
    this.peers = new Peers(local, { plane: this.plane, addresses, random: cryptoRandom, hmac: cryptoHmac });
    this.sfu = new Sfu({ slots: this.plane.slots, mostHeldSlots: 1_024, random: cryptoRandom });
    this.#packet = new MediaPacket(this.peers.packet.header, this.peers.packet.extensions);
  }

  /** Answers an offer to publish. */
  publish(offer: string): string {
    const done = this.peers.answer(null, { offer: read(offer), capabilities: CAPABILITIES, tracks: [] }, this.#now());
    if ('refused' in done) throw new Error(done.refused);
    const publications = new Map<string, Publication>();
    for (const change of done.changes) {
      if (change.type === 'receive') publications.set(change.section.mid, this.sfu.publish(change.section.kind));
    }
    this.published = { peer: done.peer, publications };
    this.#arm();
    return writeDescription(done.answer);
  }

  /** Offers what is published to a new viewer. */
  offer(): { readonly peer: Peer; readonly sdp: string } {
    const tracks = this.#agreements().map((agreement, ix) => sentTrack(agreement, ix));
    const offered = this.peers.offer(null, { tracks, dataChannels: false, restartIce: false }, this.#now());
    if ('refused' in offered) throw new Error(offered.refused);
    this.#arm();
    return { peer: offered.peer, sdp: writeDescription(offered.offer) };
  }

  /** Takes a viewer's answer, and shows it everything. */
  accept(peer: Peer, answer: string): Viewer {
    const done = this.peers.accept(peer, read(answer));
    if ('refused' in done) throw new Error(done.refused);
    const sections = done.changes.flatMap((change) => (change.type === 'send' ? [change.section] : []));
    const viewer = this.#viewer(peer, sections);
    for (const section of sections) this.#subscribe(viewer, section);
    this.#arm();
    return viewer;
  }

  /** Takes leave of everybody. */
  closePeers(): void {
    for (const [peer, viewer] of this.viewers) {
      this.sfu.removeViewer(viewer);
      this.peers.close(peer, this.plane.tx);
    }
    this.viewers.clear();
    if (this.published === null) return;
    for (const publication of this.published.publications.values()) this.sfu.unpublish(publication);
    this.peers.close(this.published.peer, this.plane.tx);
    this.#sources.clear();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.plane.close();
  }

  #now(): number {
    return performance.now() - this.#zero;
  }

  #agreements(): MediaAgreement[] {
    const sections = this.published?.peer.negotiation?.sections ?? [];
    return sections.flatMap((section) => (section.type === 'media' ? [section] : []));
  }

  #viewer(peer: Peer, sections: readonly MediaAgreement[]): Viewer {
    const extensionIds = new ExtensionIds();
    for (const { extensions } of sections) for (const { name, id } of extensions) extensionIds.set(EXTENSION[name], id);
    const form =
      (extensionIds.idOf(EXTENSION.TRANSPORT_SEQ) > 0 ? FORM.TRANSPORT_SEQ : 0) |
      (extensionIds.idOf(EXTENSION.ABS_SEND_TIME) > 0 ? FORM.ABS_SEND_TIME : 0);
    const options = { peerIx: peer.planeIx, extensionIds, takesTwoByteExtensions: true, form, cname: 'forwarder' };
    const viewer = this.sfu.addViewer(options, this.#now());
    this.viewers.set(peer, viewer);
    return viewer;
  }

  #subscribe(viewer: Viewer, { mid, kind, sent, codecs }: MediaAgreement): void {
    const published = this.#agreements().find((agreement) => agreement.kind === kind)!;
    const types = new Int8Array(128).fill(-1);
    const rtxTypes = new RtxPayloadTypes();
    for (const { name, payloadType, rtxPayloadType } of codecs) {
      const same = published.codecs.find((codec) => codec.name.toLowerCase() === name.toLowerCase());
      if (same !== undefined) types[same.payloadType] = payloadType;
      if (rtxPayloadType !== null) rtxTypes.set(rtxPayloadType, payloadType);
    }
    const subscription = new Subscription({
      viewer,
      kind,
      ssrc: sent!.ssrc,
      rtxSsrc: sent!.rtxSsrc ?? -1,
      rtxTypes,
      midIx: this.plane.midIx(mid),
      clockHz: codecs[0]!.clockRate,
      random: cryptoRandom,
    });
    subscription.watch(this.published!.publications.get(published.mid)!, types);
  }

  #batch(rx: RxTable, tx: TxTable): void {
    const now = this.#now();
    this.sfu.begin(rx, tx);
    for (let row = 0; row < rx.count; row++) {
      const outcome = this.peers.receive(rx, row, now, tx);
      if (outcome === 'media') this.#forward(rx, now);
      else if (outcome === 'report') this.#hear(rx, row * RX_COLUMNS, now);
    }
    this.peers.settle();
    this.#arm();
  }

  #forward(rx: RxTable, now: number): void {
    const { slot, extended, layer } = this.peers.packet;
    this.#packet.slab = rx.slab;
    this.#packet.slot = slot;
    this.#packet.slotAt = slot * rx.slotBytes;
    this.#packet.extended = extended;
    this.#sourceOf(layer!).received(this.#packet, now, this.sfu.writer);
  }

  /** The source of a layer, made at its first packet, and anew where another SSRC took over. */
  #sourceOf(layer: InboundLayer): Source {
    const known = this.#sources.get(layer);
    if (known?.epoch === layer.epoch) return known.source;
    const { peer, publications } = this.published!;
    const { inbound, planeIx: peerIx, ssrc: ownSsrc } = peer;
    const { roundTrip, extensionIds } = inbound;
    const source = this.sfu.addSource(publications.get(layer.track.mid)!, {
      publisher: { peerIx, ownSsrc, roundTrip, extensionIds },
      ssrc: layer.ssrc! >>> 0,
      codec: this.peers.packet.codec!.videoCodec,
      clock: layer.stream!.clock,
      historyPackets: layer.track.kind === 'video' ? 512 : 128,
      rank: layer.track.layers.indexOf(layer),
      rid: layer.rid,
    });
    this.#sources.set(layer, { epoch: layer.epoch, source });
    return source;
  }

  #hear(rx: RxTable, column: number, now: number): void {
    const peer = this.peers.at(rx.rows[column + RX.PEER_IX]!);
    const viewer = peer === null ? undefined : this.viewers.get(peer);
    if (viewer === undefined) return;
    this.sfu.feedback(viewer, rx.slab, rx.rows[column + RX.SLOT]! * rx.slotBytes, rx.rows[column + RX.LENGTH]!, now);
  }

  #arm(): void {
    this.peers.drain();
    clearTimeout(this.#timer);
    const nextAt = Math.min(this.peers.nextAt() ?? Number.POSITIVE_INFINITY, this.sfu.nextAtMs);
    if (nextAt === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(this.#tick, Math.max(1, nextAt - this.#now()));
  }

  readonly #tick = (): void => {
    const { tx } = this.plane;
    const now = this.#now();
    this.peers.tick(now, tx);
    this.sfu.tick(now, tx);
    tx.flush();
    this.#arm();
  };
}

function sentTrack({ kind, codecs }: MediaAgreement, ix: number): SentTrack {
  const names = new Set(codecs.map(({ name }) => name.toLowerCase()));
  return {
    kind,
    trackId: kind,
    streamId: 'publisher',
    cname: 'forwarder',
    ssrc: 1_000 + ix,
    rtxSsrc: kind === 'video' ? 2_000 + ix : null,
    codecs: CODECS.filter((codec) => codec.kind === kind && names.has(codec.name.toLowerCase())),
  };
}

function read(text: string): SessionDescription {
  const description = readDescription(text);
  if ('fault' in description) throw new Error(description.fault);
  return description;
}
