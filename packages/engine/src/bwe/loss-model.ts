/** So many observations are looked at, each of at least so long and so many packets, an older one counting less. */
const OBSERVATIONS = 15;
const LEAST_MS = 250;
const LEAST_PACKETS = 20;
const AGING = 0.9;
/** Rates that are tried against what was observed. */
const CANDIDATES = [1.02, 1, 0.95] as const;
/**
 * What arrives, less a little, is tried too, where nearly as much was sent as is thought to pass: elsewhere it tells of the
 * sender.
 */
const FALLEN = 0.85;
const NEARLY = 0.8;
/** Loss beyond what the line has at any rate is within what is only noise, up to so much. */
const NOISE = 0.12;
/** Of equally likely ones the higher is preferred. */
const BIAS_PER_KBPS = 0.0002;
const BIAS_PER_LOG = 0.02;
/** Above so much loss that preference is gone. */
const MOST_LOSS_FOR_BIAS = 0.2;
const LEAST_INHERENT = 1e-3;
const FIRST_INHERENT = 0.01;
/**
 * The less a rate is, the more of the loss may be the line's own: `offset + balance / rate`. So a rate above
 * `balance / (loss - offset)` is not believed.
 */
const INHERENT_OFFSET = 0.05;
const INHERENT_BALANCE_BPS = 100_000;
/** The line's own loss is sought in so many steps of Newton's method, each of them taken to so much. */
const NEWTON_STEPS = 4;
const NEWTON_PART = 0.75;
const MOST_GROWTH = 1.3;
const GROWTH_WINDOW_MS = 1_000;

/**
 * The estimate by loss: which rate, together with which loss that the line has at any rate, explains best how many packets
 * were lost at what was sent. So a line that loses ten of a hundred always is told from one that loses what is too much.
 * (libwebrtc's `LossBasedBweV2`: the classic rule of draft-ietf-rmcat-gcc-02 §6 halves the rate on the first.)
 *
 * Costs a few hundred logarithms four times a second.
 */
export class LossModel {
  /** Infinity while nothing was observed. */
  bps = Number.POSITIVE_INFINITY;
  /** Which part of all packets is lost at any rate, as far as can be told. */
  inherent = FIRST_INHERENT;
  readonly #packets = new Float64Array(OBSERVATIONS);
  readonly #lost = new Float64Array(OBSERVATIONS);
  readonly #sentBps = new Float64Array(OBSERVATIONS);
  #observations = 0;
  #sinceMs = -1;
  #pendingPackets = 0;
  #pendingLost = 0;
  #pendingBytes = 0;
  #windowMs = Number.NEGATIVE_INFINITY;
  #windowBps = 0;

  /**
   * What a feedback told: packets that were spoken of, those of them that did not arrive, and the bytes of all. Once enough
   * has come together the estimate is made anew; `delayBps` is the one by delay, above which it never is.
   */
  add(packets: number, lost: number, bytes: number, arrivedBps: number, delayBps: number, now: number): void {
    if (this.#sinceMs < 0) this.#sinceMs = now;
    this.#pendingPackets += packets;
    this.#pendingLost += Math.max(0, lost);
    this.#pendingBytes += bytes;
    const elapsedMs = now - this.#sinceMs;
    if (elapsedMs < LEAST_MS || this.#pendingPackets < LEAST_PACKETS) return;
    this.#observe(elapsedMs);
    this.#sinceMs = now;
    this.#estimate(arrivedBps, delayBps, now);
  }

  /** A probe has shown that so much passes without more being lost. */
  probed(bps: number): void {
    if (this.bps < bps) this.bps = bps;
  }

  /** Of all that was observed, the newest counting most. */
  get loss(): number {
    let [lost, packets] = [0, 0];
    for (let age = 0; age < Math.min(this.#observations, OBSERVATIONS); age++) {
      const ix = (this.#observations - 1 - age) % OBSERVATIONS;
      lost += this.#lost[ix]! * AGING ** age;
      packets += this.#packets[ix]! * AGING ** age;
    }
    return packets === 0 ? 0 : lost / packets;
  }

  /** Whether as much is lost, nearly, as would be if less were sent. */
  get isOfLine(): boolean {
    return this.loss - this.inherent < NOISE;
  }

  #observe(elapsedMs: number): void {
    const ix = this.#observations++ % OBSERVATIONS;
    this.#packets[ix] = this.#pendingPackets;
    this.#lost[ix] = Math.min(this.#pendingLost, this.#pendingPackets);
    this.#sentBps[ix] = (this.#pendingBytes * 8000) / elapsedMs;
    this.#pendingPackets = 0;
    this.#pendingLost = 0;
    this.#pendingBytes = 0;
  }

  #estimate(arrivedBps: number, delayBps: number, now: number): void {
    const { loss } = this;
    const from = Math.min(this.bps, delayBps);
    if (loss < LEAST_INHERENT && from >= delayBps) {
      this.#take(delayBps, LEAST_INHERENT, now);
      return;
    }
    const lastSentBps = this.#sentBps[(this.#observations - 1) % OBSERVATIONS]!;
    const fallenBps = lastSentBps >= NEARLY * from ? FALLEN * arrivedBps : 0;
    let best = from;
    let bestInherent = this.inherent;
    let bestWorth = Number.NEGATIVE_INFINITY;
    for (let ix = 0; ix <= CANDIDATES.length; ix++) {
      const bps = ix < CANDIDATES.length ? from * CANDIDATES[ix]! : fallenBps;
      if (bps <= 0) continue;
      const inherent = this.#inherentAt(bps);
      const worth = this.#worth(bps, inherent, loss);
      if (worth <= bestWorth) continue;
      [best, bestInherent, bestWorth] = [bps, inherent, worth];
    }
    if (loss > INHERENT_OFFSET) best = Math.min(best, INHERENT_BALANCE_BPS / (loss - INHERENT_OFFSET));
    this.#take(Math.min(best, delayBps), bestInherent, now);
  }

  /** After a fall it grows by so much in a second at most. */
  #take(bps: number, inherent: number, now: number): void {
    this.inherent = inherent;
    if (bps < this.bps || now - this.#windowMs >= GROWTH_WINDOW_MS) {
      this.#windowMs = now;
      this.#windowBps = Math.min(bps, this.bps);
    }
    this.bps = this.bps === Number.POSITIVE_INFINITY ? bps : Math.min(bps, MOST_GROWTH * this.#windowBps);
  }

  /** The line's own loss that fits best with a rate, by Newton's method from what was thought before. */
  #inherentAt(bps: number): number {
    const most = Math.min(1, INHERENT_OFFSET + INHERENT_BALANCE_BPS / bps);
    let inherent = this.inherent;
    for (let step = 0; step < NEWTON_STEPS; step++) {
      const moved = inherent - NEWTON_PART * this.#slope(inherent, bps);
      inherent = Math.min(most, Math.max(LEAST_INHERENT, moved));
    }
    return inherent;
  }

  /** By how much the likelihood of what was observed grows with the line's own loss, over how fast that changes. */
  #slope(inherent: number, bps: number): number {
    let [first, second] = [0, 0];
    for (let age = 0; age < Math.min(this.#observations, OBSERVATIONS); age++) {
      const ix = (this.#observations - 1 - age) % OBSERVATIONS;
      const loss = lossAt(inherent, bps, this.#sentBps[ix]!);
      const kept = this.#packets[ix]! - this.#lost[ix]!;
      const weight = AGING ** age;
      first += weight * (this.#lost[ix]! / loss - kept / (1 - loss));
      second -= weight * (this.#lost[ix]! / loss ** 2 + kept / (1 - loss) ** 2);
    }
    return second === 0 ? 0 : first / second;
  }

  /** How likely what was observed is, in logarithms, and how much the rate is preferred. */
  #worth(bps: number, inherent: number, averageLoss: number): number {
    const kbps = bps / 1000;
    const wish = Math.max(0, 1 - averageLoss / MOST_LOSS_FOR_BIAS);
    const bias = wish * (kbps * BIAS_PER_KBPS + BIAS_PER_LOG * Math.log(1 + kbps));
    let worth = 0;
    for (let age = 0; age < Math.min(this.#observations, OBSERVATIONS); age++) {
      const ix = (this.#observations - 1 - age) % OBSERVATIONS;
      const loss = lossAt(inherent, bps, this.#sentBps[ix]!);
      const [packets, lost] = [this.#packets[ix]!, this.#lost[ix]!];
      worth += AGING ** age * (lost * Math.log(loss) + (packets - lost) * Math.log(1 - loss) + bias * packets);
    }
    return worth;
  }
}

/** The part that is lost of what is sent with `sentBps` over a line of `bps` that loses `inherent` anyway. */
function lossAt(inherent: number, bps: number, sentBps: number): number {
  const loss = sentBps > bps ? inherent + (1 - inherent) * ((sentBps - bps) / sentBps) : inherent;
  return Math.min(1 - 1e-6, Math.max(1e-6, loss));
}
