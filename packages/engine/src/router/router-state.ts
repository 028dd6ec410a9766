import type { InboundTrack, Peer, Peers } from '../peer/index.js';
import type { ConnectionId, MediaEvent, Random, TrackId, TxTable } from '../ports/index.js';
import { readDescription, type SessionDescription } from '../sdp/index.js';
import type { Sfu } from '../sfu/index.js';
import { addAssociation, noDataSums } from './data-sums.js';
import { Lines } from './lines.js';
import type { MediaLimits } from './media-limits.js';
import { MediaRoom } from './media-room.js';
import { addDrops, addLine, addTrack, noSums } from './media-sums.js';
import { Mids } from './mids.js';
import type { PublishConnection } from './publish-connection.js';
import { type RefusedCommand, refuse, refusedText } from './refusals.js';
import { RoomSchedule } from './room-schedule.js';
import type { RoomTrack } from './room-track.js';
import type { RouterPlane } from './router-plane.js';
import type { SubscribeConnection } from './subscribe-connection.js';
import type { ViewConnection } from './view-connection.js';
import { showWanted } from './wanted-sections.js';

export type Connection = PublishConnection | ViewConnection | SubscribeConnection;

/** What most batches tell: nothing is made anew for them. */
const NOTHING: readonly MediaEvent[] = [];

/** When a command came, and where rows go that it writes. */
export interface Moment {
  readonly now: number;
  readonly tx: TxTable;
}

interface RouterParts {
  readonly peers: Peers;
  readonly sfu: Sfu;
  readonly plane: RouterPlane;
  readonly random: Random;
  readonly limits: MediaLimits;
}

/** The tables of one media thread, which commands and events change. */
export class RouterState {
  readonly peers: Peers;
  readonly sfu: Sfu;
  readonly plane: RouterPlane;
  readonly random: Random;
  readonly limits: MediaLimits;
  readonly connections = new Map<ConnectionId, Connection>();
  readonly byPeer = new Map<Peer, Connection>();
  readonly rooms = new Map<string, MediaRoom>();
  readonly tracks = new Map<InboundTrack, RoomTrack>();
  readonly byTrackId = new Map<TrackId, RoomTrack>();
  readonly schedule = new RoomSchedule();
  readonly lines = new Lines();
  /** What those let through who are gone. */
  readonly past = noSums();
  readonly mids: Mids;
  /** What was said on data channels, and what became of the associations of those who are gone. */
  readonly data = noDataSums();
  #events: MediaEvent[] = [];

  constructor(parts: RouterParts) {
    this.peers = parts.peers;
    this.sfu = parts.sfu;
    this.plane = parts.plane;
    this.mids = new Mids(parts.plane);
    this.random = parts.random;
    this.limits = parts.limits;
  }

  tell(event: MediaEvent): void {
    this.#events.push(event);
  }

  drain(): readonly MediaEvent[] {
    const events = this.#events;
    if (events.length === 0) return NOTHING;
    this.#events = [];
    return events;
  }

  /** Why nobody may connect to `room` under this name; null when somebody may. */
  noEntry(id: ConnectionId, room: string): RefusedCommand | null {
    if (this.connections.has(id)) return refuse('connection_exists', 'There is a connection of this name already.');
    if (this.connections.size >= this.limits.connections)
      return refuse('full', 'This media thread has as many connections as it may have.');
    const inRoom = this.rooms.get(room)?.size ?? 0;
    return inRoom < this.limits.connectionsPerRoom
      ? null
      : refuse('full', 'The room has as many connections as it may have.');
  }

  /** The room of this name, made where there is none: only for somebody who enters it at once. */
  room(name: string): MediaRoom {
    const room = this.rooms.get(name) ?? new MediaRoom(name, this.limits);
    this.rooms.set(name, room);
    return room;
  }

  enter(connection: Connection, now: number): void {
    this.connections.set(connection.id, connection);
    this.byPeer.set(connection.peer, connection);
    if (connection.type === 'publish') {
      connection.room.publish(connection, now);
      this.schedule.set(connection.room);
    }
    if (connection.type === 'view') connection.room.viewers.add(connection);
    if (connection.type === 'subscribe') {
      connection.room.subscribe(connection, now);
      this.schedule.set(connection.room);
    }
  }

  /** Forgets a connection; its peer is closed by the caller, or has been. Those who saw it are shown others. */
  leave(connection: Connection, now: number): void {
    const { room, id, peer } = connection;
    this.connections.delete(id);
    this.byPeer.delete(peer);
    this.lines.leave(peer);
    addDrops(this.past, peer);
    addAssociation(this.data, peer);
    addLine(this.past, peer);
    if (connection.type !== 'publish') {
      if (connection.type === 'view') room.viewers.delete(connection);
      else room.subscribers.delete(connection);
      for (const section of connection.sections.values()) section.close();
    } else {
      room.publishers.delete(connection);
      for (const { lanes } of room.publishers) lanes.forget(connection);
      for (const track of [...connection.tracks.values()]) this.removeTrack(track, now);
      room.caps.remove(id);
      this.assign(room);
    }
    if (room.size > 0) return;
    this.rooms.delete(room.name);
    this.schedule.remove(room);
  }

  /** Puts the tracks that are there now before all who see a room: after any change of tracks. */
  assign(room: MediaRoom): void {
    room.assign();
    for (const subscriber of room.subscribers) showWanted(subscriber, this);
  }

  /** A track of this room; null where there is none of this id, or it is another room's. */
  trackIn(room: MediaRoom, id: TrackId): RoomTrack | null {
    const track = this.byTrackId.get(id);
    return track?.room === room ? track : null;
  }

  addTrack(track: RoomTrack): void {
    track.connection.tracks.set(track.inbound.mid, track);
    this.tracks.set(track.inbound, track);
    this.byTrackId.set(track.id, track);
  }

  /** Takes a track out of its room. Viewers are sent nothing more of it, and nothing else yet: `assign` does that. */
  removeTrack(track: RoomTrack, now: number): void {
    const { inbound, connection } = track;
    connection.tracks.delete(inbound.mid);
    this.tracks.delete(inbound);
    this.byTrackId.delete(track.id);
    addTrack(this.past, inbound);
    track.close(this, now);
  }
}

/** An offer as plain data, or why it is none. */
export function readOffer(text: string): SessionDescription | RefusedCommand {
  const read = readDescription(text);
  return 'fault' in read ? refusedText('offer', read) : read;
}
