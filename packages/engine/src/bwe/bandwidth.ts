import { NOT_ARRIVED, REFERENCE_TICKS, TICK_US, type TransportFeedback } from '../rtp/index.js';
import { ArrivedRate } from './arrived-rate.js';
import { DelayTrend, type Usage } from './delay-trend.js';
import { LossModel } from './loss-model.js';
import { Pace } from './pace.js';
import { PacketGroups } from './packet-groups.js';
import { PassingRate } from './passing-rate.js';
import { ProbePlan } from './probe-plan.js';
import { Probes } from './probes.js';
import { QueueDelay } from './queue-delay.js';
import { RateControl } from './rate-control.js';
import { SentPackets } from './sent-packets.js';

/** What is taken for granted until the first feedback, and what an estimate never leaves. In bits a second. */
export const START_BPS = 500_000;
export const LEAST_BPS = 40_000;
export const MOST_BPS = 100_000_000;
/** What a packet has on the wire beyond its payload: IPv4, UDP, RTP with its extensions, the tag of SRTP. */
export const OVERHEAD_BYTES = 72;
/** One who was sent something and told nothing for so long never tells: he is not limited. */
const MUTE_MS = 2_000;
/** One who has told before, and falls silent while he is sent something: his line may be gone. */
const SILENCE_MS = 1_000;
const SILENCE_SHARE = 0.7;
const ASSUMED_ROUND_TRIP_MS = 200;
/** What may be under way beyond a round trip before repetitions have to wait: feedback comes every 50 to 250 ms. */
const SLACK_MS = 400;
const PACKET_BYTES = 1_000;
/** A queue longer than this is emptied by sending less than arrives: the less the longer it is, down to a third. */
const STANDING_MS = 120;
const DRAIN_MS = 600;
const LEAST_SHARE = 1 / 3;
const STEADY_SHARE = 0.7;
/** No queue is taken for one that is shorter than this, or than so many times what arrivals vary by anyway. */
const LEAST_QUEUE_MS = 15;
const JITTERS = 2;
/** With so much in queues nothing is tried out. */
const CALM_MS = 50;
/** As with later ones, the estimate goes that far beyond what arrives. */
const FIRST_SHARE = 1.5;
/** A cut that leaves less than so much may be too deep: what arrived can have been little because little was sent. */
const FAR = 0.66;
/** Where arrivals vary, probes last so many times as long; where they vary by more than this, nothing is tried out. */
const PROBE_JITTERS = 8;
const MOST_JITTER_MS = 80;
const LONGEST_PROBE_MS = 400;
/** Where they vary by more than this, what came together tells nothing of the line. */
const PLAIN_JITTER_MS = 10;
const JITTER_SHARE = 1 / 16;

const MS_PER_TICK = TICK_US / 1000;

/** How one receiver's line stands. */
export interface BandwidthStats {
  /** What it takes, in bits a second; null when nobody has told. */
  readonly estimateBps: number | null;
  /** By which it is known. */
  readonly by: 'nothing' | 'transport' | 'remb';
  /** What arrives, in bits a second; null before it was told. */
  readonly arrivedBps: number | null;
  /** How long packets wait in queues on the way. */
  readonly queueMs: number;
  /** From 0 to 1, of the last seconds. */
  readonly loss: number;
  readonly usage: Usage;
  /** How often more was tried out. */
  readonly probes: number;
}

/**
 * How many bits a second the line to one receiver takes, by its transport-wide feedback: the smaller of an estimate by
 * delay and one by loss (draft-ietf-rmcat-gcc-02), helped by probes. Where it sends none, what it tells itself (REMB).
 *
 * A packet costs two stores when it is sent, and no allocation; the work is done with each feedback, ten times a second.
 */
export class Bandwidth {
  readonly sent = new SentPackets();
  readonly probes = new Probes();
  readonly pace = new Pace();
  /** Whether its packets have transport-wide numbers at all. */
  isNumbered = false;
  /** What the receiver says itself that it takes, in bits a second; -1 before. */
  rembBps = -1;
  readonly #plan = new ProbePlan();
  readonly #groups = new PacketGroups();
  readonly #trend = new DelayTrend();
  readonly #rate = new RateControl(START_BPS, LEAST_BPS, MOST_BPS);
  readonly #arrived = new ArrivedRate();
  readonly #passing = new PassingRate();
  readonly #loss = new LossModel();
  readonly #queue = new QueueDelay();
  /** What has a lower number was told of; -1 before the first feedback. */
  #toldTo = -1;
  #silentMs = -1;
  #firstSentMs = -1;
  #isBegun = false;
  #reference24 = -1;
  #referenceMs = 0;
  /** By how much groups of packets come earlier or later than they were sent, in the mean. */
  #jitterMs = 0;
  #roundTripMs = ASSUMED_ROUND_TRIP_MS;

  /** Whether the receiver tells when packets arrive. */
  get isTold(): boolean {
    return this.#toldTo >= 0;
  }

  /** Whether what it takes is more than a guess. */
  get isKnown(): boolean {
    return this.#arrived.bps >= 0 || (!this.isTold && this.rembBps >= 0);
  }

  /** What may be sent, in bits a second; infinity for one of whom nothing is known and nothing will be. */
  bpsAt(now: number): number {
    if (this.isTold) return this.#drained(LEAST_SHARE);
    if (this.rembBps >= 0) return Math.max(LEAST_BPS, this.rembBps);
    if (!this.isNumbered) return Number.POSITIVE_INFINITY;
    if (this.#firstSentMs < 0 && this.sent.next > 0) this.#firstSentMs = now;
    const isMute = this.#firstSentMs >= 0 && now - this.#firstSentMs >= MUTE_MS;
    return isMute ? Number.POSITIVE_INFINITY : START_BPS;
  }

  /**
   * The same with less regard to queues that have to become empty first, and to loss that would be there anyway: what is worth
   * to be kept meanwhile.
   */
  steadyBpsAt(now: number): number {
    if (!this.isTold) return this.bpsAt(now);
    const isOfLine = this.#queue.ms <= STANDING_MS && this.#loss.isOfLine;
    return isOfLine ? this.#rate.bps : this.#drained(STEADY_SHARE);
  }

  /** From 0 to 1, of the last seconds. */
  get loss(): number {
    return this.#loss.loss;
  }

  /** Whether a repetition may be sent now, or more than the line holds is under way already. */
  get mayRepeat(): boolean {
    if (!this.isTold) return true;
    const underWayMs = ((this.sent.next - this.#toldTo) * PACKET_BYTES * 8000) / this.#rate.bps;
    return underWayMs <= this.#roundTripMs + SLACK_MS;
  }

  /** Feedback came. `roundTripMs` -1: not known. Never throws for what it says. */
  feedback(feedback: TransportFeedback, roundTripMs: number, now: number): void {
    if (roundTripMs >= 0) this.#roundTripMs = roundTripMs;
    const base = this.sent.find(feedback.baseSeq16);
    if (base < 0) return;
    this.#follow(feedback.reference24);
    const end = Math.min(base + feedback.count, this.sent.next);
    let [told, lost, bytes] = [0, 0, 0];
    for (let number = base; number < end; number++) {
      const ticks = feedback.arrivalTicks[number - base]!;
      const size = this.sent.bytesOf(number);
      if (number >= this.#toldTo) {
        told++;
        bytes += size;
        if (ticks === NOT_ARRIVED) lost++;
      } else if (ticks !== NOT_ARRIVED && size > 0) lost--;
      if (ticks !== NOT_ARRIVED && size > 0) this.#take(number, size, this.#referenceMs + ticks * MS_PER_TICK, now);
    }
    this.#toldTo = Math.max(this.#toldTo, end);
    this.#silentMs = now;
    this.#queue.settle(now);
    this.#passing.settle();
    this.#estimate(told, lost, bytes, now);
  }

  /**
   * Does what silence calls for, and begins a probe where `needBps`, what could be used, is more than the line is known to
   * take. To be called a few times a second.
   */
  look(needBps: number, now: number): void {
    if (!this.isTold) return;
    if (this.sent.next > this.#toldTo && now - this.#silentMs >= SILENCE_MS) {
      this.#silentMs = now;
      this.#rate.bps = Math.max(LEAST_BPS, this.#rate.bps * SILENCE_SHARE);
    }
    if (this.probes.isPending || !this.#isCalm()) return;
    const jitterMs = this.#jitterMs;
    const target = this.#plan.next(this.bpsAt(now), Math.min(needBps, MOST_BPS), jitterMs, now);
    const leastMs = Math.min(LONGEST_PROBE_MS, PROBE_JITTERS * jitterMs);
    if (target > 0) this.probes.begin(target, leastMs, this.sent.next, this.sent.bytes, now);
  }

  stats(now: number): BandwidthStats {
    const by = this.isTold ? 'transport' : this.rembBps >= 0 ? 'remb' : 'nothing';
    return {
      estimateBps: by === 'nothing' ? null : this.bpsAt(now),
      by,
      arrivedBps: this.#arrived.bps < 0 ? null : this.#arrived.bps,
      queueMs: this.#queue.ms,
      loss: this.loss,
      usage: this.#usage(),
      probes: this.probes.begun,
    };
  }

  #isCalm(): boolean {
    if (this.#usage() === 'over' || this.pace.waiting > 0 || this.#jitterMs > MOST_JITTER_MS) return false;
    return this.#queue.ms <= Math.max(CALM_MS, JITTERS * this.#jitterMs);
  }

  /** What is left of the estimate as long as a queue has to become empty, at least the part `least`. */
  #drained(least: number): number {
    const { ms } = this.#queue;
    const bps = Math.min(this.#rate.bps, this.#loss.bps);
    if (ms <= STANDING_MS) return Math.max(LEAST_BPS, bps);
    const most = this.#arrived.bps < 0 ? bps : Math.min(bps, this.#arrived.bps);
    return Math.max(LEAST_BPS, most * Math.max(least, 1 - (ms - STANDING_MS) / DRAIN_MS));
  }

  /** Delays that grow while no packet waits are jitter. */
  #usage(): Usage {
    const isQueue = this.#queue.ms > Math.max(LEAST_QUEUE_MS, JITTERS * this.#jitterMs);
    return this.#trend.usage === 'over' && !isQueue ? 'normal' : this.#trend.usage;
  }

  /** What passed at first without a queue passes; the estimate need not begin below. */
  #begin(arrivedBps: number): void {
    this.#isBegun = true;
    const bps = FIRST_SHARE * arrivedBps;
    if (this.#queue.ms <= CALM_MS && bps > this.#rate.bps) this.#rate.probed(Math.min(bps, MOST_BPS));
  }

  /** The reference has 24 bits of 64 ms each, and wraps. */
  #follow(reference24: number): void {
    const step = this.#reference24 < 0 ? 0 : ((reference24 - this.#reference24) << 8) >> 8;
    this.#reference24 = reference24;
    this.#referenceMs += step * REFERENCE_TICKS * MS_PER_TICK;
  }

  #take(number: number, size: number, arrivedMs: number, now: number): void {
    const sentMs = now - this.sent.ageMs(number, now);
    this.sent.settle(number);
    this.#arrived.add(size, arrivedMs);
    this.#passing.add(size, arrivedMs);
    this.#queue.add(arrivedMs - sentMs);
    // A probe that finds the limit makes a queue for as long as it lasts, which is no trend.
    if (!this.probes.arrived(number, size, arrivedMs)) this.#compare(sentMs, arrivedMs);
  }

  #compare(sentMs: number, arrivedMs: number): void {
    const groups = this.#groups;
    if (!groups.add(sentMs, arrivedMs)) return;
    const { sentDeltaMs, arrivalDeltaMs } = groups;
    this.#trend.add(sentDeltaMs, arrivalDeltaMs, arrivedMs);
    this.#jitterMs += JITTER_SHARE * (Math.abs(arrivalDeltaMs - sentDeltaMs) - this.#jitterMs);
  }

  #estimate(told: number, lost: number, bytes: number, now: number): void {
    if (!this.#isBegun && this.#arrived.bps >= 0) this.#begin(this.#arrived.bps);
    const before = this.#rate.bps;
    const usage = this.#usage();
    // What queues up passes as fast as it can: a burst after little else is not cut to that little.
    const isPlain = usage === 'over' && this.#jitterMs <= PLAIN_JITTER_MS;
    const arrivedBps = isPlain ? Math.max(this.#arrived.bps, this.#passing.bps) : this.#arrived.bps;
    this.#rate.update(usage, arrivedBps, this.#roundTripMs, now);
    if (this.#rate.bps < FAR * before) this.#plan.fell(before, now);
    this.#loss.add(told, lost, bytes, this.#arrived.bps, this.#rate.bps, now);
    const isPending = this.probes.isPending;
    const shown = this.probes.result(this.#toldTo);
    if (!isPending || this.probes.isPending) return;
    this.#plan.shown(shown, now);
    if (shown > this.#rate.bps) {
      this.#rate.probed(shown);
      this.#arrived.raise(shown);
    }
    if (shown > 0) this.#loss.probed(shown);
  }
}
