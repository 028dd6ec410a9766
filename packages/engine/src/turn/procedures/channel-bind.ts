import { readU16 } from '../../bytes/index.js';
import { ATTRIBUTE, familyOf } from '../../stun/index.js';
import { enterAddress, hostWords } from '../address-row.js';
import { type Answer, refuse, SUCCESS } from '../answers.js';
import { CHANNEL_MS, CHANNEL_NUMBERS, channelsEnd } from '../channels.js';
import { PERMISSION_MS } from '../permissions.js';
import type { AllocatedRequest } from '../turn-request.js';
import type { TurnState } from '../turn-state.js';

/** RFC 8656 §12.2. */
export function channelBind(state: TurnState, { message, allocation, now }: AllocatedRequest): Answer {
  if (allocation.transport === 'tcp') return refuse(403);
  // Both attributes.
  const value = message.value(ATTRIBUTE.CHANNEL_NUMBER);
  const peer = message.xorAddress(ATTRIBUTE.XOR_PEER_ADDRESS);
  if (value?.length !== 4 || peer === null) return refuse(400);
  // A number in the range.
  const number = readU16(value, 0);
  if (number < CHANNEL_NUMBERS.first || number >= channelsEnd(state.options.oldChannels)) return refuse(400);
  state.sweep(allocation, now);
  const peerIx = enterAddress(state.ports.addresses, peer);
  if (peerIx < 0) return refuse(508);
  // The number not bound to another peer, the peer not bound to another number.
  const channel = allocation.channels.findNumber(number);
  if (channel !== undefined && channel.peerIx !== peerIx) return refuse(400);
  if (allocation.channels.findPeer(peerIx) !== channel) return refuse(400);
  // A peer of a family that the allocation has, and that may be one.
  const family = familyOf(peer.host);
  const relay = allocation.relayOf(family);
  if (relay === undefined) return refuse(443);
  const refusal = state.policy.refusal(peer.host, peer.port);
  if (refusal !== null) {
    state.counts.dropped(refusal);
    return refuse(403);
  }
  // Capacity.
  const { permissions, channels } = state.options.limits;
  const isKnown = allocation.permissions.find(family, ...hostWords(peer.host)) !== null;
  if (channel === undefined && allocation.channels.size >= channels) return refuse(508);
  if (!isKnown && allocation.permissions.size >= permissions) return refuse(508);
  // Created or refreshed, and its permission with it.
  const permission = allocation.permissions.refresh(family, hostWords(peer.host), now + PERMISSION_MS);
  if (channel === undefined) {
    state.ports.addresses.hold(peerIx);
    allocation.channels.bind({ number, peerIx, relay, permission, expiresAtMs: now + CHANNEL_MS });
  } else channel.expiresAtMs = now + CHANNEL_MS;
  state.schedule(allocation);
  return SUCCESS;
}
