import type { CandidateFact, PairFact } from '../record/index.js';
import { isHidden, isLocal, networkOf } from './networks.js';
import { peerFinding } from './peer-finding.js';
import type { PeerView } from './peer-view.js';
import { NONE, type PeerRule } from './rule.js';

/** Browsers themselves give up after about this time; a way found later is found all the same. */
const CHECKS_MS = 12_000;
/** A way that has dropped out often comes back by itself. */
const DROPPED_MS = 1_500;
const DTLS_MS = 8_000;
/** A pair that a relay refuses fails within a round trip; one that nobody answers is checked for many seconds. */
const FEW_CHECKS = 3;

/** Both sides have told addresses, and none of them leads to the other: why, by what kind of addresses they are. */
const noWay: PeerRule = (view) => {
  if (!isWithoutWay(view)) return NONE;
  const [own, others] = [view.candidates('sent'), view.candidates('received')];
  const sinceMs = view.facts.first('ice', ({ state }) => state === 'checking')?.atMs ?? view.describedMs ?? 0;
  const evidence = {
    own: kinds(own),
    other: kinds(others),
    pairs: view.pairs.length,
    checks: view.pairs.reduce((sum, { requestsSent }) => sum + requestsSent, 0),
  };
  const cause = isRefusedByRelay(view) ? 'relay-refuses-other' : causeOf(own, others);
  return [peerFinding(view, cause, 'checks', 'blocks', sinceMs, evidence)];
};

function causeOf(own: readonly CandidateFact[], others: readonly CandidateFact[]) {
  const reachFar = [...own, ...others].some((candidate) => !isLocal(candidate));
  if (reachFar) return 'checks-unanswered';
  if ([own, others].some((side) => side.every(({ address }) => isHidden(address)))) return 'hidden-addresses';
  const networks = new Set(own.map(({ address }) => networkOf(address)));
  const meet = others.some(({ address }) => networks.has(networkOf(address)) && !isHidden(address));
  return meet ? 'checks-unanswered' : 'only-local-addresses';
}

const pathLost: PeerRule = (view) => {
  const { connectedMs, state, stateMs, nowMs } = view;
  if (connectedMs === undefined || (state !== 'disconnected' && state !== 'failed')) return NONE;
  if (view.facts.last('dtls')?.state === 'failed') return NONE;
  if (state === 'disconnected' && nowMs - stateMs < DROPPED_MS) return NONE;
  const dropped = view.facts.all('connection').findLast(({ state }) => state === 'connected');
  const next = view.facts.first('connection', ({ atMs }) => atMs > (dropped?.atMs ?? 0));
  return [peerFinding(view, 'path-lost', 'path', 'blocks', next?.atMs ?? stateMs)];
};

const dtlsFailed: PeerRule = (view) => {
  const { facts, wayFoundMs, connectedMs, nowMs, state } = view;
  if (wayFoundMs === undefined) return NONE;
  const last = facts.last('dtls');
  const isBroken = last?.state === 'failed' || (state === 'failed' && connectedMs === undefined);
  const isStuck = connectedMs === undefined && state === 'connecting' && nowMs - wayFoundMs >= DTLS_MS;
  if (!isBroken && !isStuck) return NONE;
  const sinceMs = last?.state === 'failed' ? last.atMs : wayFoundMs;
  return [peerFinding(view, 'dtls-failed', 'dtls', 'blocks', sinceMs)];
};

/** About the way between the two sides. */
export const pathCauses: readonly PeerRule[] = [noWay, pathLost, dtlsFailed];

/** As long as pairs are tested, and time is left for it, nothing is wrong. */
function isWithoutWay(view: PeerView): boolean {
  const { wayFoundMs, describedMs, state, nowMs } = view;
  if (wayFoundMs !== undefined || describedMs === undefined) return false;
  if (view.candidates('sent').length === 0 || view.candidates('received').length === 0) return false;
  return state === 'failed' || view.facts.last('ice')?.state === 'failed' || nowMs - describedMs >= CHECKS_MS;
}

/**
 * Whether a relay of ours was hardly tried, though the other has addresses that it could reach: browsers drop a pair at once
 * when the server refuses the permission for it (403), and say nothing else of that.
 */
function isRefusedByRelay(view: PeerView): boolean {
  const families = new Set(view.candidates('sent').flatMap((own) => (own.type === 'relay' ? [familyOf(own)] : [])));
  const isReachable = (other: CandidateFact) =>
    other.protocol === 'udp' && !isHidden(other.address) && families.has(familyOf(other));
  const isTried = ({ local, requestsSent, responsesReceived }: PairFact) =>
    local.type === 'relay' && (requestsSent > FEW_CHECKS || responsesReceived > 0);
  return view.candidates('received').some(isReachable) && !view.pairs.some(isTried);
}

const familyOf = ({ address }: CandidateFact): 4 | 6 => (address.includes(':') ? 6 : 4);

const kinds = (candidates: readonly CandidateFact[]): string =>
  [...new Set(candidates.map(({ type }) => type))].toSorted().join(', ');
