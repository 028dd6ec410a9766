import type { CheckFields } from './check-fields.js';
import type { LiteAgent } from './lite-agent.js';

/** Without a check for so long there is no consent (RFC 7675 §5.1). Other sides check every 4 to 6 seconds. */
export const CONSENT_MS = 30_000;
/** Whoever has checked so lately has its address for itself; other sides check every 6 seconds or more often. */
const OWNED_MS = 10_000;
/**
 * So long after the first choice the best one counts, not the last: with aggressive nomination (RFC 5245 §8.1.1.2), which
 * Firefox keeps to, every pair that works is chosen, and the other side stays with the best of them.
 */
export const CHOOSING_MS = 3_000;

/** Whether an agent has lately been checked where it is. */
export function isLively(agent: LiteAgent, now: number): boolean {
  return agent.consentUntil - CONSENT_MS + OWNED_MS > now;
}

/** Whether a check with the present credentials says that the other side had rather be where it comes from. */
export function isPreferred(agent: LiteAgent, check: CheckFields, addressIx: number, now: number): boolean {
  if (agent.addressIx === addressIx || agent.trial?.addressIx === addressIx) return false;
  if (!check.useCandidate) return agent.nominated && !isLively(agent, now);
  const best = Math.max(agent.nominated ? agent.priority : 0, agent.trial?.priority ?? 0);
  return outranks(agent, check.priority, best, now);
}

/** Whether a choice of this priority counts in the place of one of that, made before. */
export function outranks(agent: LiteAgent, priority: number, before: number, now: number): boolean {
  return priority >= before || now >= agent.choosingUntil;
}
