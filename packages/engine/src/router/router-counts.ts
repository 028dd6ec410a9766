import { addAssociation, copyDataSums, type DataSums } from './data-sums.js';
import { addDrops, addLine, addSubscription, addTrack, type MediaSums } from './media-sums.js';
import type { RouterState } from './router-state.js';

/** How large the tables of a media thread are, and what went through it. */
export interface RouterCounts {
  readonly connections: number;
  readonly rooms: number;
  readonly peers: number;
  /** Tracks that are given into rooms. */
  readonly publications: number;
  /** Places of viewers that have had a track. */
  readonly subscriptions: number;
  /** Slots that the histories of publishers hold. */
  readonly heldSlots: number;
  /** Rooms and lines for which something is to be done at a certain time, and ICE agents that wait for checks. */
  readonly deadlines: number;
  readonly sums: Readonly<MediaSums>;
  /** Data channels by which members take part in what is said. */
  readonly lanes: number;
  readonly data: DataSums;
}

/** Reads all tables: a few operations for each track and each place. */
export function routerCounts(state: RouterState): RouterCounts {
  const sums = { ...state.past };
  const data = copyDataSums(state.data);
  let [subscriptions, lanes] = [0, 0];
  for (const connection of state.connections.values()) {
    addDrops(sums, connection.peer);
    addLine(sums, connection.peer);
    addAssociation(data, connection.peer);
    if (connection.type === 'publish') {
      lanes += connection.lanes.size;
      continue;
    }
    for (const { subscription } of connection.sections.values()) {
      if (subscription === null) continue;
      subscriptions++;
      addSubscription(sums, subscription);
    }
  }
  for (const inbound of state.tracks.keys()) addTrack(sums, inbound);
  return {
    connections: state.connections.size,
    rooms: state.rooms.size,
    peers: state.peers.size,
    publications: state.sfu.publications,
    subscriptions,
    heldSlots: state.sfu.slots.held,
    deadlines: state.schedule.size + state.lines.size + state.peers.agents.size,
    sums,
    lanes,
    data,
  };
}
