import { ATTRIBUTE, familyOf, mustBeUnderstood, type StunMessage } from '../../stun/index.js';
import { enterAddress, hostWords } from '../address-row.js';
import type { Allocation } from '../allocation.js';
import { UNDERSTOOD } from '../answers.js';
import type { TurnDrop } from '../turn-counts.js';
import type { TurnState } from '../turn-state.js';

/** What a Send indication wants sent, and where. */
export interface Sending {
  readonly data: { readonly at: number; readonly length: number };
  readonly peerIx: number;
  readonly portIx: number;
  readonly dontFragment: boolean;
}

/** RFC 8656 §11.2: what is to be sent, or why it is silently dropped. */
export function readSending(
  state: TurnState,
  message: StunMessage,
  allocation: Allocation,
  now: number,
): Sending | TurnDrop {
  // Both attributes.
  const peer = message.xorAddress(ATTRIBUTE.XOR_PEER_ADDRESS);
  const data = message.place(ATTRIBUTE.DATA);
  if (peer === null || data === null) return 'malformed';
  // Nothing that is not understood (RFC 8489 §6.3.2); DONT-FRAGMENT, if we can't set the DF bit.
  const dontFragment = message.has(ATTRIBUTE.DONT_FRAGMENT);
  if (message.attributes.some(({ type }) => mustBeUnderstood(type) && !UNDERSTOOD.has(type)))
    return 'unknown_attribute';
  if (dontFragment && !state.options.dontFragment) return 'unknown_attribute';
  // A permission for the host.
  const family = familyOf(peer.host);
  const relay = allocation.transport === 'udp' ? allocation.relayOf(family) : undefined;
  if (relay === undefined) return 'wrong_family';
  if (relay.expiresAtMs <= now) return 'no_allocation';
  const permission = allocation.permissions.find(family, ...hostWords(peer.host));
  if (permission === null || permission.expiresAtMs <= now) return 'no_permission';
  // Somebody who may be a peer, on this port too.
  const refusal = state.policy.refusal(peer.host, peer.port);
  if (refusal !== null) return refusal;
  const peerIx = enterAddress(state.ports.addresses, peer);
  if (peerIx < 0) return 'address_full';
  return { data: { at: data.at + 4, length: data.length }, peerIx, portIx: relay.portIx, dontFragment };
}
