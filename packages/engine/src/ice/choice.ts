import type { CheckFields } from './check-fields.js';
import type { LiteAgent, OwnSecret } from './lite-agent.js';

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

/**
 * Whether a check with these credentials says that the other side had rather be where it comes from. With those of before an
 * ICE restart it does as long as nothing was chosen with the new ones: Chromium goes on with them for good, from an address
 * that it has gathered since, where it had begun before our new ones reached it.
 */
export function isPreferred(
  agent: LiteAgent,
  check: CheckFields,
  secret: OwnSecret,
  addressIx: number,
  now: number,
): boolean {
  if (agent.addressIx === addressIx || agent.trial?.addressIx === addressIx) return false;
  if (secret !== agent.own) return check.useCandidate && triedPriority(agent) === 0;
  if (!check.useCandidate) return agent.nominated && !isLively(agent, now);
  const best = Math.max(agent.nominated ? agent.priority : 0, triedPriority(agent));
  return outranks(agent, check.priority, best, now);
}

/** That of the address which is being tried; 0 for none, or for one chosen with the credentials of before. */
export function triedPriority({ trial, own }: LiteAgent): number {
  return trial?.secret === own ? trial.priority : 0;
}

/** Whether a choice of this priority counts in the place of one of that, made before. */
export function outranks(agent: LiteAgent, priority: number, before: number, now: number): boolean {
  return priority >= before || now >= agent.choosingUntil;
}
