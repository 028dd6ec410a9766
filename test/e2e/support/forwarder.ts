import { hostCandidates } from '../../../packages/engine/src/ice/index.js';
import { FORM, type RxTable, type TxTable } from '../../../packages/engine/src/index.js';
import { type InboundTrack, type Peer, Peers } from '../../../packages/engine/src/peer/index.js';
import { EXTENSION, ExtensionIds } from '../../../packages/engine/src/rtp/index.js';
import {
  CODECS,
  type MediaAgreement,
  readDescription,
  type SentTrack,
  type SessionDescription,
  writeDescription,
} from '../../../packages/engine/src/sdp/index.js';
import { PublishedTrack, Sfu, type Subscription, type Viewer } from '../../../packages/engine/src/sfu/index.js';
import { RtxPayloadTypes } from '../../../packages/engine/src/stream/index.js';
import { type MediaPlane, openMediaPlane } from '../../../packages/native/src/index.js';
import { cryptoHmac } from '../../../packages/server/src/media/crypto-hashes.js';
import { cryptoRandom } from '../../../packages/server/src/media/crypto-random.js';
import { PlaneAddresses } from '../../../packages/server/src/media/plane-addresses.js';
import { ownAddresses } from './own-addresses.js';

const ADDRESSES = 1_024;
const CAPABILITIES = { take: 'one', codecs: CODECS, receives: true, dataChannels: false, maxBitrateBps: null } as const;

/** Peers and the forwarding between them, on a real media plane: whoever publishes is shown to every viewer. */
export class Forwarder {
  readonly plane: MediaPlane;
  readonly peers: Peers;
  readonly sfu: Sfu;
  /** Whoever publishes. */
  publisher: Peer | null = null;
  readonly #tracks = new Map<InboundTrack, PublishedTrack>();
  readonly #viewers = new Map<Peer, Subscription[]>();
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
    this.sfu = new Sfu({ slots: this.plane.slots, mostHeldSlots: 1_024 });
  }

  /** Answers an offer to publish. */
  publish(offer: string): string {
    const done = this.peers.answer(null, { offer: read(offer), capabilities: CAPABILITIES, tracks: [] }, this.#now());
    if ('refused' in done) throw new Error(done.refused);
    const { peer } = done;
    for (const change of done.changes) {
      const track = change.type === 'receive' ? peer.inbound.sorter.track(change.section.mid) : null;
      if (track) this.#tracks.set(track, new PublishedTrack(this.sfu, this.peers, peer, track));
    }
    this.publisher = peer;
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
  accept(peer: Peer, answer: string): void {
    const done = this.peers.accept(peer, read(answer));
    if ('refused' in done) throw new Error(done.refused);
    const sections = done.changes.flatMap((change) => (change.type === 'send' ? [change.section] : []));
    const viewer = viewerOf(peer, sections);
    this.#viewers.set(
      peer,
      sections.map((section) => this.#subscribe(viewer, section)),
    );
    this.#arm();
  }

  /** Takes leave of everybody. */
  closePeers(): void {
    for (const [peer, subscriptions] of this.#viewers) {
      for (const subscription of subscriptions) subscription.close();
      this.peers.close(peer, this.plane.tx);
    }
    for (const track of this.#tracks.values()) track.close(this.#now());
    if (this.publisher !== null) this.peers.close(this.publisher, this.plane.tx);
    this.#viewers.clear();
    this.#tracks.clear();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.plane.close();
  }

  #now(): number {
    return performance.now() - this.#zero;
  }

  #agreements(): MediaAgreement[] {
    const sections = this.publisher?.negotiation?.sections ?? [];
    return sections.flatMap((section) => (section.type === 'media' ? [section] : []));
  }

  #subscribe(viewer: Viewer, { mid, kind, sent, codecs }: MediaAgreement): Subscription {
    const published = this.#agreements().find((agreement) => agreement.kind === kind)!;
    const types = new Int8Array(128).fill(-1);
    const rtxTypes = new RtxPayloadTypes();
    for (const { name, payloadType, rtxPayloadType } of codecs) {
      const same = published.codecs.find((codec) => codec.name.toLowerCase() === name.toLowerCase());
      if (same !== undefined) types[same.payloadType] = payloadType;
      if (rtxPayloadType !== null) rtxTypes.set(rtxPayloadType, payloadType);
    }
    const subscription = this.sfu.subscribe({
      viewer,
      kind,
      ssrc: sent!.ssrc,
      rtxSsrc: sent!.rtxSsrc ?? -1,
      rtxTypes,
      midIx: this.plane.midIx(mid),
      clockHz: codecs[0]!.clockRate,
      random: cryptoRandom,
    });
    const track = this.publisher!.inbound.sorter.track(published.mid)!;
    subscription.watch(this.#tracks.get(track)!.publication, types);
    return subscription;
  }

  #batch(rx: RxTable, tx: TxTable): void {
    const now = this.#now();
    const { packet } = this.peers;
    this.sfu.begin(rx, tx);
    for (let row = 0; row < rx.count; row++) {
      if (this.peers.receive(rx, row, now, tx) !== 'media') continue;
      this.#tracks.get(packet.layer!.track)?.received(packet, now);
    }
    this.peers.settle();
    this.#arm();
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
    this.sfu.tick(now);
    this.peers.settle();
    tx.flush();
    this.#arm();
  };
}

/** How rows to a peer have to look, by what it agreed to. */
function viewerOf({ planeIx, sending, cname }: Peer, sections: readonly MediaAgreement[]): Viewer {
  const extensionIds = new ExtensionIds();
  for (const { extensions } of sections) for (const { name, id } of extensions) extensionIds.set(EXTENSION[name], id);
  const form =
    (extensionIds.idOf(EXTENSION.TRANSPORT_SEQ) > 0 ? FORM.TRANSPORT_SEQ : 0) |
    (extensionIds.idOf(EXTENSION.ABS_SEND_TIME) > 0 ? FORM.ABS_SEND_TIME : 0);
  return { planeIx, sending, cname, extensionIds, takesTwoByteExtensions: true, form };
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
