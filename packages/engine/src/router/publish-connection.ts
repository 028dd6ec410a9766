import type { Peer } from '../peer/index.js';
import type { ConnectionId, DataRight, MemberId } from '../ports/index.js';
import type { RateMeter } from '../stream/index.js';
import type { DataLanes } from './data-lanes.js';
import type { MediaRoom } from './media-room.js';
import type { RoomTrack } from './room-track.js';

/** A connection that gives tracks into a room. */
export interface PublishConnection {
  readonly type: 'publish';
  readonly id: ConnectionId;
  readonly member: MemberId;
  readonly room: MediaRoom;
  readonly openedMs: number;
  /** Whether anything comes of its tracks. */
  isHeard: boolean;
  /** While it is not heard: when it was for the last time, or was opened. */
  lastHeardMs: number;
  readonly peer: Peer;
  /** What it may send in all, in bits a second; infinity for no limit. */
  readonly mostBps: number;
  readonly meter: RateMeter;
  /** By mid. */
  readonly tracks: Map<string, RoomTrack>;
  /** Whether it may have data channels, and what for. */
  readonly data: DataRight | undefined;
  /** What it says to the room by them, and hears. */
  readonly lanes: DataLanes;
  /** It sends more than it may, and is not forwarded until it obeys. */
  isCutOff: boolean;
}
