import type { Usage } from './delay-trend.js';

/** What is left of the rate that arrives when a queue builds up (draft-ietf-rmcat-gcc-02 §5.5). */
const BETA = 0.85;
/** Growth a second while the line's capacity is not known. */
const GROWTH = 1.08;
const LEAST_STEP_BPS = 1_000;
/** The estimate stays below what arrives by so much: of what was not tried nothing is known. */
const AHEAD = 1.5;
const AHEAD_BPS = 10_000;
const PACKET_BYTES = 1_200;
const FRAMES_A_SECOND = 30;
const RESPONSE_MS = 100;
const LEAST_SLOPE_BPS = 4_000;
/** How fast the memory of the capacity follows, and how far off it may be. */
const CAPACITY_SHARE = 0.05;
const FIRST_DEVIATION = 0.4;
const DEVIATIONS = 3;

/**
 * The estimate by delay: it grows while no queue does, and falls below what arrives when one builds up; then it waits until
 * the queue is gone (draft-ietf-rmcat-gcc-02 §5.5). Near the rate at which queues built up before it grows by about a
 * packet in a response time, elsewhere by 8 % a second. In bits a second.
 */
export class RateControl {
  bps: number;
  #state: 'increase' | 'hold' = 'increase';
  readonly #leastBps: number;
  readonly #mostBps: number;
  /** At which rate queues built up, smoothed, and how far apart those rates were; -1: not known. */
  #capacityBps = -1;
  #deviation = FIRST_DEVIATION;
  #changedMs = -1;
  #decreasedMs = Number.NEGATIVE_INFINITY;

  constructor(startBps: number, leastBps: number, mostBps: number) {
    this.bps = startBps;
    this.#leastBps = leastBps;
    this.#mostBps = mostBps;
  }

  /** Feedback was read. `arrivedBps` -1: not known yet. */
  update(usage: Usage, arrivedBps: number, roundTripMs: number, now: number): void {
    const elapsedMs = this.#changedMs < 0 ? 0 : now - this.#changedMs;
    this.#changedMs = now;
    if (usage === 'over') this.#decrease(arrivedBps, roundTripMs, now);
    else if (usage === 'under') this.#state = 'hold';
    else if (this.#state === 'hold') this.#state = 'increase';
    else this.#increase(arrivedBps, roundTripMs, Math.min(elapsedMs, 1000));
  }

  /** A probe has shown what passes. */
  probed(bps: number): void {
    this.#set(bps);
    if (this.#capacityBps >= 0 && bps > this.#upper()) this.#forgetCapacity();
  }

  #decrease(arrivedBps: number, roundTripMs: number, now: number): void {
    this.#state = 'hold';
    // Once in a response time: what is sent now meets the queue that was there before. Far below, at once.
    const isSoon = now - this.#decreasedMs < roundTripMs + RESPONSE_MS;
    if (isSoon && (arrivedBps < 0 || arrivedBps > this.bps / 2)) return;
    this.#decreasedMs = now;
    if (arrivedBps < 0) {
      this.#set(this.bps / 2);
      return;
    }
    const bps = BETA * arrivedBps;
    if (this.#capacityBps >= 0 && arrivedBps < this.#lower()) this.#forgetCapacity();
    this.#noteCapacity(arrivedBps);
    if (bps < this.bps) this.#set(bps);
  }

  #increase(arrivedBps: number, roundTripMs: number, elapsedMs: number): void {
    const mostBps = arrivedBps < 0 ? Number.POSITIVE_INFINITY : AHEAD * arrivedBps + AHEAD_BPS;
    if (this.#capacityBps >= 0 && arrivedBps > this.#upper()) this.#forgetCapacity();
    if (this.bps >= mostBps) return;
    const step =
      this.#capacityBps >= 0
        ? (this.#slopeBps(roundTripMs) * elapsedMs) / 1000
        : Math.max(this.bps * (GROWTH ** (elapsedMs / 1000) - 1), LEAST_STEP_BPS * (elapsedMs / 1000));
    this.#set(Math.min(this.bps + step, mostBps));
  }

  /** About a packet more in two response times. */
  #slopeBps(roundTripMs: number): number {
    const frameBytes = this.bps / 8 / FRAMES_A_SECOND;
    const packetBytes = frameBytes / Math.max(1, Math.ceil(frameBytes / PACKET_BYTES));
    return Math.max(LEAST_SLOPE_BPS, (packetBytes * 8000) / (2 * (roundTripMs + RESPONSE_MS)));
  }

  #noteCapacity(bps: number): void {
    const before = this.#capacityBps;
    this.#capacityBps = before < 0 ? bps : (1 - CAPACITY_SHARE) * before + CAPACITY_SHARE * bps;
    const norm = Math.max(this.#capacityBps / 1000, 1);
    const off = (this.#capacityBps - bps) / 1000;
    const deviation = (1 - CAPACITY_SHARE) * this.#deviation + (CAPACITY_SHARE * off * off) / norm;
    this.#deviation = Math.min(2.5, Math.max(FIRST_DEVIATION, deviation));
  }

  #forgetCapacity(): void {
    this.#capacityBps = -1;
  }

  #spread(): number {
    return DEVIATIONS * Math.sqrt((this.#deviation * this.#capacityBps) / 1000) * 1000;
  }

  #upper(): number {
    return this.#capacityBps + this.#spread();
  }

  #lower(): number {
    return this.#capacityBps - this.#spread();
  }

  #set(bps: number): void {
    this.bps = Math.min(this.#mostBps, Math.max(this.#leastBps, bps));
  }
}
