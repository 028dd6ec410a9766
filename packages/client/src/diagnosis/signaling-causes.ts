import type { CauseId, Finding } from './finding.js';
import { isOutOfReach, lostSince } from './own-steps.js';
import { NONE, type OwnRule } from './rule.js';

/** A browser may be wrong for a moment while the network changes. */
const OFFLINE_MS = 1_000;

const offline: OwnRule = ({ own, nowMs }) => {
  const last = own.last('online');
  if (last?.online !== false || nowMs - last.atMs < OFFLINE_MS) return NONE;
  return [finding('offline', 'blocks', last.atMs)];
};

const serverUnreachable: OwnRule = (index) => {
  const since = lostSince(index);
  if (since === undefined || !isOutOfReach(index) || index.own.last('online')?.online === false) return NONE;
  const lost = index.own.all('signaling').filter(({ state, atMs }) => state === 'lost' && atMs >= since);
  return [finding('server-unreachable', 'blocks', since, { attempts: lost.length })];
};

/** It answered, and would not have us: a definite refusal, or the end of a membership by one. */
const serverRefused: OwnRule = ({ own }) => {
  const last = own.all('signaling').at(-1);
  const refused = last?.state === 'ended' ? own.last('signaling', ({ state }) => state === 'refused') : last;
  if (refused?.state !== 'refused' || (last?.state === 'ended' && last.code !== 'failed')) return NONE;
  return [finding('server-refused', 'blocks', refused.atMs, { code: refused.code ?? '' })];
};

/** Polling is what is left where something on the way does not let WebSockets through. */
const websocketBlocked: OwnRule = (index) => {
  const { own } = index;
  const last = own.last('signaling', ({ transport }) => transport !== undefined);
  if (last?.transport !== 'polling' || lostSince(index) !== undefined) return NONE;
  if (index.nowMs - last.atMs < UPGRADE_MS || own.all('signaling').at(-1)?.state === 'ended') return NONE;
  return [finding('websocket-blocked', 'impairs', last.atMs)];
};

/** A connection that began by polling goes over to WebSocket within a few seconds, if it can. */
const UPGRADE_MS = 5_000;

/** About the server. */
export const signalingCauses: readonly OwnRule[] = [offline, serverUnreachable, serverRefused, websocketBlocked];

function finding(
  cause: CauseId,
  severity: Finding['severity'],
  sinceMs: number,
  evidence: Finding['evidence'] = {},
): Finding {
  return { cause, step: 'signaling', severity, sinceMs, evidence };
}
