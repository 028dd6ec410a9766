import type { Direction, PeerSample, TrackSample } from './fact.js';
import { oneOfEncodings } from './one-of-encodings.js';
import type { OriginOf } from './section-sources.js';
import { numberIn, type Row, type Rows, rowsOfType, textIn } from './stats-rows.js';

/** Turns readings of the browser's statistics into samples: rates are between a reading and the one before. */
export class Sampler {
  readonly #originOf: OriginOf;
  #before: Rows = new Map();

  constructor(originOf: OriginOf) {
    this.#originOf = originOf;
  }

  sample(rows: Rows): PeerSample {
    const transport = rowsOfType(rows, 'transport')[0];
    const pair = rows.get(String(transport?.selectedCandidatePairId)) ?? nominated(rows);
    const roundTripS = numberIn(pair, 'currentRoundTripTime');
    const outgoingBps = numberIn(pair, 'availableOutgoingBitrate');
    const sample: PeerSample = {
      ...(roundTripS === undefined ? {} : { roundTripMs: roundTripS * 1_000 }),
      ...(outgoingBps === undefined ? {} : { outgoingBps }),
      tracks: [
        ...oneOfEncodings(rowsOfType(rows, 'outbound-rtp')).flatMap((row) => this.#track(row, 'sent', rows)),
        ...rowsOfType(rows, 'inbound-rtp').flatMap((row) => this.#track(row, 'received', rows)),
      ],
    };
    this.#before = new Map([
      ...rows,
      ...oneOfEncodings(rowsOfType(rows, 'outbound-rtp')).map((row) => [row.id, row] as const),
    ]);
    return sample;
  }

  #track(row: Row, direction: Direction, rows: Rows): TrackSample[] {
    if (row.active === false || (row.kind !== 'audio' && row.kind !== 'video')) return [];
    const before = this.#before.get(row.id);
    const isSent = direction === 'sent';
    const from = isSent ? rows.get(String(row.mediaSourceId)) : row;
    const fields: Record<string, unknown> = {
      direction,
      kind: row.kind,
      ...this.#originOf(row),
      codec: textIn(rows.get(String(row.codecId)), 'mimeType')?.replace(/^\w+\//, ''),
      bps: perSecond(before, row, isSent ? 'bytesSent' : 'bytesReceived', 8),
      packets: numberIn(row, isSent ? 'packetsSent' : 'packetsReceived') ?? 0,
      ...(row.kind === 'video' ? pictures(row, before, isSent) : {}),
      ...(isSent ? this.#asReceived(row, rows) : { loss: lossBetween(before, row), jitterMs: ms(row, 'jitter') }),
      audioLevel: row.kind === 'audio' ? numberIn(from, 'audioLevel') : undefined,
      capturedPerSecond: isSent && row.kind === 'video' ? this.#captured(from) : undefined,
    };
    return [Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never];
  }

  /** What the receiver of a track we send reports of it. */
  #asReceived(row: Row, rows: Rows): Partial<TrackSample> {
    const report =
      rows.get(String(row.remoteId)) ??
      rowsOfType(rows, 'remote-inbound-rtp').find((remote) => remote.localId === row.id);
    const lost = numberIn(report, 'fractionLost');
    const jitterMs = ms(report, 'jitter');
    return { ...(lost === undefined ? {} : { loss: lost }), ...(jitterMs === undefined ? {} : { jitterMs }) };
  }

  #captured(source: Row | undefined): number | undefined {
    if (source === undefined) return undefined;
    // Chromium leaves the rate out when it is nothing at all.
    return perSecond(this.#before.get(source.id), source, 'frames', 1) ?? numberIn(source, 'framesPerSecond');
  }
}

function pictures(row: Row, before: Row | undefined, isSent: boolean): Record<string, unknown> {
  const counter = isSent ? 'framesEncoded' : 'framesDecoded';
  const reason = textIn(row, 'qualityLimitationReason');
  return {
    frames: numberIn(row, counter),
    framesPerSecond: perSecond(before, row, counter, 1) ?? numberIn(row, 'framesPerSecond'),
    width: numberIn(row, 'frameWidth'),
    height: numberIn(row, 'frameHeight'),
    limitedBy: isSent ? reason : undefined,
    frozenS: isSent ? undefined : numberIn(row, 'totalFreezesDuration'),
  };
}

const ms = (row: Row | undefined, field: string): number | undefined => {
  const seconds = numberIn(row, field);
  return seconds === undefined ? undefined : seconds * 1_000;
};

/** How fast a counter grew since the reading before; undefined without one. */
function perSecond(before: Row | undefined, now: Row, field: string, factor: number): number | undefined {
  const [from, to] = [numberIn(before, field), numberIn(now, field)];
  const passedMs = (numberIn(now, 'timestamp') ?? 0) - (numberIn(before, 'timestamp') ?? 0);
  if (from === undefined || to === undefined || passedMs <= 0) return undefined;
  return Math.max(0, ((to - from) * factor * 1_000) / passedMs);
}

function lossBetween(before: Row | undefined, now: Row): number | undefined {
  if (before === undefined) return undefined;
  const lost = (numberIn(now, 'packetsLost') ?? 0) - (numberIn(before, 'packetsLost') ?? 0);
  const received = (numberIn(now, 'packetsReceived') ?? 0) - (numberIn(before, 'packetsReceived') ?? 0);
  return lost + received <= 0 ? 0 : Math.max(0, lost / (lost + received));
}

function nominated(rows: Rows): Row | undefined {
  const pairs = rowsOfType(rows, 'candidate-pair');
  return pairs.find((row) => row.selected === true) ?? pairs.find((row) => row.nominated === true);
}
