import { tellForwarding } from './forwarding.js';
import type { MediaRoom } from './media-room.js';
import type { PublishConnection } from './publish-connection.js';
import type { RouterState } from './router-state.js';
import { tellLine } from './tell-line.js';
import { tellWanted } from './wanted-encodings.js';

/** Does what has come due for a room: who speaks, how tracks are sent, and who sends too much. */
export function lookAtRoom(room: MediaRoom, state: RouterState, now: number): void {
  if (room.floor.look(now)) {
    const { speaker } = room;
    if (speaker !== null) state.tell({ type: 'speaker', room: room.name, member: speaker.member });
  }
  if (room.watches(now)) {
    for (const subscriber of room.subscribers) {
      tellForwarding(subscriber, state);
      tellLine(subscriber, state, now);
    }
    for (const publisher of room.publishers) tellWanted(publisher, state, now);
  }
  if (!room.divides(now)) return;
  room.caps.divide(now);
  for (const connection of room.publishers) limit(connection, state, now);
}

/** Tells a publisher what it may send (with its next report), and stops forwarding what heeds that for too long not. */
function limit(connection: PublishConnection, state: RouterState, now: number): void {
  const { room, id, peer } = connection;
  const granted = room.caps.grantedBps(id);
  peer.mostBps = granted === Number.POSITIVE_INFINITY ? null : granted;
  const isCutOff = room.caps.isCutOff(id, now);
  if (isCutOff === connection.isCutOff) return;
  connection.isCutOff = isCutOff;
  for (const track of connection.tracks.values()) {
    if (isCutOff) track.silence(state, now);
    else track.forward(now);
  }
}
