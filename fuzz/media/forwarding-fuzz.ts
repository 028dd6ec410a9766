import { SeededRandom } from '@madang/testkit';
import { writeU16, writeU32 } from '../../packages/engine/src/bytes/index.js';
import type { Peer } from '../../packages/engine/src/peer/index.js';
import { KIND, RX } from '../../packages/engine/src/ports/index.js';
import { EXTENSION, ExtensionIds } from '../../packages/engine/src/rtp/index.js';
import { CODECS, OPUS, RED, readDescription } from '../../packages/engine/src/sdp/index.js';
import { PublishedTrack, Sfu, type Subscription } from '../../packages/engine/src/sfu/index.js';
import { RtxPayloadTypes } from '../../packages/engine/src/stream/index.js';
import { PUBLISHING } from '../../packages/engine/test/ends.js';
import { FakeBrowser } from '../../packages/engine/test/peer/fake-browser.js';
import { MediaStage } from '../../packages/engine/test/peer/media-stage.js';
import { offerText } from '../../packages/engine/test/recorded-offer.js';
import { payloadTypes } from '../../packages/engine/test/sfu/stage.js';
import { type FuzzTarget, must } from '../fuzz-run.js';
import { Mutator } from '../mutator.js';
import { repairCompound } from '../rtp/repair-compound.js';
import { rtcpSeeds } from '../rtp/rtcp-seeds.js';
import { shortOffers } from '../sdp/short-offers.js';
import { TextMutator } from '../sdp/text-mutator.js';
import { CheckedTable } from './checked-table.js';
import { packetSeeds } from './packet-seeds.js';

const RECORDINGS = ['chromium-publish', 'chromium-simulcast', 'chromium-simulcast-by-ssrc', 'firefox-publish'] as const;
const VIDEO = ['VP8', 'VP8', 'VP9', 'H264', 'AV1'] as const;
const MOST_HELD = 300;
const MOST_SOURCES = 128;
/** More than a NACK that fills a datagram names, and than any gap is filled with. */
const MOST_ROWS = 4_096;
/** A call is over before consent to send would have run out, for nobody asks for it here. */
const CALL_STEPS = 4_000;
const VIEWER_SSRC = 0xf000_0001;

/**
 * One call after another between a publisher and a viewer who have keys and use them badly: damaged offers, media, damaged reports
 * of both, wishes and time. Nothing throws, rows can be sent, tables keep their limits, and in the end nothing is left.
 */
export class ForwardingFuzz implements FuzzTarget {
  readonly counts = {
    media: 0,
    dropped: 0,
    reports: 0,
    malformed: 0,
    rowsSent: 0,
    reportsSent: 0,
    resent: 0,
    calls: 0,
  };
  readonly #random: SeededRandom;
  #stage!: MediaStage;
  #table!: CheckedTable;
  #sfu!: Sfu;
  #publisher!: Peer;
  #viewer!: Peer;
  #tracks: PublishedTrack[] = [];
  #subscriptions: Subscription[] = [];
  #packets: Mutator[] = [];
  /** The payload types of each track. */
  #types: number[][] = [];
  readonly #texts: TextMutator;
  #ofViewer!: Mutator;
  #ofPublisher!: Mutator;
  #seq16 = 0;
  #left = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
    this.#texts = new TextMutator(random, shortOffers());
    this.#begin();
  }

  step(): void {
    if (this.#left-- === 0) {
      this.end();
      this.#begin();
    }
    const before = this.#table.sent;
    this.#act();
    this.#table.tx.flush();
    must(this.#table.sent - before <= MOST_ROWS, () => `${this.#table.sent - before} rows for one datagram`);
    this.#isBounded();
  }

  /** Both are gone, and what was published and subscribed to with them. */
  end(): void {
    const { peers } = this.#stage;
    for (const subscription of this.#subscriptions) subscription.close();
    for (const track of this.#tracks) track.close(this.#stage.now);
    for (const peer of [this.#publisher, this.#viewer]) peers.close(peer, this.#table.tx);
    const left = [this.#sfu.slots.held, this.#table.heldSlots, this.#sfu.publications, peers.size, peers.agents.size];
    must(!left.some((count) => count > 0), () => `left behind: ${left}`);
    this.#stage.run(60_000);
    must(peers.nextAt() === null, () => `something is due at ${peers.nextAt()}`);
    this.counts.rowsSent += this.#table.sent;
    this.counts.reportsSent += this.#table.reports;
    this.counts.resent += this.#table.resent;
    this.counts.calls++;
  }

  #act(): void {
    const random = this.#random;
    const way = random.below(100);
    if (way < 66) this.#media();
    else if (way < 82) this.#report(this.#ofViewer, this.#viewer);
    else if (way < 90) this.#report(this.#ofPublisher, this.#publisher);
    else if (way < 92) this.#stun();
    else if (way < 95) this.#wish();
    else this.#pass(random.below(5));
  }

  #begin(): void {
    const random = this.#random;
    this.#stage = new MediaStage();
    this.#table = new CheckedTable();
    this.#sfu = new Sfu({ slots: this.#table, mostHeldSlots: MOST_HELD });
    const video = random.pick(VIDEO);
    const codecs = CODECS.filter((codec) => codec === OPUS || codec === RED || codec.name === video);
    this.#publisher = this.#connect(random.pick(RECORDINGS), { ...PUBLISHING, codecs }, 'brws', random.chance(0.5));
    this.#viewer = this.#connect('chromium-publish', PUBLISHING, 'view', false);
    const inbound = [...this.#publisher.inbound.sorter.tracks];
    this.#tracks = inbound.map((track) => new PublishedTrack(this.#sfu, this.#stage.peers, this.#publisher, track));
    this.#subscriptions = this.#tracks.map((track, ix) => this.#subscribe(track, ix));
    this.#packets = inbound.map((track) => new Mutator(random, packetSeeds(track), 16));
    this.#types = inbound.map(({ codecs }) => [...codecs.keys()]);
    const layer = inbound.at(-1)!.layers[0]!;
    this.#ofViewer = new Mutator(random, rtcpSeeds({ senderSsrc: 1, mediaSsrc: VIEWER_SSRC }), 16);
    this.#ofPublisher = new Mutator(random, rtcpSeeds({ senderSsrc: (layer.ssrc ?? 1) >>> 0, mediaSsrc: 5 }), 16);
    this.#seq16 = random.below(0x1_0000);
    this.#left = CALL_STEPS;
  }

  /** Connects by the offer of a recording; at first with lines of it changed, where such an offer brings any media. */
  #connect(recording: string, capabilities: typeof PUBLISHING, ufrag: string, isDamaged: boolean): Peer {
    const browser = new FakeBrowser(this.#stage.network);
    const own = browser.own(offerText(recording), { ufrag, pwd: 'browserPasswordOf24Chars' });
    const offer = readDescription(isDamaged ? this.#texts.changed(own, 6) : own);
    const { peers, now, plane } = this.#stage;
    const wanted = 'fault' in offer ? null : { offer, capabilities, tracks: [] };
    const done = wanted === null ? null : peers.answer(null, wanted, now);
    if (done === null || 'refused' in done) return this.#connect(recording, capabilities, ufrag, false);
    if ([...done.peer.inbound.sorter.tracks].length === 0) {
      peers.close(done.peer, plane.tx);
      return this.#connect(recording, capabilities, ufrag, false);
    }
    browser.take(done.answer);
    browser.check();
    this.#stage.deliver();
    browser.usePath();
    this.#stage.deliver();
    // The fingerprint may have been what was changed.
    return peers.at(done.peer.planeIx) === done.peer ? done.peer : this.#connect(recording, capabilities, ufrag, false);
  }

  #subscribe(track: PublishedTrack, ix: number): Subscription {
    const rtxTypes = new RtxPayloadTypes();
    for (const type of [96, 98, 45, 102, 35]) rtxTypes.set(type + 1, type);
    const extensionIds = new ExtensionIds();
    extensionIds.set(EXTENSION.AUDIO_LEVEL, 1);
    extensionIds.set(EXTENSION.DEPENDENCY_DESCRIPTOR, 8);
    const { planeIx, sending, cname } = this.#viewer;
    const { kind } = track.publication;
    const subscription = this.#sfu.subscribe({
      viewer: { planeIx, sending, cname, extensionIds, takesTwoByteExtensions: true, form: 0 },
      kind,
      ssrc: kind === 'video' ? VIEWER_SSRC : VIEWER_SSRC + 10 + ix,
      rtxSsrc: 77 + ix,
      rtxTypes,
      midIx: -1,
      clockHz: kind === 'video' ? 90_000 : 48_000,
      random: new SeededRandom(this.#random.uint32()),
    });
    subscription.watch(track.publication, payloadTypes());
    return subscription;
  }

  /** A packet of the publisher, mostly with a number that is next, or near it. */
  #media(): void {
    const random = this.#random;
    const ix = random.below(this.#packets.length);
    const mutator = this.#packets[ix]!;
    mutator.next();
    const { bytes, at } = mutator;
    if (mutator.length >= 12 && random.chance(0.9)) {
      this.#seq16 = (this.#seq16 + (random.chance(0.001) ? random.below(0x1_0000) : 1)) & 0xffff;
      const shift = random.chance(0.8) ? 0 : random.below(40) - 20;
      writeU16(bytes, at + 2, (this.#seq16 + shift) & 0xffff);
      if (random.chance(0.9)) bytes[at] = 0x80 | (bytes[at]! & 0x3f);
      if (random.chance(0.8)) writeU32(bytes, at + 8, this.#ssrc(ix));
      if (random.chance(0.8)) bytes[at + 1] = (bytes[at + 1]! & 0x80) | random.pick(this.#types[ix]!);
    }
    if (this.#receive(mutator, this.#publisher, KIND.RTP) === 'media' && random.chance(0.01)) mutator.keep();
  }

  #ssrc(ix: number): number {
    const layers = [...this.#publisher.inbound.sorter.tracks][ix]!.layers;
    const { ssrc, rtxSsrc } = this.#random.pick(layers);
    return ((this.#random.chance(0.9) ? ssrc : rtxSsrc) ?? 1000 + this.#random.below(8)) >>> 0;
  }

  #report(mutator: Mutator, from: Peer): void {
    mutator.next();
    if (this.#random.chance(0.8)) mutator.length = repairCompound(mutator.bytes, mutator.at, mutator.length);
    if (from === this.#viewer) this.#askAgain(mutator);
    const outcome = this.#receive(mutator, from, KIND.RTP);
    if (outcome === 'report') this.counts.reports++;
    else this.counts.malformed++;
  }

  /** Has a report name packets that were sent, where it is one that names any. */
  #askAgain({ bytes, at, length }: Mutator): void {
    if (length < 16 || this.#random.chance(0.3)) return;
    const last = this.#table.lastSeq16.get(VIEWER_SSRC | 0) ?? 0;
    writeU32(bytes, at + 8, VIEWER_SSRC);
    writeU16(bytes, at + 12, (last - this.#random.below(60)) & 0xffff);
  }

  /** What begins as STUN does, and is not signed by anybody. */
  #stun(): void {
    const mutator = this.#packets[0]!;
    mutator.next();
    writeU16(mutator.bytes, mutator.at, this.#random.chance(0.5) ? 0x0001 : 0x0101);
    writeU16(mutator.bytes, mutator.at + 2, Math.max(0, mutator.length - 20));
    writeU32(mutator.bytes, mutator.at + 4, 0x2112_a442);
    this.#receive(mutator, this.#viewer, KIND.STUN);
  }

  #receive(mutator: Mutator, from: Peer, kind: number): string {
    const { rx, tx } = this.#table;
    const { peers, now } = this.#stage;
    const slot = this.#table.put(mutator.bytes, mutator.at, mutator.length);
    rx.rows[RX.SLOT] = slot;
    rx.rows[RX.LENGTH] = this.#table.lengthOf(slot);
    rx.rows[RX.ADDRESS_IX] = from.addressIx;
    rx.rows[RX.KIND] = kind;
    rx.rows[RX.PEER_IX] = this.#random.chance(0.999) ? from.planeIx : this.#random.below(70) - 1;
    rx.rows[RX.AGE_US] = this.#random.below(300);
    rx.rows[RX.PORT_IX] = from.portIx;
    this.#sfu.begin(rx, tx, now);
    const outcome = peers.receive(rx, 0, now, tx);
    if (outcome === 'media') this.#forward();
    else if (outcome === 'dropped') this.counts.dropped++;
    peers.settle(now, tx);
    peers.drain();
    return outcome;
  }

  #forward(): void {
    const { peers, now } = this.#stage;
    this.counts.media++;
    const { track } = peers.packet.layer!;
    const ix = [...this.#publisher.inbound.sorter.tracks].indexOf(track);
    if (ix >= 0) this.#tracks[ix]!.received(peers.packet, now);
    this.#sfu.run.end();
  }

  #wish(): void {
    const random = this.#random;
    const subscription = random.pick(this.#subscriptions);
    if (random.chance(0.3)) subscription.pause();
    else subscription.resume();
    subscription.want({ maxLayer: random.below(4), maxTemporal: random.below(4), maxHeight: random.below(1000) });
  }

  #pass(ms: number): void {
    const { peers } = this.#stage;
    this.#stage.now += ms;
    this.#sfu.begin(this.#table.rx, this.#table.tx, this.#stage.now);
    peers.tick(this.#stage.now, this.#table.tx);
    this.#sfu.tick(this.#stage.now);
    peers.settle(this.#stage.now, this.#table.tx);
    peers.drain();
  }

  #isBounded(): void {
    const { peers, book } = this.#stage;
    const { sourceCount } = this.#publisher.inbound.sorter;
    must(sourceCount <= MOST_SOURCES, () => `${sourceCount} sources`);
    must(this.#sfu.slots.held <= MOST_HELD, () => `${this.#sfu.slots.held} slots`);
    must(this.#table.heldSlots === this.#sfu.slots.held, () => 'slots are held twice, or lost');
    must(peers.size === 2 && peers.agents.size === 2, () => `${peers.size} peers, ${peers.agents.size} agents`);
    must(book.held <= 8, () => `${book.held} addresses`);
  }
}
