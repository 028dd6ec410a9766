import type {
  EventBody,
  Joined,
  MediaState,
  Metadata,
  Mode,
  PeerSignal,
  ProtocolError,
  Report,
  Results,
  Resumed,
  Role,
  Source,
  Track,
} from '@madang/protocol';

/**
 * Names the connection that a member's events travel over. One link carries one member. Chosen by the adapter, who takes
 * a new one for each membership: messages of an earlier one may still be on their way.
 */
export type LinkId = string;
export type MemberId = string;

/** What only the media server knows, for members to hear. */
export type MediaNews = EventBody<'media-ended' | 'speaker' | 'forwarding' | 'line' | 'wanted'>;

interface OfMember {
  readonly member: MemberId;
  /** The client's request number, for doing a repeated request only once. */
  readonly n?: number | undefined;
}

/** What can be asked of a room. Values have passed the schemas of `protocol`; permissions are checked here. */
export type RoomCommand =
  | {
      readonly type: 'join';
      readonly link: LinkId;
      /** The adapter's name: `madang`, `classic`, … */
      readonly dialect: string;
      readonly room: string;
      readonly name: string;
      readonly role?: 'participant' | 'viewer' | undefined;
      readonly mode?: Mode | undefined;
      /** The modes of rooms that its adapter can take part in; absent for `p2p` alone. */
      readonly able?: readonly Mode[] | undefined;
      /** Whether it encrypts its media end to end; `either`: it sends none, and takes a room of both kinds. */
      readonly encrypted?: boolean | 'either' | undefined;
      readonly media?: MediaState | undefined;
      readonly metadata?: Metadata | undefined;
      /** The token of a membership that ends as this one begins, and leaves it seat and role if it is of the same room. */
      readonly replaces?: string | undefined;
      readonly wallMs: number;
    }
  | { readonly type: 'resume'; readonly link: LinkId; readonly token: string; readonly seq: number }
  /** The connection is gone: its member may resume within the grace time. */
  | { readonly type: 'detach'; readonly link: LinkId }
  | ({ readonly type: 'leave' } & OfMember)
  | ({ readonly type: 'members' } & OfMember)
  | ({ readonly type: 'rename'; readonly name: string } & OfMember)
  | ({ readonly type: 'metadata'; readonly metadata: Metadata } & OfMember)
  | ({ readonly type: 'room-metadata'; readonly metadata: Metadata } & OfMember)
  | ({ readonly type: 'media'; readonly media: Partial<MediaState> } & OfMember)
  | ({
      readonly type: 'hand';
      readonly raised: boolean;
      readonly target?: MemberId | undefined;
      readonly wallMs: number;
    } & OfMember)
  | ({ readonly type: 'react'; readonly reaction: string } & OfMember)
  /** `name` overrides the member's own for this message (dialects in which each message names its author). */
  | ({
      readonly type: 'chat';
      readonly text: string;
      readonly name?: string | undefined;
      readonly wallMs: number;
    } & OfMember)
  | ({ readonly type: 'peer-signal'; readonly to: MemberId; readonly signal: PeerSignal } & OfMember)
  /** Whether the member may do this, asked before the media server is. Changes nothing. */
  | ({ readonly type: 'may'; readonly action: 'publish' | 'view' } & OfMember)
  /** What the member gives to the media server from now on, in place of what it gave. */
  | ({ readonly type: 'publish'; readonly tracks: readonly Track[] } & OfMember)
  | ({ readonly type: 'unpublish' } & OfMember)
  /** How the member's sending and receiving stand now, for the others to see. */
  | ({ readonly type: 'report'; readonly report: Report } & OfMember)
  /** A message of the member's own dialect to the other members of that dialect; the engine does not read it. */
  | ({ readonly type: 'dialect-signal'; readonly data: unknown } & OfMember)
  | ({ readonly type: 'kick'; readonly target: MemberId; readonly reason?: string | undefined } & OfMember)
  | ({ readonly type: 'mute'; readonly target: MemberId; readonly source: Exclude<Source, 'screen-audio'> } & OfMember)
  | ({ readonly type: 'role'; readonly target: MemberId; readonly role: Role } & OfMember)
  | ({ readonly type: 'close' } & OfMember)
  /** News of the media server for a member, or for everyone in a room. Of those who are no more it is no error. */
  | {
      readonly type: 'tell';
      readonly to: { readonly member: MemberId } | { readonly room: string };
      readonly news: MediaNews;
    }
  /** The whole server stops: no new members from now on, and everyone is told. */
  | { readonly type: 'drain'; readonly withinMs: number };

export type CommandType = RoomCommand['type'];
export type CommandOf<T extends CommandType> = Extract<RoomCommand, { type: T }>;

/** What a command answers when it is carried out. Ice servers and the protocol's version are the adapter's to add. */
export interface CommandResults
  extends Omit<Results, 'join' | 'resume' | 'ice-servers' | 'publish' | 'subscribe' | 'answer' | 'unsubscribe'> {
  join: Omit<Joined, 'protocol' | 'iceServers' | 'iceServersTtlMs'>;
  resume: Omit<Resumed, 'protocol' | 'iceServers' | 'iceServersTtlMs'>;
  detach: object;
  'dialect-signal': object;
  /** The room that it may do so in, and what the others are shown that it gives. */
  may: { readonly room: string; readonly mode: Mode; readonly tracks: readonly Track[] };
  publish: object;
  unpublish: object;
  tell: object;
  drain: object;
}

export type RoomReply<T extends CommandType = CommandType> =
  | ({ readonly ok: true; readonly repeated?: true } & CommandResults[T])
  | { readonly ok: false; readonly error: ProtocolError };

/** An event as it reaches a link: one of the protocol's, or a message between members of one dialect. */
export type MemberEvent = (
  | EventBody
  | { readonly type: 'dialect-signal'; readonly from: MemberId; readonly data: unknown }
) & {
  readonly seq: number;
};

/** What the media server may forward of a member. */
export interface MediaRights {
  readonly member: MemberId;
  /** Whether anything at all, by its role. */
  readonly publishes: boolean;
  /** Tracks of which nothing is forwarded, for their source is not on. */
  readonly muted: readonly string[];
}

/** What a link hears. `replaced`: another link has taken the member over; close this one. */
export type LinkMessage = { readonly type: 'event'; readonly event: MemberEvent } | { readonly type: 'replaced' };

/** One drained output of the engine. */
export interface Delivery {
  readonly link: LinkId;
  readonly message: LinkMessage;
}

/**
 * How everything else speaks to the rooms, wherever they live: in this thread, in a worker, on another node. One
 * contract suite runs against every implementation.
 *
 * The reply of a command arrives before any event that the command caused reaches the same link.
 */
export interface RoomPort {
  /** From now on messages for `link` go to `receive`. */
  open(link: LinkId, receive: (message: LinkMessage) => void): void;
  /** The connection is gone. Its member, if it has one, may be resumed from another link within the grace time. */
  close(link: LinkId): void;
  command<T extends CommandType>(command: CommandOf<T>): Promise<RoomReply<T>>;
}
