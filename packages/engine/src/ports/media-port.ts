import type { MemberId } from './room-port.js';

/** Names one remote endpoint of the media server. Chosen by whoever opens it; nobody else's, also not of the past. */
export type ConnectionId = string;
/** Names a published track for as long as it is published, and on when it is given anew by another connection. */
export type TrackId = string;

/** What one connection gives into its room: one section of its description. */
export interface MediaTrack {
  readonly id: TrackId;
  readonly mid: string;
  readonly kind: 'audio' | 'video';
  /** As in `a=rtpmap`, such as `VP8` or `opus`. */
  readonly codec: string;
  /** The encodings of a simulcast in the order of the description, by RID where they have one; one entry without. */
  readonly encodings: readonly { readonly rid: string | null }[];
}

/** What a viewer sees of its room. Absent: no limit, nobody in particular. */
export interface ViewWish {
  /**
   * Whose tracks: of these, or else of everybody, those of whoever publishes longest. The next comes when they are gone, or
   * when nothing has come of them for two seconds and somebody has begun since.
   */
  readonly members?: readonly MemberId[] | undefined;
  /** Encodings of a simulcast by quality, or spatial layers of a scalable stream, from 0. */
  readonly maxLayer?: number | undefined;
  readonly maxTemporal?: number | undefined;
  /** Pixels of the place where it is shown. */
  readonly maxWidth?: number | undefined;
  readonly maxHeight?: number | undefined;
  readonly paused?: boolean | undefined;
}

/** A track that a viewer wants to be sent, and what it is for. */
export interface TrackWant {
  readonly track: TrackId;
  /** Keeps its place, and is sent nothing for now. */
  readonly paused?: boolean | undefined;
  /** Pixels of the place where it is shown. */
  readonly maxWidth?: number | undefined;
  readonly maxHeight?: number | undefined;
  readonly maxLayer?: number | undefined;
  /** `normal` where it is absent. */
  readonly priority?: 'low' | 'normal' | 'high' | undefined;
}

/** Why a track is sent in the layer that it is sent in; as in the protocol. */
export type ForwardReason = 'full' | 'size' | 'wish' | 'bandwidth' | 'publisher' | 'cpu' | 'paused';

/** How a wanted track is sent from now on. */
export interface TrackForwarding {
  readonly track: TrackId;
  /** From 0; null while nothing of it is sent. */
  readonly layer: number | null;
  readonly reason: ForwardReason;
}

/** What the server knows of the line to somebody. */
export interface LineState {
  /** What it takes, in bits a second. */
  readonly bps: number;
  /** How long packets wait in queues on the way. */
  readonly queueMs: number;
  /** From 0 to 1, of the last seconds. */
  readonly loss: number;
}

interface OfConnection {
  readonly connection: ConnectionId;
}

/** To say something to the room by data channels, and to give it tracks; or to hear alone, and to answer those who say. */
export type DataRight = 'say' | 'hear';

/**
 * What can be asked of the media of rooms. Permissions have been checked by the room before: media knows connections,
 * rooms by their names, and members by their ids. Descriptions are SDP as text; in what is refused nothing has changed.
 *
 * `reachedAs` is what the other side calls this server. Where that is an address that the machine knows nothing of, as of a
 * router in front or of a container's host, this side alone is told it as well.
 */
export type MediaCommand =
  /** Opens a connection that gives tracks into a room, by the offer of its other side. */
  | ({
      readonly type: 'publish';
      readonly room: string;
      readonly member: MemberId;
      readonly offer: string;
      readonly reachedAs?: string | undefined;
      /** What it may send in all, in bits a second; absent for no limit. */
      readonly maxBps?: number | undefined;
      /** It may have data channels; absent: none. */
      readonly data?: DataRight | undefined;
      /** What its tracks were called before, by mid; one whose name is taken gets another. */
      readonly names?: readonly { readonly mid: string; readonly track: TrackId }[] | undefined;
    } & OfConnection)
  /**
   * Opens a connection that sees a room, by an offer of its other side with sections that only receive: whose tracks stand
   * in them may change at any time, and nobody need publish yet.
   */
  | ({
      readonly type: 'view';
      readonly room: string;
      readonly member: MemberId;
      readonly offer: string;
      readonly reachedAs?: string | undefined;
      readonly wish: ViewWish;
    } & OfConnection)
  /** A later offer of the same other side: other sections, or an ICE restart. */
  | ({ readonly type: 'renegotiate'; readonly offer: string } & OfConnection)
  /** A fragment of `application/trickle-ice-sdpfrag`: candidates, or by other credentials an ICE restart (RFC 8840). */
  | ({ readonly type: 'trickle'; readonly fragment: string } & OfConnection)
  /** What a viewer sees from now on; what is absent stays as it is, null takes a wish back. */
  | ({
      readonly type: 'wish';
      readonly wish: { readonly [K in keyof ViewWish]?: ViewWish[K] | null };
    } & OfConnection)
  /**
   * Says all that a connection is to be sent of its room from now on, and opens it the first time. What is to be negotiated
   * for that is offered by us: the reply has the offer, whose answer comes as `answer`. An offer that has no answer yet is
   * replaced by the next.
   */
  | ({
      readonly type: 'subscribe';
      readonly room: string;
      readonly member: MemberId;
      readonly reachedAs?: string | undefined;
      readonly wants: readonly TrackWant[];
      /** Asks for an ICE restart. */
      readonly restart?: boolean | undefined;
    } & OfConnection)
  /** The other side's answer to the offer of this revision. */
  | ({ readonly type: 'answer'; readonly revision: number; readonly answer: string } & OfConnection)
  /** Of these tracks of a publisher, and of no others, nothing is forwarded. Of a connection that is no more it is no error. */
  | ({ readonly type: 'mute'; readonly tracks: readonly TrackId[] } & OfConnection)
  /** Takes leave of a connection. Of one that is no more it is no error. */
  | ({ readonly type: 'hang-up' } & OfConnection);

export type MediaCommandType = MediaCommand['type'];
export type MediaCommandOf<T extends MediaCommandType> = Extract<MediaCommand, { type: T }>;

export interface MediaResults {
  /** The answer has every candidate of ours. */
  publish: { readonly answer: string; readonly tracks: readonly MediaTrack[] };
  view: { readonly answer: string };
  renegotiate: { readonly answer: string; readonly tracks: readonly MediaTrack[] };
  /** Our credentials and candidates after an ICE restart, as a fragment; null where there was none. */
  trickle: { readonly fragment: string | null };
  wish: object;
  subscribe: {
    /** The number of the last offer, the one that comes with this reply included. */
    readonly revision: number;
    /** Null when nothing is to be negotiated. */
    readonly offer: string | null;
    /** Where each wanted track stands; those that are gone, or never were, are left out. */
    readonly sections: readonly { readonly mid: string; readonly track: TrackId }[];
  };
  answer: object;
  mute: object;
  'hang-up': object;
}

export type MediaRefusalCode =
  /** No SDP, or beyond its limits. */
  | 'malformed'
  /** No connection can come of this offer. */
  | 'unacceptable'
  /** It sends where it should see, or the other way round. */
  | 'direction'
  /** As many connections as there may be. */
  | 'full'
  | 'unknown_connection'
  /** Of another offer than the last. */
  | 'revision'
  /** The name is taken. */
  | 'connection_exists'
  /** The media thread is gone; it comes again. */
  | 'unavailable';

export type MediaReply<T extends MediaCommandType = MediaCommandType> =
  | ({ readonly ok: true } & MediaResults[T])
  | { readonly ok: false; readonly code: MediaRefusalCode; readonly detail: string };

/** Why a connection is no more, without anybody here having asked for it. */
export type ConnectionEnd =
  | 'goodbye'
  | 'unconnected'
  | 'consent'
  | 'fingerprint'
  | 'dtls'
  /** The media thread that it was on is gone. */
  | 'thread';

/** What happened to the media of rooms without anybody asking for it. */
export type MediaEvent =
  /** Its path and keys are there: from now on packets pass. */
  | { readonly type: 'connected'; readonly connection: ConnectionId }
  /** It has another address now, and has proven it. */
  | { readonly type: 'moved'; readonly connection: ConnectionId }
  /** It is forgotten already, with the tracks that it gave. */
  | { readonly type: 'closed'; readonly connection: ConnectionId; readonly reason: ConnectionEnd }
  /** A track began to flow, or has been silent for 2 s. */
  | {
      readonly type: 'flow';
      readonly connection: ConnectionId;
      readonly track: TrackId;
      readonly flowing: boolean;
    }
  /** Who speaks in a room, with hysteresis; null when the one who spoke last is gone. */
  | { readonly type: 'speaker'; readonly room: string; readonly member: MemberId | null }
  /** How tracks are sent to a subscriber from now on; at most twice a second. */
  | {
      readonly type: 'forwarding';
      readonly connection: ConnectionId;
      readonly changes: readonly TrackForwarding[];
    }
  /** How the line to a subscriber stands now, where that is not as it was told before; at most every two seconds. */
  | ({ readonly type: 'line'; readonly connection: ConnectionId } & LineState)
  /** Which encodings of a publisher's tracks anybody is to be sent, in the order of its description. */
  | {
      readonly type: 'wanted';
      readonly connection: ConnectionId;
      readonly changes: readonly { readonly track: TrackId; readonly encodings: readonly boolean[] }[];
    };

/**
 * How everything else speaks to the media of rooms, wherever it runs: in this thread, in a worker, in whichever of several
 * workers a room has been placed on. One contract suite runs against every implementation.
 *
 * The reply of a command arrives before any event that it caused.
 */
export interface MediaPort {
  command<T extends MediaCommandType>(command: MediaCommandOf<T>): Promise<MediaReply<T>>;
  /** From now on `listener` hears every event; the function given back ends that. */
  listen(listener: (event: MediaEvent) => void): () => void;
}
