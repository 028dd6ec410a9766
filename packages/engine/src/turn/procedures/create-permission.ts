import { ATTRIBUTE, familyOf, readXorAddress } from '../../stun/index.js';
import { hostWords } from '../address-row.js';
import { type Answer, refuse, SUCCESS } from '../answers.js';
import { PERMISSION_MS } from '../permissions.js';
import type { AllocatedRequest } from '../turn-request.js';
import type { TurnState } from '../turn-state.js';

/** RFC 8656 §10.2. All of the peers that a request names get a permission, or none. */
export function createPermission(state: TurnState, { message, allocation, now }: AllocatedRequest): Answer {
  // At least one XOR-PEER-ADDRESS, none malformed.
  const peers = message.values(ATTRIBUTE.XOR_PEER_ADDRESS).map((value) => readXorAddress(value, message.bytes));
  if (peers.length === 0) return refuse(400);
  for (const peer of peers) {
    if (peer === null) return refuse(400);
    // Of a family that the allocation has.
    if (allocation.relayOf(familyOf(peer.host)) === undefined) return refuse(443);
    // Somebody who may be a peer.
    const refusal = state.policy.refusalOfHost(peer.host, peer.port);
    if (refusal !== null) {
      state.counts.dropped(refusal);
      return refuse(403);
    }
  }
  // Capacity.
  state.sweep(allocation, now);
  if (allocation.permissions.size + peers.length > state.options.limits.permissions) {
    const isNew = (host: Uint8Array) => allocation.permissions.find(familyOf(host), ...hostWords(host)) === null;
    const added = new Set(peers.filter((peer) => isNew(peer!.host)).map((peer) => peer!.host.join()));
    if (allocation.permissions.size + added.size > state.options.limits.permissions) return refuse(508);
  }
  // The port does not count.
  for (const peer of peers) {
    allocation.permissions.refresh(familyOf(peer!.host), hostWords(peer!.host), now + PERMISSION_MS);
  }
  state.schedule(allocation);
  return SUCCESS;
}
