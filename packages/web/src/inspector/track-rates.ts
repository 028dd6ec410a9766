/** One direction of one track, between two readings of the browser's statistics. */
export interface TrackRate {
  readonly key: string;
  readonly direction: 'sent' | 'received';
  readonly kind: 'audio' | 'video';
  /** The id of the MediaStreamTrack on this side; undefined where the browser does not say. */
  readonly trackId: string | undefined;
  readonly codec: string | undefined;
  /** Undefined until there are two readings. */
  readonly kbps: number | undefined;
  readonly fps: number | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Share of packets lost on the way here since the last reading, 0…1; received tracks only. */
  readonly loss: number | undefined;
}

type Stat = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly type: string;
  readonly timestamp: number;
};
export type StatsReading = ReadonlyMap<string, Stat>;

/** W3C webrtc-stats §7: `outbound-rtp` and `inbound-rtp`, with bitrates as differences to the reading before. */
export function trackRates(now: StatsReading, before: StatsReading | undefined): readonly TrackRate[] {
  return [...now.values()]
    .filter((stat) => stat.type === 'outbound-rtp' || stat.type === 'inbound-rtp')
    .filter((stat) => stat.active !== false && (text(stat.kind) === 'audio' || text(stat.kind) === 'video'))
    .map((stat) => rateOf(stat, before?.get(stat.id), now))
    .sort((a, b) => a.key.localeCompare(b.key));
}

function rateOf(stat: Stat, before: Stat | undefined, all: StatsReading): TrackRate {
  const isSent = stat.type === 'outbound-rtp';
  const bytes = isSent ? 'bytesSent' : 'bytesReceived';
  const source = all.get(text(stat.mediaSourceId) ?? '');
  const mime = text(all.get(text(stat.codecId) ?? '')?.mimeType);
  const kind = text(stat.kind) === 'audio' ? 'audio' : 'video';
  return {
    key: `${isSent ? 'a' : 'b'} ${kind} ${stat.id}`,
    direction: isSent ? 'sent' : 'received',
    kind,
    trackId: text(isSent ? source?.trackIdentifier : stat.trackIdentifier),
    codec: mime?.slice(mime.indexOf('/') + 1),
    kbps: kbpsBetween(before, stat, bytes),
    fps: number(stat.framesPerSecond),
    width: number(stat.frameWidth),
    height: number(stat.frameHeight),
    loss: isSent ? undefined : lossBetween(before, stat),
  };
}

function kbpsBetween(before: Stat | undefined, now: Stat, field: string): number | undefined {
  const [from, to] = [number(before?.[field]), number(now[field])];
  const ms = now.timestamp - (before?.timestamp ?? now.timestamp);
  if (from === undefined || to === undefined || ms <= 0) return undefined;
  // Bits per millisecond are kilobits per second.
  return Math.max(0, ((to - from) * 8) / ms);
}

function lossBetween(before: Stat | undefined, now: Stat): number | undefined {
  if (!before) return undefined;
  const lost = (number(now.packetsLost) ?? 0) - (number(before.packetsLost) ?? 0);
  const received = (number(now.packetsReceived) ?? 0) - (number(before.packetsReceived) ?? 0);
  const sent = lost + received;
  return sent <= 0 ? 0 : Math.max(0, lost / sent);
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
