import type { Source } from '@madang/protocol';
import { isOpen } from './own-media.js';
import { peerFinding } from './peer-finding.js';
import type { PeerView, TrackAt } from './peer-view.js';
import { NONE, type PeerRule } from './rule.js';

/** After a way is open, or a source was switched on, packets and pictures take a moment. */
const BEGIN_MS = 4_000;
/** So long nothing may come or go before it has ceased to. */
const STILL_MS = 4_000;
/** Without the word of the other side that it sends, one waits longer before calling it lost. */
const UNTOLD_MS = 7_000;
const DECODE_MS = 5_000;
const RENDER_MS = 3_000;

const SEEN = ['microphone', 'camera', 'screen'] as const;
type Seen = (typeof SEEN)[number];

/** A source of one's own is on, and no packet of it leaves towards this member; or the member says so of its own. */
const senderStalled: PeerRule = (view) => {
  const connected = flowingMs(view);
  if (connected === undefined) return NONE;
  const own = SEEN.filter((source) => isStalled(view, source, connected)).map((source) =>
    peerFinding(view, 'sender-stalled', 'first-sent', 'blocks', sinceStill(view, 'sent', source), {
      source,
      side: 'own',
    }),
  );
  const others = SEEN.flatMap((source) => {
    const sinceMs = view.reportedMs((report) => view.rowOf(report)?.sends[source] === 'stalled');
    if (sinceMs === undefined || view.offers(source) !== 'on') return [];
    return [peerFinding(view, 'sender-stalled', 'first-rendered', 'blocks', sinceMs, { source, side: 'other' })];
  });
  return [...own, ...others];
};

const otherCapture: PeerRule = (view) =>
  SEEN.flatMap((source) => {
    const word = view.report?.own[source];
    const sinceMs = view.reportedMs((report) => report.own[source] === word) ?? 0;
    const tell = (cause: 'other-muted-by-system' | 'other-silent' | 'other-without-device') => [
      peerFinding(view, cause, 'first-rendered', cause === 'other-without-device' ? 'impairs' : 'blocks', sinceMs, {
        source,
      }),
    ];
    if (word === 'failed') return tell('other-without-device');
    if (view.offers(source) === 'off' || view.offers(source) === 'muted') return [];
    if (word === 'silent') return tell('other-silent');
    return word === 'system-muted' || word === 'frozen' ? tell('other-muted-by-system') : [];
  });

/** The other side sends, as it says, and nothing comes here. */
const mediaDropped: PeerRule = (view) => {
  const connected = flowingMs(view);
  if (connected === undefined || view.samples(STILL_MS).length < 2) return NONE;
  return SEEN.filter((source) => isMissing(view, source, connected)).map((source) =>
    peerFinding(view, 'media-dropped', 'first-rendered', 'blocks', sinceStill(view, 'received', source), { source }),
  );
};

/** What comes is encrypted from end to end, and not with the key that there is here. */
const encryptionLocked: PeerRule = (view) => {
  const { lockedMs } = view;
  if (lockedMs === undefined || flowingMs(view) === undefined) return NONE;
  return [peerFinding(view, 'encryption-locked', 'first-rendered', 'blocks', lockedMs)];
};

/** Packets come, and no picture can be made of them. */
const notDecoded: PeerRule = (view) => {
  if (flowingMs(view) === undefined || view.lockedMs !== undefined) return NONE;
  return (['camera', 'screen'] as const).flatMap((source) => {
    const track = view.track('received', source, DECODE_MS + 1_500);
    const [from, to] = [track[0], track.at(-1)];
    if (from === undefined || to === undefined || to.atMs - from.atMs < DECODE_MS) return [];
    if (view.offers(source) !== 'on' && view.offers(source) !== 'unknown') return [];
    // A still screen sends little: what comes must be more than what keeps a connection alive.
    const isComing = to.packets - from.packets >= 50;
    if (!isComing || (to.frames ?? 0) > (from.frames ?? 0)) return [];
    const codec = to.codec === undefined ? {} : { codec: to.codec };
    return [peerFinding(view, 'not-decoded', 'first-rendered', 'blocks', from.atMs, { source, ...codec })];
  });
};

/** The browser plays no sound before the person has touched the page. */
const soundBlocked: PeerRule = (view) =>
  (['microphone', 'screen-audio'] as const).flatMap((source) => {
    const last = view.playback(source);
    if (last?.state !== 'blocked' || flowingMs(view) === undefined) return [];
    if (view.offers(source) === 'off') return [];
    return [peerFinding(view, 'sound-blocked', 'first-rendered', 'blocks', last.atMs, { source })];
  });

/** There are pictures, or there is sound, and the element that is to show or play them does not. */
const notRendered: PeerRule = (view) => {
  const { nowMs, index } = view;
  if (flowingMs(view) === undefined || index.own.last('visible')?.visible === false) return NONE;
  return SEEN.flatMap((source) => {
    const last = view.playback(source);
    if (last === undefined || nowMs - last.atMs < RENDER_MS) return [];
    if (view.offers(source) === 'off' || view.offers(source) === 'muted') return [];
    const decoded = view.firstMs('frame-decoded', source);
    const isDark = source !== 'microphone' && view.firstMs('frame-rendered', source) === undefined;
    const isMissed = last.state === 'paused' || (last.state === 'playing' && isDark);
    if (!isMissed || decoded === undefined || nowMs - decoded < RENDER_MS) return [];
    return [peerFinding(view, 'not-rendered', 'first-rendered', 'blocks', Math.max(last.atMs, decoded), { source })];
  });
};

/** About what goes over the way that was found. */
export const flowCauses: readonly PeerRule[] = [
  otherCapture,
  senderStalled,
  mediaDropped,
  encryptionLocked,
  notDecoded,
  soundBlocked,
  notRendered,
];

/** Since when there is a way; undefined while there is none, or it has only just been found. */
function flowingMs({ state, facts, nowMs }: PeerView): number | undefined {
  const since = facts.last('connection')?.atMs;
  return state !== 'connected' || since === undefined || nowMs - since < BEGIN_MS ? undefined : since;
}

/** A source that is on, and of which no packet has left for seconds, though it gives something. */
export function isStalled(view: PeerView, source: Seen, connectedMs: number): boolean {
  const own = view.index.sources.get(source);
  if (!view.sends(source) || !isOpen(own) || own.heldBackMs !== undefined) return false;
  const wantedMs = view.wantedMs(source);
  if (wantedMs === undefined) return false;
  if (view.nowMs - Math.max(own.sinceMs, connectedMs, wantedMs) < BEGIN_MS + STILL_MS) return false;
  const samples = view.samples(STILL_MS + 1_500);
  if (samples.length < 3) return false;
  const track = view.track('sent', source, STILL_MS + 1_500);
  // A camera that gives no pictures, or a screen on which nothing moves, sends nothing, and rightly so.
  if (source === 'screen' || track.some(({ capturedPerSecond }) => capturedPerSecond === 0)) return false;
  return isStill(track);
}

function isMissing(view: PeerView, source: Seen, connectedMs: number): boolean {
  if (view.offers(source) !== 'on' || !view.isForwarded(source)) return false;
  const sends = view.rowOf(view.report)?.sends[source];
  const captures = view.report?.own[source];
  // The reason is on the other side, and told as such.
  if (sends === 'stalled' || sends === 'unconnected' || sends === 'off') return false;
  if (captures !== undefined && captures !== 'live' && captures !== 'silent') return false;
  if (source === 'screen' && sends !== 'sending') return false;
  const graceMs = sends === 'sending' ? BEGIN_MS + STILL_MS : BEGIN_MS + UNTOLD_MS;
  if (view.nowMs - Math.max(view.offeredMs(source), connectedMs) < graceMs) return false;
  const windowMs = sends === 'sending' ? STILL_MS : UNTOLD_MS;
  if (source === 'screen') return view.track('received', source, windowMs).every(({ packets }) => packets === 0);
  return view.samples(windowMs).length >= 3 && isStill(view.track('received', source, windowMs + 1_500));
}

/** Not one packet more from the first to the last, or no such track at all. */
export function isStill(track: readonly TrackAt[]): boolean {
  const [from, to] = [track[0], track.at(-1)];
  if (from === undefined || to === undefined) return true;
  return to.packets === from.packets && to.atMs - from.atMs >= STILL_MS - 1_500;
}

/** When the count of packets moved the last time. */
function sinceStill(view: PeerView, direction: 'sent' | 'received', source: Source): number {
  const all = view.track(direction, source, Number.POSITIVE_INFINITY);
  const packets = all.at(-1)?.packets;
  const moved = all.findLastIndex((track) => track.packets !== packets);
  return all[moved + 1]?.atMs ?? view.connectedMs ?? 0;
}
