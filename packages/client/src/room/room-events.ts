import type { ChatMessage, LeaveReason, Source } from '@madang/protocol';
import type { IncomingTransfer, Received, Transfer } from '../data/index.js';
import type { MadangErrorCode } from '../madang-error.js';
import type { RemoteTrack } from '../media/index.js';
import type { Member, Track } from './member.js';

export type RoomState = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'ended';
export type EndReason = 'left' | 'kicked' | 'closed' | 'replaced' | 'failed';

/** How it ended. `note`: what the host wrote, or the sentence of the error. */
export interface RoomEnd {
  readonly reason: EndReason;
  readonly note: string | undefined;
  /** Of the error, where it was one. */
  readonly code?: MadangErrorCode;
}

/** The connection to the server, or the sound and picture of a member, came back by themselves after `afterMs`. */
export type Recovered =
  | { readonly what: 'signaling'; readonly afterMs: number }
  | { readonly what: 'media'; readonly member: Member; readonly afterMs: number };

/** What a `Room` tells, with the arguments of each event. */
export interface RoomEvents {
  /** Anything at all changed; told once for changes of one moment. Made for redrawing. */
  changed: [];
  stateChanged: [state: RoomState];
  /** While `reconnecting`, told for everyone who is in the room under a new id: a rejoin replaces all the others. */
  memberJoined: [member: Member];
  memberLeft: [member: Member, reason: LeaveReason];
  memberChanged: [member: Member];
  chat: [message: ChatMessage];
  /** `member` is undefined if who reacted has left meanwhile. */
  reaction: [member: Member | undefined, reaction: string];
  trackAdded: [member: Member, track: Track];
  trackRemoved: [member: Member, track: Track];
  speakingChanged: [member: Member];
  /** Who speaks, as the media server hears it, is another member, or nobody who is still there. */
  activeSpeakerChanged: [member: Member | undefined];
  /** The media server sends a track in another quality, or for another reason: see `forwarding` of the track. */
  forwardingChanged: [member: Member, track: RemoteTrack];
  /** A host muted one of one's own sources; it is muted already. */
  mutedByHost: [muted: { readonly by: Member | undefined; readonly source: Exclude<Source, 'screen-audio'> }];
  pathChanged: [member: Member];
  /** What a member sends can be decrypted now, or no more: see `encryption` of the member. */
  encryptionChanged: [member: Member];
  /** A member, oneself included, says anew how it stands with its sending and receiving: see `reports`. */
  report: [member: Member];
  /** What another member sent with `send`. */
  data: [message: { readonly from: Member | undefined; readonly topic: string | undefined; readonly data: Received }];
  /** A member offers a file: `accept` or `decline` it. */
  fileOffered: [transfer: IncomingTransfer, from: Member | undefined];
  /** A transfer changed its state, or more of it is there; told five times a second at most for bytes alone. */
  transferChanged: [transfer: Transfer];
  /** What was away is back, and for how long it was away. */
  recovered: [recovery: Recovered];
  /** The server stops within the time given. The call goes on, and the room is joined again when the server is back. */
  draining: [withinMs: number];
  /** It is over, and not by one's own `leave`. */
  ended: [end: RoomEnd];
}

/** Lets the parts of a room speak in its name. */
export type Tell = <E extends keyof RoomEvents>(event: E, ...args: RoomEvents[E]) => void;
