import { ATTRIBUTE, familyFromCode } from '../../stun/index.js';
import { type Answer, refuse } from '../answers.js';
import { desiredLifetimeMs } from '../lifetime.js';
import type { AllocatedRequest } from '../turn-request.js';
import type { TurnState } from '../turn-state.js';

/** RFC 8656 §8.2. */
export function refresh(state: TurnState, { message, allocation, now }: AllocatedRequest): Answer {
  // A family that the allocation does not have; without one all of it is meant (§8.1).
  const requested = message.value(ATTRIBUTE.REQUESTED_ADDRESS_FAMILY);
  if (requested !== null && requested.length !== 4) return refuse(400);
  const family = requested === null ? null : familyFromCode(requested[0]!);
  const relays = allocation.relays.filter((relay) => requested === null || relay.family === family);
  if (relays.length === 0) return refuse(443);
  // The desired lifetime.
  const lifetimeMs = desiredLifetimeMs(message, state.options.limits.longestLifetimeMs);
  if (lifetimeMs === null) return refuse(400);
  if (lifetimeMs === 0) {
    for (const relay of relays) state.endRelay(allocation, relay, now);
    if (allocation.relays.length === 0) state.end(allocation, 'deleted', now);
  } else {
    for (const relay of relays) relay.expiresAtMs = now + lifetimeMs;
    allocation.lifetimeMs = lifetimeMs;
  }
  if (allocation.relays.length > 0) state.schedule(allocation);
  const seconds = Math.floor(lifetimeMs / 1_000);
  return { type: 'success', write: (writer) => writer.addU32(ATTRIBUTE.LIFETIME, seconds) };
}
