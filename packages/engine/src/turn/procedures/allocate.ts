import { sameBytes } from '../../bytes/index.js';
import { ATTRIBUTE, type Family, familyFromCode, type StunMessage } from '../../stun/index.js';
import type { Allocation, FamilyRefusal } from '../allocation.js';
import { type Answer, LATER, notUnderstood, refuse } from '../answers.js';
import { DEFAULT_LIFETIME_MS, desiredLifetimeMs } from '../lifetime.js';
import { allocated, openRelay } from '../openings.js';
import type { RelayTransport } from '../relay.js';
import type { PortWish } from '../relay-ports.js';
import type { TurnRequest } from '../turn-request.js';
import type { TurnState } from '../turn-state.js';

/** What an Allocate request asks for, as far as it can be had. */
interface Plan {
  readonly transport: RelayTransport;
  readonly families: readonly Family[];
  readonly wish: PortWish;
  readonly token: Uint8Array | null;
  readonly refused: readonly FamilyRefusal[];
}

const PROTOCOL = { 6: 'tcp', 17: 'udp' } as const;

/** RFC 8656 §7.2, step by step, with the exceptions of RFC 6062 §5.1. */
export function allocate(state: TurnState, request: TurnRequest): Answer {
  // 1. The request has been authenticated.
  // 2. The 5-tuple must not be in use, but for the same request sent again (§5).
  const current = state.allocationOf(request.envelope.path);
  if (current !== null) return again(current, request);
  const plan = planOf(state, request);
  if ('type' in plan) return plan;
  // 10. The quota of the user.
  const { limits } = state.options;
  const used = state.accounts.get(request.identity.account)?.allocations ?? 0;
  if (used >= limits.allocationsPerUser) return refuse(486);
  if (state.allocations.size >= limits.allocations) return refuse(508);
  // 11. We redirect nobody (300).
  return create(state, request, plan);
}

function again(current: Allocation, request: TurnRequest): Answer {
  const isSame = sameBytes(current.transaction, request.envelope.transaction);
  if (!isSame || current.identity.username !== request.identity.username) return refuse(437);
  return current.opening === null ? allocated(current) : LATER;
}

function planOf(state: TurnState, request: TurnRequest): Plan | Answer {
  const { message, envelope, identity } = request;
  // 3. REQUESTED-TRANSPORT.
  const transport = transportOf(state, message);
  if (typeof transport !== 'string') return transport;
  const token = message.value(ATTRIBUTE.RESERVATION_TOKEN);
  const evenPort = message.value(ATTRIBUTE.EVEN_PORT);
  if (transport === 'tcp') {
    const isUdpOnly = message.has(ATTRIBUTE.DONT_FRAGMENT) || token !== null || evenPort !== null;
    if (isUdpOnly || !state.isOverTcp(envelope.path)) return refuse(400);
  }
  // 4. DONT-FRAGMENT, if we cannot set the DF bit.
  if (message.has(ATTRIBUTE.DONT_FRAGMENT) && !state.options.dontFragment)
    return notUnderstood([ATTRIBUTE.DONT_FRAGMENT]);
  // 5. RESERVATION-TOKEN.
  const requested = message.value(ATTRIBUTE.REQUESTED_ADDRESS_FAMILY);
  const additional = message.value(ATTRIBUTE.ADDITIONAL_ADDRESS_FAMILY);
  if (token !== null) {
    if (evenPort !== null || requested !== null || additional !== null || token.length !== 8) return refuse(400);
    if (state.reservations.find(token, identity.account) === null) return refuse(508);
    return { transport, families: [], wish: 'any', token: token.slice(), refused: [] };
  }
  // 6. REQUESTED-ADDRESS-FAMILY and ADDITIONAL-ADDRESS-FAMILY exclude each other.
  if (requested !== null && additional !== null) return refuse(400);
  if ([requested, additional].some((value) => value !== null && value.length !== 4)) return refuse(400);
  // 7. The requested family, IPv4 unless another is named.
  const family = requested === null ? 4 : familyFromCode(requested[0]!);
  const isThere = family !== null && state.relays.has(family);
  if (additional === null && !isThere) return refuse(440);
  // 8. EVEN-PORT. Whether there is such a port shows when it is taken.
  if (evenPort !== null && evenPort.length !== 1) return refuse(400);
  const wish = evenPort === null ? 'any' : evenPort[0]! >= 0x80 ? 'pair' : 'even';
  if (wish === 'pair' && additional !== null) return refuse(400);
  if (additional === null) return { transport, families: [family as Family], wish, token: null, refused: [] };
  // 9. ADDITIONAL-ADDRESS-FAMILY: both, or the one that can be had.
  if (familyFromCode(additional[0]!) !== 6) return refuse(400);
  const families = ([4, 6] as const).filter((each) => state.relays.has(each));
  const refused = ([4, 6] as const)
    .filter((each) => !state.relays.has(each))
    .map((each) => ({ family: each, code: 440 as const }));
  return families.length === 0 ? refuse(508) : { transport, families, wish, token: null, refused };
}

function transportOf(state: TurnState, message: StunMessage): RelayTransport | Answer {
  const value = message.value(ATTRIBUTE.REQUESTED_TRANSPORT);
  if (value?.length !== 4) return refuse(400);
  const transport = PROTOCOL[value[0] as keyof typeof PROTOCOL] as RelayTransport | undefined;
  return transport === undefined || (transport === 'tcp' && !state.options.tcpRelays) ? refuse(442) : transport;
}

function create(state: TurnState, request: TurnRequest, plan: Plan): Answer {
  const { message, envelope, client, identity, now } = request;
  const lifetimeMs = desiredLifetimeMs(message, state.options.limits.longestLifetimeMs);
  if (lifetimeMs === null) return refuse(400);
  const { transport, wish } = plan;
  const wanted = { transport, wish, lifetimeMs: lifetimeMs || DEFAULT_LIFETIME_MS };
  const allocation = state.begin(envelope, client, identity, wanted, now);
  allocation.refused = [...plan.refused];
  if (plan.token !== null) return takeReserved(state, allocation, plan.token, now);
  for (const family of plan.families) {
    if (!openRelay(state, allocation, family)) allocation.refused.push({ family, code: 508 });
  }
  if (allocation.relays.length > 0) return LATER;
  state.end(allocation, 'no_ports', now);
  return refuse(508);
}

function takeReserved(state: TurnState, allocation: Allocation, token: Uint8Array, now: number): Answer {
  const relay = state.reservations.take(token);
  if (relay === null) return refuse(508);
  relay.allocation = allocation;
  relay.expiresAtMs = now + allocation.lifetimeMs;
  allocation.relays.push(relay);
  allocation.opening = null;
  state.schedule(allocation);
  return allocated(allocation);
}
