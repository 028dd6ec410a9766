import { type Bandwidth, OVERHEAD_BYTES, split } from '../bwe/index.js';
import type { RowWriter } from './row-writer.js';
import type { Subscription } from './subscription.js';
import { writePadding } from './write-padding.js';

/** How often one is looked at who gets all that he wishes, and one who does not. */
const CALM_MS = 500;
const TIGHT_MS = 100;
/** Times lie on such a grid, so that what is due for many viewers is done at once. */
const GRID_MS = 50;
/** Of an estimate so much is used; repetitions of what is lost come out of the rest. */
const USED = 0.97;
const MOST_LOSS = 0.5;
/** Pictures are paced where the estimate is not so much above all that is wished. */
const PACED = 1.25;
const PACED_MS = 5_000;

/** The line to one viewer: has what it takes divided among its subscriptions, and tries out whether it takes more. */
export class ViewerLine {
  readonly #bandwidth: Bandwidth;
  readonly #subscriptions: () => Iterable<Subscription>;
  #lookAtMs = 0;
  /** What all subscriptions take that were given something, at the last look. */
  #givenBps = 0;
  #pacedUntilMs = 0;
  #isPaced = false;

  constructor(bandwidth: Bandwidth, subscriptions: () => Iterable<Subscription>) {
    this.#bandwidth = bandwidth;
    this.#subscriptions = subscriptions;
  }

  /** When there is something to do for it. */
  get nextAtMs(): number {
    const { probes, pace } = this.#bandwidth;
    return Math.min(this.#lookAtMs, probes.nextAtMs, pace.nextAtMs);
  }

  /** The viewer has told of arrivals, or its subscriptions have changed: whether it has to be looked at sooner. */
  isShort(now: number): boolean {
    return this.#bandwidth.bpsAt(now) * USED < this.#givenBps && this.#lookAtMs > now + TIGHT_MS;
  }

  /** Does what is due. */
  tend(now: number, writer: RowWriter): void {
    if (now >= this.#lookAtMs || this.isShort(now)) this.#look(now);
    this.#letGo(now, writer);
    const { probes, sent } = this.#bandwidth;
    const padding = probes.due(sent.bytes, now);
    if (padding < 0) return;
    this.#pad(padding, writer);
    probes.wrote(sent.next);
  }

  /** Sends what waits, as far as it may go, of each picture in turn. */
  #letGo(now: number, writer: RowWriter): void {
    const { pace, sent } = this.#bandwidth;
    if (pace.waiting === 0) return;
    const held = [...this.#subscriptions()].map(({ out }) => out.held).filter(({ count }) => count > 0);
    for (let ix = 0; pace.waiting > 0 && held.length > 0 && pace.mayGo(sent.bytes, now); ix++) {
      const next = held[ix % held.length]!;
      next.letGo(writer);
      if (next.count === 0) held.splice(ix % held.length, 1);
    }
    pace.rest(now);
  }

  #look(now: number): void {
    const [pictures, soundBps, wishBps, leastBps] = this.#measure(now);
    const part = USED - Math.min(MOST_LOSS, this.#bandwidth.loss);
    // Before anything is known of the line, nobody is left without a picture.
    const floorBps = this.#bandwidth.isKnown ? 0 : leastBps;
    const bps = Math.max(floorBps, this.#bandwidth.bpsAt(now) * part - soundBps);
    const steadyBps = Math.max(floorBps, this.#bandwidth.steadyBpsAt(now) * part - soundBps);
    const shares = pictures.map(({ share }) => share);
    const hasAll = split(shares, bps, steadyBps, now);
    this.#givenBps = soundBps;
    // What was only guessed is put right as soon as more is known.
    if (!this.#bandwidth.isKnown) {
      for (const share of shares) [share.heldUntilMs, share.lostUntilMs, share.lostMs] = [0, 0, 0];
    }
    const isPaced = this.#paces(soundBps + wishBps, now);
    for (const picture of pictures) {
      picture.out.isPaced = isPaced;
      picture.fit();
      this.#givenBps += picture.share.levels[picture.share.level] ?? 0;
    }
    this.#bandwidth.look(this.#canPad(pictures) ? (soundBps + wishBps) / part : 0, now);
    this.#lookAtMs = Math.ceil((now + (hasAll ? CALM_MS : TIGHT_MS)) / GRID_MS) * GRID_MS;
  }

  /** Sets the pace where the estimate is what limits, or was lately: elsewhere pictures go at once, as they come. */
  #paces(wishBps: number, now: number): boolean {
    const { pace, sent, isTold } = this.#bandwidth;
    if (!isTold) return false;
    const bps = this.#bandwidth.bpsAt(now);
    if (bps < PACED * wishBps || pace.waiting > 0) this.#pacedUntilMs = now + PACED_MS;
    const wasPaced = this.#isPaced;
    this.#isPaced = now < this.#pacedUntilMs;
    if (wasPaced) pace.change(bps, sent.bytes, now);
    else if (this.#isPaced) pace.begin(bps, sent.bytes, now);
    return this.#isPaced;
  }

  #measure(now: number): [pictures: Subscription[], soundBps: number, wishBps: number, leastBps: number] {
    const pictures: Subscription[] = [];
    let [soundBps, wishBps, leastBps] = [0, 0, 0];
    for (const subscription of this.#subscriptions()) {
      const bps = subscription.measure(now);
      if (subscription.out.kind === 'audio') {
        soundBps += bps;
        continue;
      }
      pictures.push(subscription);
      wishBps += bps;
      leastBps += 2 * (subscription.share.levels[0] ?? 0);
    }
    return [pictures, soundBps, wishBps, leastBps];
  }

  #canPad(pictures: readonly Subscription[]): boolean {
    return pictures.some(({ out }) => out.rtxType >= 0);
  }

  #pad(bytes: number, writer: RowWriter): void {
    for (const { out } of this.#subscriptions()) if (writePadding(out, bytes, OVERHEAD_BYTES, writer)) return;
  }
}
