import type { Peer } from '../peer/index.js';
import type { ConnectionId, MemberId, ViewWish } from '../ports/index.js';
import type { Viewer } from '../sfu/index.js';
import type { MediaRoom } from './media-room.js';
import type { ViewSection } from './view-section.js';

/** A connection that sees a room. */
export interface ViewConnection {
  readonly type: 'view';
  readonly id: ConnectionId;
  readonly member: MemberId;
  readonly room: MediaRoom;
  readonly peer: Peer;
  /** By mid, in the order of the description. */
  readonly sections: Map<string, ViewSection>;
  /** How rows to it have to look, by its last description. */
  viewer: Viewer;
  wish: ViewWish;
}
