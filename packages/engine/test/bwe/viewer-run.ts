import { Bottleneck, type BottleneckOptions, SeededRandom } from '@madang/testkit';
import { TransportFeedback } from '../../src/rtp/index.js';
import { TransportArrivals } from '../../src/stream/index.js';
import { compound } from '../peer/reports.js';
import { CHROMIUM, RouterStage } from '../router/router-stage.js';
import { AskingViewer } from './asking-viewer.js';
import { type CameraHabits, LayeredCamera } from './layered-camera.js';

const STEP_MS = 5;
const SAMPLE_MS = 100;
const WAY_BACK_MS = 20;
const SOUND_MS = 20;
const CHECK_PACKETS = 250;
const SOUND_BYTES = 80;
const CHECK_MS = 5_000;
const WARM_UP_S = 2;
/** IPv4 and UDP; the fakes' tag is as long as a real one. */
const HEADERS_BYTES = 28;
const TRANSPORT_SEQ_ID = 3;
const SOUND_TYPE = 111;

/** One tenth of a second as one viewer has it. Rates in bits a second. */
export interface Sample {
  readonly atS: number;
  readonly lineBps: number;
  readonly estimateBps: number;
  readonly sentBps: number;
  /** The longest that a packet waited in front of the line. */
  readonly queueMs: number;
  /** Of each camera the layer that came last, from 0; -1 for none in the last half second. */
  readonly layers: readonly number[];
  /** Packets of sound, and those of them that the queue had no room for. */
  readonly sound: number;
  readonly soundLost: number;
}

/** A viewer behind a line of its own: what it is sent comes late or not at all, and it tells of that as browsers do. */
export class LineViewer {
  readonly line: Bottleneck;
  readonly samples: Sample[] = [];
  readonly #stage: RouterStage;
  readonly #id: string;
  readonly #viewer: ReturnType<RouterStage['viewer']>;
  readonly #arrivals = new TransportArrivals(4096);
  readonly #underWay: { readonly atMs: number; readonly seq16: number; readonly packet: Buffer }[] = [];
  readonly #asking: AskingViewer;
  readonly #reports: { readonly atMs: number; readonly bytes: Uint8Array }[] = [];
  readonly #seenMs = new Map<number, { readonly layer: number; readonly atMs: number }>();
  readonly #cameras: number;
  #bytes = 0;
  #sound = 0;
  #soundLost = 0;
  #queueMs = 0;

  constructor(stage: RouterStage, id: string, cameras: number, options: Partial<BottleneckOptions>) {
    this.#stage = stage;
    this.#id = id;
    this.#cameras = cameras;
    this.line = new Bottleneck({ random: new SeededRandom(7), bps: 1_000_000, queueBytes: 40_000, ...options });
    this.#viewer = stage.viewer(id, {}, (offer) => withPictures(offer, cameras));
    this.#asking = new AskingViewer(this.#viewer.answer, 2 * this.line.delayMs + WAY_BACK_MS);
  }

  /** What came after all of its pictures, and what never did. */
  get repaired(): readonly [recovered: number, givenUp: number] {
    return this.#asking.repaired;
  }

  step(): void {
    const { browser } = this.#viewer;
    const { now } = this.#stage;
    for (const packet of browser.rtp.splice(0)) this.#take(packet, now);
    for (let next = this.#underWay[0]; next !== undefined && next.atMs <= now; next = this.#underWay[0]) {
      this.#arrivals.received(next.seq16, next.atMs);
      this.#asking.received(next.packet, now);
      this.#underWay.shift();
    }
    for (const bytes of this.#asking.asks(now)) this.#reports.push({ atMs: now + WAY_BACK_MS, bytes });
    const feedback = new TransportFeedback(4096);
    while (this.#arrivals.due(now, feedback))
      this.#reports.push({ atMs: now + WAY_BACK_MS, bytes: compound((writer) => feedback.write(writer, 1, 1)) });
    for (; this.#reports.length > 0 && this.#reports[0]!.atMs <= now; this.#reports.shift())
      browser.report(this.#reports[0]!.bytes);
    this.#queueMs = Math.max(this.#queueMs, this.line.waitMs(now));
    if (now % CHECK_MS === 0) browser.check();
    browser.rtcp.length = 0;
  }

  #take(packet: Buffer, now: number): void {
    const bytes = packet.length + HEADERS_BYTES;
    const overflows = this.line.overflows;
    const [atMs, seq16] = [this.line.send(bytes, now), transportSeq(packet)];
    this.#bytes += bytes;
    const isSound = (packet[1]! & 0x7f) === SOUND_TYPE;
    if (isSound) this.#sound++;
    if (isSound && this.line.overflows > overflows) this.#soundLost++;
    if (atMs !== null) this.#underWay.push({ atMs, seq16, packet });
    if (!isSound && (packet[0]! & 0x20) === 0)
      this.#seenMs.set(packet.readUInt32BE(8), { layer: packet.at(-1)!, atMs: now });
  }

  sample(atS: number): void {
    const { now, router } = this.#stage;
    const seen = [...this.#seenMs.values()].map(({ layer, atMs }) => (now - atMs > 500 ? -1 : layer));
    const layers = Array.from({ length: this.#cameras }, (_, ix) => seen[ix] ?? -1);
    this.samples.push({
      atS,
      lineBps: this.line.bps,
      estimateBps: router.line(this.#id, now)?.estimateBps ?? -1,
      sentBps: (this.#bytes * 8000) / SAMPLE_MS,
      queueMs: this.#queueMs,
      layers,
      sound: this.#sound,
      soundLost: this.#soundLost,
    });
    [this.#bytes, this.#sound, this.#soundLost, this.#queueMs] = [0, 0, 0, 0];
  }
}

/** A room in virtual time: cameras in three layers each, one microphone, and viewers behind lines of their own. */
export class ViewerRun {
  readonly stage = new RouterStage({}, { slots: 8_192, held: 4_096 });
  readonly viewers: LineViewer[] = [];
  readonly #cameras: LayeredCamera[];
  readonly #speaker;
  #soundSeq = 0;

  constructor(cameras: number, rates: readonly number[], habits?: CameraHabits) {
    const all = Array.from({ length: cameras }, (_, ix) => `camera${ix}`);
    this.#cameras = all.map((id) => new LayeredCamera(this.stage, id, rates, habits));
    this.#speaker = this.stage.publisher('speaker', { change: withoutPicture });
    // Whoever comes finds a room in full swing.
    this.run(WARM_UP_S);
  }

  viewer(options: Partial<BottleneckOptions> = {}): LineViewer {
    const viewer = new LineViewer(this.stage, `viewer${this.viewers.length}`, this.#cameras.length, options);
    this.viewers.push(viewer);
    return viewer;
  }

  /** Lets time pass; `change` is called at every step with the time since the start in seconds. */
  run(seconds: number, change: (atS: number) => void = () => {}): void {
    const { stage } = this;
    const begin = stage.now;
    for (let ms = 0; ms < seconds * 1000; ms += STEP_MS) {
      change(ms / 1000);
      for (const camera of this.#cameras) camera.step(begin + ms);
      if (ms % SOUND_MS === 0) this.#speak();
      stage.run(begin + ms + STEP_MS - stage.now);
      for (const viewer of this.viewers) viewer.step();
      if ((ms + STEP_MS) % SAMPLE_MS === 0) for (const viewer of this.viewers) viewer.sample((ms + STEP_MS) / 1000);
    }
  }

  #speak(): void {
    const { browser } = this.#speaker;
    if (this.#soundSeq % CHECK_PACKETS === 0) browser.check();
    const seq16 = this.#soundSeq++;
    const payload = new Uint8Array(SOUND_BYTES).fill(1);
    browser.send({ ssrc: CHROMIUM.sound, seq16, payloadType: SOUND_TYPE, payload, rtpTs: seq16 * 960 });
    browser.rtcp.length = 0;
  }
}

function withoutPicture(offer: string): string {
  return offer.slice(0, offer.indexOf('m=video')).replace(/a=group:BUNDLE .*/, 'a=group:BUNDLE 0');
}

/** As many sections of picture in an offer to view. */
function withPictures(offer: string, count: number): string {
  const at = offer.indexOf('m=video');
  const more = Array.from({ length: count - 1 }, (_, ix) => offer.slice(at).replace('a=mid:1', `a=mid:${ix + 2}`));
  const mids = Array.from({ length: count + 1 }, (_, ix) => ix).join(' ');
  return `${offer}${more.join('')}`.replace('a=group:BUNDLE 0 1', `a=group:BUNDLE ${mids}`);
}

/** Of the one-byte form (RFC 8285 §4.2). */
function transportSeq(packet: Buffer): number {
  const end = 16 + 4 * packet.readUInt16BE(14);
  for (let at = 16; at < end; ) {
    const [id, length] = [packet[at]! >> 4, (packet[at]! & 15) + 1];
    if (id === TRANSPORT_SEQ_ID) return packet.readUInt16BE(at + 1);
    at += id === 0 ? 1 : 1 + length;
  }
  throw new Error('a packet without a transport-wide number');
}
