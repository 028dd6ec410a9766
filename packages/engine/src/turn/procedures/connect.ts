import { ATTRIBUTE, familyOf } from '../../stun/index.js';
import { type Answer, LATER, refuse } from '../answers.js';
import type { AllocatedRequest } from '../turn-request.js';
import type { TurnState } from '../turn-state.js';

/** RFC 6062 §5.2. The answer comes with the connection, or after 30 seconds. */
export function connect(state: TurnState, { message, envelope, allocation, now }: AllocatedRequest): Answer {
  if (allocation.transport !== 'tcp') return refuse(400);
  const peer = message.xorAddress(ATTRIBUTE.XOR_PEER_ADDRESS);
  if (peer === null) return refuse(400);
  // Being connected to, or connected already.
  if (state.connections.withPeer(allocation, peer) !== null) return refuse(446);
  const relay = allocation.relayOf(familyOf(peer.host));
  if (relay === undefined) return refuse(443);
  const refusal = state.policy.refusal(peer.host, peer.port);
  if (refusal !== null) {
    state.counts.dropped(refusal);
    return refuse(403);
  }
  const connection = state.connections.add(allocation, peer, { type: 'connecting', envelope }, now);
  if (connection === null) return refuse(508);
  state.operations.push({ type: 'connect', connection: connection.id, relay: relay.id, peer });
  return LATER;
}
