import type { LiteAgents } from '../ice/index.js';
import type { PeerPlane, PlanePeer } from '../ports/index.js';
import type { Change, MediaAgreement, Negotiation } from '../sdp/index.js';
import { type Agreed, announcedSha256 } from './negotiator.js';
import type { Peer } from './peer.js';

/**
 * Makes a peer what was agreed on: its place in the plane at the first description, its credentials, and what comes in.
 * What goes out is for whoever sends it. False, and nothing has changed, when the plane has no room.
 */
export function carryOut(peer: Peer, { state, changes }: Agreed, plane: PeerPlane, agents: LiteAgents): boolean {
  if (peer.planeIx < 0 && !join(peer, state, plane, agents)) return false;
  peer.negotiation = state;
  const media = mediaOf(state);
  peer.reducedSize = media.length > 0 && media.every(({ reducedSize }) => reducedSize);
  for (const change of changes) apply(peer, change, state, agents);
  return true;
}

/** Sends what is for the peer where its agent says; true when that is somewhere else than before. */
export function followPath(peer: Peer, plane: PeerPlane): boolean {
  const { portIx, addressIx } = peer.agent;
  if (addressIx < 0 || peer.planeIx < 0 || (peer.portIx === portIx && peer.addressIx === addressIx)) return false;
  plane.usePath(peer.planeIx, portIx, addressIx);
  peer.portIx = portIx;
  peer.addressIx = addressIx;
  if (peer.state === 'waiting') peer.state = 'securing';
  return true;
}

function join(peer: Peer, state: Negotiation, plane: PeerPlane, agents: LiteAgents): boolean {
  const fingerprint = announcedSha256(state)!;
  const planeIx = plane.openPeer({ extensionIds: extensionIds(state), dtls: { role: state.dtlsRole, fingerprint } });
  if (planeIx === null) return false;
  peer.planeIx = planeIx;
  agents.describe(peer.agent, state.remote.credentials);
  // Its checks may have come before its answer to our offer.
  if (peer.agent.addressIx >= 0) plane.admit(planeIx, peer.agent.addressIx);
  followPath(peer, plane);
  return true;
}

function apply(peer: Peer, change: Change, state: Negotiation, agents: LiteAgents): void {
  switch (change.type) {
    case 'restart-ice':
      agents.restart(peer.agent, state.local, state.remote.credentials);
      return;
    case 'receive':
      peer.inbound.put(change.section);
      return;
    case 'stop-receiving':
      peer.inbound.remove(change.mid);
  }
}

function mediaOf({ sections }: Negotiation): MediaAgreement[] {
  return sections.flatMap((section) => (section.type === 'media' ? [section] : []));
}

/** Ids mean the same in all sections of a bundle; the plane takes them once, so all that were agreed on count. */
function extensionIds(state: Negotiation): PlanePeer['extensionIds'] {
  const ids = new Map(mediaOf(state).flatMap(({ extensions }) => extensions.map(({ name, id }) => [name, id])));
  const [mid, transportSeq, absSendTime] = [ids.get('MID'), ids.get('TRANSPORT_SEQ'), ids.get('ABS_SEND_TIME')];
  return {
    ...(mid === undefined ? {} : { mid }),
    ...(transportSeq === undefined ? {} : { transportSeq }),
    ...(absSendTime === undefined ? {} : { absSendTime }),
  };
}
