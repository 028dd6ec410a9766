import type { FactOf } from '../record/index.js';
import type { CauseId } from './finding.js';
import { peerFinding } from './peer-finding.js';
import type { PeerView } from './peer-view.js';
import { NONE, type PeerRule } from './rule.js';

/** Addresses of one's own machine come within milliseconds; so long a browser may be busy. */
const OWN_MS = 5_000;
/** Those of the other side have the way through the server. */
const OTHERS_MS = 8_000;
/** While one interface can't reach a server another may yet. */
const SETTLE_MS = 3_000;
/** A STUN or TURN server answers within a round trip or two; browsers themselves wait for it for 40 s. */
const SERVER_MS = 8_000;
/** So long without a way, and a server that is silent is no longer a detail. */
const NEEDED_MS = 12_000;
/** The server can't be reached at all (W3C WebRTC §4.8.1.3). */
const UNREACHABLE = 701;
/** By the code of the error (RFC 8656 §19); any other is a refusal of us. */
const TURN_CAUSES: Readonly<Record<number, CauseId>> = {
  [UNREACHABLE]: 'turn-unreachable',
  486: 'turn-quota',
  508: 'turn-full',
};

const noCandidates: PeerRule = (view) => {
  const { facts, nowMs, wayFoundMs } = view;
  const sent = facts.first('description', ({ direction }) => direction === 'sent');
  if (sent === undefined || wayFoundMs !== undefined || view.candidates('sent').length > 0) return NONE;
  const complete = facts.last('gathering')?.state === 'complete' || isEnded(view, 'sent');
  if (!complete && nowMs - sent.atMs < OWN_MS) return NONE;
  return [peerFinding(view, 'no-candidates', 'candidates-sent', 'blocks', sent.atMs)];
};

const noCandidatesFromOther: PeerRule = (view) => {
  const { describedMs, nowMs, wayFoundMs } = view;
  if (describedMs === undefined || wayFoundMs !== undefined || view.candidates('received').length > 0) return NONE;
  const graceMs = isEnded(view, 'received') ? SETTLE_MS : OTHERS_MS;
  if (nowMs - describedMs < graceMs) return NONE;
  return [peerFinding(view, 'no-candidates-from-other', 'candidates-received', 'blocks', describedMs)];
};

/** A server that was asked and gave nothing on any interface. One that is not needed, since there is a way, only impairs. */
const serverErrors: PeerRule = (view) => {
  const { facts, nowMs, wayFoundMs } = view;
  const settled = facts.last('gathering')?.state === 'complete' || isEnded(view, 'sent');
  const errors = new Map<string, FactOf<'candidate-error'>>();
  // A refusal says more than a time-out on another interface.
  for (const error of facts.all('candidate-error')) {
    const known = errors.get(error.url);
    if (known === undefined || (known.code === UNREACHABLE && error.code !== UNREACHABLE)) errors.set(error.url, error);
  }
  return [...errors.values()].flatMap((error) => {
    if (gaveCandidate(view, error.url) || (!settled && nowMs - error.atMs < SETTLE_MS)) return [];
    const isTurn = isTurnUrl(error.url);
    // A machine with an address of its own in the internet gets nothing new from STUN.
    if (!isTurn && wayFoundMs !== undefined) return [];
    const cause = isTurn ? (TURN_CAUSES[error.code] ?? 'turn-unauthorized') : 'stun-unreachable';
    const severity = hasFailed(view) ? 'blocks' : 'impairs';
    const evidence = { url: error.url, code: error.code, text: error.text };
    return [peerFinding(view, cause, 'candidates-sent', severity, error.atMs, evidence)];
  });
};

/** A server that has not answered while the browser still waits for it, and no way has been found without it. */
const silentServers: PeerRule = (view) => {
  const { facts, index, nowMs, wayFoundMs } = view;
  const sent = facts.first('description', ({ direction }) => direction === 'sent');
  const waits = facts.last('gathering')?.state === 'gathering' && !isEnded(view, 'sent');
  if (sent === undefined || wayFoundMs !== undefined || !waits || nowMs - sent.atMs < SERVER_MS) return NONE;
  const urls = index.own.last('ice-servers')?.urls ?? [];
  const silent = urls.filter((url) => facts.last('candidate-error', (error) => error.url === url) === undefined);
  return silent.flatMap((url) => {
    const type = isTurnUrl(url) ? 'relay' : 'srflx';
    if (view.candidates('sent').some((candidate) => candidate.type === type)) return [];
    const cause = isTurnUrl(url) ? 'turn-unreachable' : 'stun-unreachable';
    const severity = nowMs - sent.atMs >= NEEDED_MS ? 'blocks' : 'impairs';
    return [peerFinding(view, cause, 'candidates-sent', severity, sent.atMs, { url })];
  });
};

/** About the addresses of both sides. */
export const candidateCauses: readonly PeerRule[] = [noCandidates, noCandidatesFromOther, serverErrors, silentServers];

const isTurnUrl = (url: string): boolean => /^turns?:/i.test(url);

const hasFailed = ({ state, wayFoundMs }: PeerView): boolean => state === 'failed' && wayFoundMs === undefined;

const isEnded = ({ facts }: PeerView, direction: 'sent' | 'received'): boolean =>
  facts.first('candidates-end', (fact) => fact.direction === direction) !== undefined;

/** Where the browser does not say which server a candidate is from, any candidate of the kind counts. */
function gaveCandidate(view: PeerView, url: string): boolean {
  const type = isTurnUrl(url) ? 'relay' : 'srflx';
  const own = view.candidates('sent');
  // A server of both kinds gives addresses by the same URL.
  return own.some((candidate) =>
    candidate.url === undefined ? candidate.type === type : candidate.url === url && candidate.type !== 'host',
  );
}
