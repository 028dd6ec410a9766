import type { FactOf } from '../record/index.js';
import { peerFinding } from './peer-finding.js';
import type { PeerView } from './peer-view.js';
import { NONE, type PeerRule } from './rule.js';

/** An offer and its answer take a round trip through the server, and a slow machine's time to make them. */
const ANSWER_MS = 6_000;
/** Somebody whose page reloads, or whose network changes, is back within this time. */
const AWAY_MS = 3_000;
/** What the browser refuses once is tried again at once. */
const REFUSED_MS = 2_500;

/** Nothing can be agreed with somebody whom the server does not reach. */
const otherSignalingAway: PeerRule = (view) => {
  const { member, openedMs, nowMs } = view;
  if (isAgreed(view) || openedMs === undefined || member?.connected !== false) return NONE;
  const sinceMs = Math.max(openedMs, member.atMs);
  if (nowMs - sinceMs < AWAY_MS) return NONE;
  return [peerFinding(view, 'other-signaling-away', waitsFor(view), 'blocks', sinceMs)];
};

/** A server's address that this browser does not take, or no connection at all. */
const connectionRefused: PeerRule = (view) => {
  const refused = view.facts.last('connection-refused');
  if (refused === undefined) return NONE;
  const severity = view.openedMs === undefined ? 'blocks' : 'impairs';
  const evidence = { url: refused.urls.join(', '), message: refused.message };
  return [peerFinding(view, 'connection-refused', 'offer', severity, refused.atMs, evidence)];
};

/** The thread that carried the call has died, or there is none that takes it: it is asked for again and again. */
const mediaServerAway: PeerRule = (view) => {
  const { facts } = view;
  const refused = facts.last('negotiation-failed', isWithoutServer);
  const died = facts.last('hung-up', ({ reason }) => reason === 'thread');
  if (refused === undefined && died === undefined) return NONE;
  const step = died === undefined ? waitsFor(view) : 'path';
  return [peerFinding(view, 'media-server-away', step, 'blocks', (died ?? refused)!.atMs)];
};

const noAnswer: PeerRule = (view) => {
  const { openedMs, nowMs, member } = view;
  if (isAgreed(view) || openedMs === undefined || member?.connected === false || isRefused(view)) return NONE;
  if (view.index.own.all('signaling').some(({ state }) => state === 'joined') && !isJoined(view)) return NONE;
  const offer = view.facts.first('description');
  const sinceMs = offer?.atMs ?? openedMs;
  if (nowMs - sinceMs < ANSWER_MS) return NONE;
  return [peerFinding(view, 'no-answer', waitsFor(view), 'blocks', sinceMs)];
};

const descriptionRefused: PeerRule = (view) => {
  const failed = view.facts.last('negotiation-failed', (fact) => !isWithoutServer(fact));
  if (failed === undefined || isAgreed(view) || !isRefused(view)) return NONE;
  return [peerFinding(view, 'description-refused', waitsFor(view), 'blocks', failed.atMs, { message: failed.message })];
};

/** Here all seems well, or the connection begins again and again: only the other side knows why. */
const descriptionRefusedByOther: PeerRule = (view) => {
  const sinceMs = view.reportedMs((report) => view.rowOf(report)?.refuses === true);
  if (sinceMs === undefined || view.connectedMs !== undefined) return NONE;
  return [peerFinding(view, 'description-refused-by-other', waitsFor(view), 'blocks', sinceMs)];
};

/** A section that was offered and comes back with port 0 is refused (RFC 8829 §5.3.1): there is no codec for it. */
const noCommonCodec: PeerRule = (view) => {
  const answer = view.facts.last('description', ({ kind }) => kind === 'answer');
  if (answer === undefined || view.describedMs === undefined) return NONE;
  const sections = answer.sdp.split(/^m=/m).slice(1);
  return (['audio', 'video'] as const).flatMap((kind) => {
    const refused = sections.find((section) => section.startsWith(`${kind} 0 `) && !section.includes('a=bundle-only'));
    const taken = sections.some((section) => section.startsWith(kind) && !section.startsWith(`${kind} 0 `));
    if (refused === undefined || taken) return [];
    const source = kind === 'audio' ? 'microphone' : 'camera';
    return [peerFinding(view, 'no-common-codec', 'answer', 'blocks', answer.atMs, { source, kind })];
  });
};

/** About offer and answer. */
export const negotiationCauses: readonly PeerRule[] = [
  otherSignalingAway,
  connectionRefused,
  mediaServerAway,
  noAnswer,
  descriptionRefused,
  descriptionRefusedByOther,
  noCommonCodec,
];

const isWithoutServer = ({ code }: FactOf<'negotiation-failed'>): boolean => code === 'media_unavailable';

const isAgreed = ({ describedMs, facts }: PeerView): boolean =>
  describedMs !== undefined && facts.first('description', ({ kind }) => kind === 'answer') !== undefined;

const waitsFor = ({ facts }: PeerView): 'offer' | 'answer' =>
  facts.first('description', ({ kind }) => kind === 'offer') === undefined ? 'offer' : 'answer';

/** For longer than a second try takes, or the second time in a row. */
function isRefused({ facts, nowMs, earlier }: PeerView): boolean {
  const failed = facts.last('negotiation-failed');
  if (failed === undefined) return false;
  return earlier?.last('negotiation-failed') !== undefined || nowMs - failed.atMs >= REFUSED_MS;
}

/** One's own way to the server is open: while it is not, no answer can come, and that is told already. */
function isJoined({ index }: PeerView): boolean {
  const last = index.own.all('signaling').at(-1);
  return last?.state === 'joined' || last?.state === 'resumed' || last?.state === 'open';
}
