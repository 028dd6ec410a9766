import type { Bottleneck } from '@madang/testkit';
import { Bandwidth } from '../../src/bwe/index.js';
import { TransportFeedback } from '../../src/rtp/index.js';
import { TransportArrivals } from '../../src/stream/index.js';

/** One tenth of a second of a run. Rates in bits a second. */
export interface Sample {
  readonly atS: number;
  readonly lineBps: number;
  readonly estimateBps: number;
  readonly sentBps: number;
  /** The longest that a packet waited in front of the line. */
  readonly queueMs: number;
  readonly packets: number;
  readonly lost: number;
}

interface RunParts {
  readonly seconds: number;
  /** What happens to the line, at every millisecond, with the time since the start in seconds. */
  readonly change?: (line: Bottleneck, atS: number) => void;
  /** What could be sent; infinity for all that passes. */
  readonly wishBps?: number;
}

const START_MS = 1_000;
const PACKET_BYTES = 1_100;
const PADDING_BYTES = 327;
const FRAME_MS = 33;
const SAMPLE_MS = 100;
const WAY_BACK_MS = 20;

/**
 * An encoder that sends thirty frames a second of as much as it may, over a line, to a receiver that tells of arrivals ten
 * times a second; in virtual time.
 */
export function elasticRun(
  line: Bottleneck,
  { seconds, change = () => {}, wishBps = Number.POSITIVE_INFINITY }: RunParts,
) {
  const bandwidth = new Bandwidth();
  bandwidth.isNumbered = true;
  const arrivals = new TransportArrivals(4096);
  const underWay: { readonly atMs: number; readonly seq16: number }[] = [];
  const feedbacks: { readonly atMs: number; readonly feedback: TransportFeedback }[] = [];
  const samples: Sample[] = [];
  let [credit, sentBytes, packets, lost, queueMs] = [0, 0, 0, 0, 0];
  const send = (bytes: number, now: number) => {
    const seq16 = bandwidth.sent.add(bytes, now);
    const atMs = line.send(bytes, now);
    sentBytes += bytes;
    packets++;
    if (atMs === null) lost++;
    else underWay.push({ atMs, seq16 });
  };
  for (let now = START_MS; now < START_MS + seconds * 1000; now++) {
    change(line, (now - START_MS) / 1000);
    for (; underWay.length > 0 && underWay[0]!.atMs <= now; underWay.shift())
      arrivals.received(underWay[0]!.seq16, underWay[0]!.atMs);
    for (let feedback = told(arrivals, now); feedback !== null; feedback = told(arrivals, now))
      feedbacks.push({ atMs: now + WAY_BACK_MS, feedback });
    for (; feedbacks.length > 0 && feedbacks[0]!.atMs <= now; feedbacks.shift())
      bandwidth.feedback(feedbacks[0]!.feedback, line.delayMs + WAY_BACK_MS, now);
    const bps = Math.min(bandwidth.bpsAt(now), wishBps);
    credit += (0.95 * bps) / 8000;
    for (; now % FRAME_MS === 0 && credit > PACKET_BYTES; credit -= PACKET_BYTES) send(PACKET_BYTES, now);
    if (now % 100 === 0) bandwidth.look(wishBps, now);
    const padding = bandwidth.probes.due(bandwidth.sent.bytes, now);
    for (let left = padding; left > 0; left -= PADDING_BYTES) send(PADDING_BYTES, now);
    if (padding >= 0) bandwidth.probes.wrote(bandwidth.sent.next);
    queueMs = Math.max(queueMs, line.waitMs(now));
    if ((now + 1) % SAMPLE_MS > 0) continue;
    const atS = (now + 1 - START_MS) / 1000;
    const sentBps = (sentBytes * 8000) / SAMPLE_MS;
    samples.push({ atS, lineBps: line.bps, estimateBps: bandwidth.bpsAt(now), sentBps, queueMs, packets, lost });
    [sentBytes, packets, lost, queueMs] = [0, 0, 0, 0];
  }
  return { samples, stats: bandwidth.stats(START_MS + seconds * 1000) };
}

function told(arrivals: TransportArrivals, now: number): TransportFeedback | null {
  const feedback = new TransportFeedback(4096);
  return arrivals.due(now, feedback) ? feedback : null;
}

/** The mean of a column between two times in seconds. */
export function mean(samples: readonly Sample[], column: keyof Sample, fromS: number, toS: number): number {
  const within = samples.filter(({ atS }) => atS > fromS && atS <= toS);
  return within.reduce((sum, sample) => sum + sample[column], 0) / within.length;
}

export function most(samples: readonly Sample[], column: keyof Sample, fromS: number, toS: number): number {
  return Math.max(...samples.filter(({ atS }) => atS > fromS && atS <= toS).map((sample) => sample[column]));
}
