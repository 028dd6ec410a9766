import type { PeerEvent } from '../peer/index.js';
import { addAssociation } from './data-sums.js';
import { heedData } from './heed-data.js';
import type { PublishConnection } from './publish-connection.js';
import type { RouterState } from './router-state.js';
import { applyWish } from './taken-sections.js';
import { showWanted } from './wanted-sections.js';

/** Does what follows from what happened to peers, and tells of it. */
export function heedPeers(state: RouterState, now: number): void {
  for (const event of state.peers.drain()) heed(event, state, now);
}

function heed(event: PeerEvent, state: RouterState, now: number): void {
  const connection = state.byPeer.get(event.peer);
  if (connection === undefined) return;
  switch (event.type) {
    case 'connected':
      if (connection.type === 'view') applyWish(connection, connection.wish);
      if (connection.type === 'subscribe') showWanted(connection, state);
      if (connection.type !== 'publish') state.lines.enter(connection.peer, connection.sections, now);
      state.tell({ type: event.type, connection: connection.id });
      return;
    case 'moved':
      state.tell({ type: event.type, connection: connection.id });
      return;
    case 'closed':
      state.leave(connection, now);
      state.tell({ type: 'closed', connection: connection.id, reason: event.reason });
      return;
    case 'data':
      if (connection.type === 'publish') heedData(connection, event.event, state, now);
      return;
    case 'data-ended':
      addAssociation(state.data, event);
      return;
    default:
      if (connection.type === 'publish') noticeFlow(connection, event.layer.track.mid, state);
  }
}

/** A track flows as long as one of its layers does, be it that it says that it is silent. */
function noticeFlow(connection: PublishConnection, mid: string, state: RouterState): void {
  const track = connection.tracks.get(mid);
  if (track === undefined) return;
  const flowing = track.inbound.layers.some(({ flow }) => flow.flow !== 'stalled');
  if (flowing === track.isFlowing) return;
  track.isFlowing = flowing;
  state.tell({ type: 'flow', connection: connection.id, track: track.id, flowing });
  noticeHeard(connection);
}

/** Who is heard for the first time, or no more, may take the place of another, or lose it. */
function noticeHeard(connection: PublishConnection): void {
  const tracks = [...connection.tracks.values()];
  const isHeard = tracks.some(({ isFlowing }) => isFlowing);
  if (isHeard === connection.isHeard) return;
  connection.isHeard = isHeard;
  const arrivals = tracks.flatMap(({ inbound }) => inbound.layers.map(({ flow }) => flow.arrivedMs));
  connection.lastHeardMs = Math.max(connection.lastHeardMs, ...arrivals);
  connection.room.assign();
}
