import type { TxTable } from '../ports/index.js';
import { ATTRIBUTE, FAMILY_CODE, type Family, type MessageWriter } from '../stun/index.js';
import type { Allocation, Opening } from './allocation.js';
import { type Answer, answer, refuse } from './answers.js';
import type { Relay } from './relay.js';
import type { TurnState } from './turn-state.js';

/** Ports that somebody else on this machine has are tried in vain; so many of them, and the family is given up. */
const MOST_TRIES = 8;

/** Asks for a socket of a family, or for a pair of them; false when there is no port. */
export function openRelay(state: TurnState, allocation: Allocation, family: Family): boolean {
  const opening = allocation.opening as Opening;
  const [relay, companion] = state.relays.open(allocation.transport, family, opening.wish);
  if (relay === undefined) return false;
  relay.allocation = allocation;
  allocation.relays.push(relay);
  opening.waitingFor.add(relay);
  if (companion !== undefined) {
    companion.allocation = allocation;
    opening.companion = companion;
    opening.waitingFor.add(companion);
  }
  return true;
}

/** A socket is there: the last one that was waited for completes the allocation. */
export function relayOpened(state: TurnState, relay: Relay, now: number, tx: TxTable): void {
  const { allocation } = relay;
  if (!allocation?.opening?.waitingFor.delete(relay)) return;
  if (allocation.opening.waitingFor.size === 0) complete(state, allocation, now, tx);
}

/** A socket could not be opened: another port is tried. */
export function relayRefused(state: TurnState, relay: Relay, now: number, tx: TxTable): void {
  const { allocation, family } = relay;
  const opening = allocation?.opening;
  if (!allocation || !opening) return;
  giveUp(state, allocation, opening, relay);
  opening.tries++;
  const isOpening = opening.tries < MOST_TRIES && openRelay(state, allocation, family);
  if (!isOpening) allocation.refused.push({ family, code: 508 });
  if (opening.waitingFor.size === 0) complete(state, allocation, now, tx);
}

/** Of a pair neither half is of use without the other. */
function giveUp(state: TurnState, allocation: Allocation, opening: Opening, relay: Relay): void {
  const { companion } = opening;
  const given = companion === null ? [relay] : [...allocation.relays, companion];
  for (const each of given) {
    each.allocation = null;
    opening.waitingFor.delete(each);
    state.relays.close(each, each !== relay);
  }
  allocation.relays = allocation.relays.filter((each) => !given.includes(each));
  opening.companion = null;
}

/** Tells the client what it has, or that it has nothing. */
export function complete(state: TurnState, allocation: Allocation, now: number, tx: TxTable): void {
  const { envelope, companion } = allocation.opening as Opening;
  if (allocation.relays.length === 0) {
    answer(state, envelope, refuse(508), tx);
    state.end(allocation, 'no_ports', now);
    return;
  }
  if (companion !== null) {
    companion.allocation = null;
    allocation.reservationToken = state.reservations.add(companion, allocation.identity.account, now);
  }
  allocation.opening = null;
  for (const relay of allocation.relays) relay.expiresAtMs = now + allocation.lifetimeMs;
  state.schedule(allocation);
  answer(state, envelope, allocated(allocation), tx);
}

/** The success response to Allocate (RFC 8656 §7.2), the same each time. */
export function allocated(allocation: Allocation): Answer {
  return { type: 'success', write: (writer) => writeAllocated(allocation, writer) };
}

function writeAllocated(allocation: Allocation, writer: MessageWriter): void {
  for (const relay of allocation.relays) writer.addXorAddress(ATTRIBUTE.XOR_RELAYED_ADDRESS, relay.announced);
  writer.addU32(ATTRIBUTE.LIFETIME, Math.floor(allocation.lifetimeMs / 1_000));
  if (allocation.reservationToken !== null) writer.add(ATTRIBUTE.RESERVATION_TOKEN, allocation.reservationToken);
  writer.addXorAddress(ATTRIBUTE.XOR_MAPPED_ADDRESS, allocation.client);
  for (const { family, code } of allocation.refused) {
    const value = Uint8Array.of(FAMILY_CODE[family], 0, Math.floor(code / 100), code % 100);
    writer.add(ATTRIBUTE.ADDRESS_ERROR_CODE, value);
  }
}
