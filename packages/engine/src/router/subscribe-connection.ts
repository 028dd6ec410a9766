import type { Peer } from '../peer/index.js';
import type { ConnectionId, ForwardReason, LineState, MemberId, TrackId, TrackWant } from '../ports/index.js';
import type { SentTrack } from '../sdp/index.js';
import type { Viewer } from '../sfu/index.js';
import type { MediaRoom } from './media-room.js';
import type { ViewSection } from './view-section.js';

/** A connection that is sent what it asks for, by our offers. */
export interface SubscribeConnection {
  readonly type: 'subscribe';
  readonly id: ConnectionId;
  readonly member: MemberId;
  readonly room: MediaRoom;
  readonly peer: Peer;
  readonly cname: string;
  /** By mid: what the other side has agreed to be sent. */
  readonly sections: Map<string, ViewSection>;
  /** How each wanted track that is there is described, agreed to or not. */
  readonly described: Map<TrackId, SentTrack>;
  /** The same tracks by what descriptions call them. */
  readonly describedAs: Map<string, TrackId>;
  /** All that it wants. */
  wants: ReadonlyMap<TrackId, TrackWant>;
  /** How rows to it have to look; null before its first answer. */
  viewer: Viewer | null;
  /** How it was last told that a track is sent. */
  readonly told: Map<TrackId, { readonly layer: number | null; readonly reason: ForwardReason }>;
  /** What it was last told of its line, and when; null before. */
  toldLine: (LineState & { readonly atMs: number }) | null;
}
