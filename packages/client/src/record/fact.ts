import type {
  ForwardReason,
  LeaveReason,
  MediaEnd,
  MediaPath,
  MediaState,
  Report,
  Role,
  Source,
} from '@madang/protocol';
import type { DeviceErrorKind } from '../device-error-kind.js';
import type { Path } from '../path/index.js';

/**
 * One thing that happened, or was measured, on the way of a call. `atMs`: monotonic milliseconds since the record was
 * begun. Facts are plain JSON: what is exported is read again as it was.
 */
export type Fact = FactBody & { readonly atMs: number };
export type FactType = Fact['type'];
export type FactOf<T extends FactType> = Extract<Fact, { type: T }>;

/**
 * Names a connection: the id of the other member, `server-publish` or `server-subscribe` for those with the media server, or
 * whatever name a page gave it.
 */
export type PeerId = string;

/** A fact as it is handed to a record, which notes the time. */
export type FactBody = PageFact | MediaFact | SignalingFact | PeerFact;

/** About this browser and this machine. */
type PageFact =
  | {
      readonly type: 'page';
      readonly secure: boolean;
      readonly userAgent: string;
      readonly hasDevices: boolean;
      readonly hasConnections: boolean;
      /** Wall-clock milliseconds at `atMs` 0. */
      readonly wallStartMs: number;
    }
  | { readonly type: 'online'; readonly online: boolean }
  | { readonly type: 'visible'; readonly visible: boolean }
  /** The clock went on and the page did not: the machine slept, or the page was frozen. */
  | { readonly type: 'slept'; readonly forMs: number };

/** About one's own devices. */
type MediaFact =
  | { readonly type: 'media-asked'; readonly source: Source; readonly constraints: unknown }
  | { readonly type: 'media-got'; readonly source: Source; readonly label: string; readonly settings: unknown }
  | {
      readonly type: 'media-failed';
      readonly source: Source;
      readonly kind: DeviceErrorKind;
      /** The browser's own words. */
      readonly name: string;
      readonly message: string;
    }
  /** `unplugged`: it ended by itself. */
  | { readonly type: 'media-ended'; readonly source: Source; readonly by: 'person' | 'unplugged' }
  | {
      readonly type: 'media-muted';
      readonly source: Source;
      readonly muted: boolean;
      /** `system`: the browser says that no data comes from the device (the track's `mute` event). */
      readonly by: 'person' | 'host' | 'system';
    }
  /** A microphone that is on and gives digital silence, or has begun to give sound again. */
  | { readonly type: 'microphone-silent'; readonly silent: boolean };

/** About the server, and what it says of the others. */
type SignalingFact =
  | {
      readonly type: 'signaling';
      readonly state: 'connecting' | 'open' | 'joined' | 'resumed' | 'lost' | 'refused' | 'ended';
      /** Of `refused` and `ended`: an error code or an end reason. */
      readonly code?: string;
      readonly transport?: 'websocket' | 'polling';
    }
  | { readonly type: 'ice-servers'; readonly urls: readonly string[] }
  | { readonly type: 'self'; readonly id: string; readonly role: Role }
  /** Somebody came, or changed. */
  | {
      readonly type: 'member';
      readonly id: string;
      readonly name: string;
      readonly role: Role;
      readonly media: MediaState;
      readonly connected: boolean;
      readonly dialect: string;
    }
  | { readonly type: 'member-left'; readonly id: string; readonly reason: LeaveReason }
  /**
   * Media go another way from now on: `begun`; it is connected: `opened`; everything comes by it: `arrived`; the way before
   * is closed: `done`.
   * `afterMs`: since `begun`.
   */
  | {
      readonly type: 'move';
      readonly to: MediaPath;
      readonly state: 'begun' | 'opened' | 'arrived' | 'done';
      readonly afterMs: number;
    }
  /** What comes of a member can be decrypted, or none of the last frames could (`locked`). */
  | { readonly type: 'encryption'; readonly member: string; readonly state: 'waiting' | 'open' | 'locked' }
  /** What another member says of its own sending and receiving. */
  | { readonly type: 'report'; readonly from: string; readonly report: Report };

/** About the connection to one other member. Facts after a `connection-opened` belong to that RTCPeerConnection. */
type PeerFact = { readonly peer: PeerId } & (
  | { readonly type: 'connection-opened' }
  /** The browser would not make one with these servers; a `connection-opened` after it does without them. */
  | { readonly type: 'connection-refused'; readonly message: string; readonly urls: readonly string[] }
  | { readonly type: 'connection-closed' }
  | {
      readonly type: 'description';
      readonly direction: Direction;
      readonly kind: 'offer' | 'answer';
      readonly sdp: string;
    }
  /** `code`: of the server's error, where it was one. */
  | { readonly type: 'negotiation-failed'; readonly message: string; readonly code?: string }
  /** The media server says that it let go of the connection. */
  | { readonly type: 'hung-up'; readonly reason: MediaEnd }
  /** Media that came stay away. */
  | { readonly type: 'interrupted' }
  /** They are back, so long after the last that had come; by this connection, or by another one in its place. */
  | { readonly type: 'recovered'; readonly afterMs: number }
  | { readonly type: 'candidate'; readonly direction: Direction; readonly candidate: CandidateFact }
  | { readonly type: 'candidates-end'; readonly direction: Direction }
  /** `icecandidateerror`: 300…699 as of STUN, 701 when the server can't be reached at all. */
  | { readonly type: 'candidate-error'; readonly url: string; readonly code: number; readonly text: string }
  | { readonly type: 'gathering'; readonly state: RTCIceGatheringState }
  | { readonly type: 'ice'; readonly state: RTCIceConnectionState }
  | { readonly type: 'connection'; readonly state: RTCPeerConnectionState }
  | { readonly type: 'dtls'; readonly state: RTCDtlsTransportState }
  /** The pairs as they stand, whenever one has changed its state. */
  | { readonly type: 'pairs'; readonly pairs: readonly PairFact[] }
  | { readonly type: 'path'; readonly path: Path }
  /** `member`: whose, where tracks of several members come by one connection. */
  | { readonly type: 'first'; readonly what: FirstWhat; readonly source: Source; readonly member?: string }
  /** What an element of the page does with a received track. */
  | {
      readonly type: 'playback';
      readonly source: Source;
      readonly member?: string;
      readonly state: 'playing' | 'blocked' | 'paused' | 'silenced';
    }
  | { readonly type: 'sample'; readonly sample: PeerSample }
  /** Of a track that the media server sends: which quality, null for none, and why no better one. */
  | {
      readonly type: 'forwarding';
      readonly member: string;
      readonly source: Source;
      readonly layer: number | null;
      readonly reason: ForwardReason;
    }
  /** What the media server takes one's line for: bits a second, wait in queues in milliseconds, loss from 0 to 1. */
  | { readonly type: 'line'; readonly bps: number; readonly queueMs: number; readonly loss: number }
  /** Which encodings of a source of one's own the media server wants; those that nobody is sent rest. */
  | { readonly type: 'wanted'; readonly source: Source; readonly encodings: readonly boolean[] }
);

export type Direction = 'sent' | 'received';
export type FirstWhat = 'packet-sent' | 'packet-received' | 'frame-sent' | 'frame-decoded' | 'frame-rendered';

export interface CandidateFact {
  /** Types of RFC 8445 §4. */
  readonly type: 'host' | 'srflx' | 'prflx' | 'relay';
  readonly protocol: 'udp' | 'tcp';
  /** An IP address, or a name ending in `.local` that hides one (mDNS). */
  readonly address: string;
  readonly port: number;
  /** The STUN or TURN server that it came from, where the browser says so. */
  readonly url?: string;
}

export interface PairFact {
  readonly local: CandidateFact;
  readonly remote: CandidateFact;
  /** Of RFC 8445 §6.1.2.6, as the browser reports it. */
  readonly state: 'frozen' | 'waiting' | 'in-progress' | 'succeeded' | 'failed';
  readonly nominated: boolean;
  readonly requestsSent: number;
  readonly responsesReceived: number;
}

/** The connection, measured once a second while it is open. Rates are over the time since the sample before. */
export interface PeerSample {
  readonly roundTripMs?: number;
  /** What the browser believes that the line carries, in bits per second. */
  readonly outgoingBps?: number;
  readonly tracks: readonly TrackSample[];
}

/** One direction of one track. A field is absent where the browser does not say, or a second sample is needed. */
export interface TrackSample {
  readonly direction: Direction;
  readonly kind: 'audio' | 'video';
  readonly source?: Source;
  /** Whose, where tracks of several members come by one connection. */
  readonly member?: string;
  readonly codec?: string;
  readonly bps?: number;
  /** Totals since the connection was opened. */
  readonly packets: number;
  /** Encoded (sent) or decoded (received) frames in all; of video. */
  readonly frames?: number;
  /** Frames a second that the camera or screen itself gives; of sent video. */
  readonly capturedPerSecond?: number;
  readonly framesPerSecond?: number;
  readonly width?: number;
  readonly height?: number;
  /** Share of packets lost since the sample before, 0…1; for sent tracks, as the receiver reports it. */
  readonly loss?: number;
  readonly jitterMs?: number;
  /** Of the last moment, 0…1, linear; of audio. */
  readonly audioLevel?: number;
  /** Why the encoder gives less than it could (webrtc-stats, RTCQualityLimitationReason). */
  readonly limitedBy?: 'none' | 'cpu' | 'bandwidth' | 'other';
  /** Seconds of standstill in all; of received video. */
  readonly frozenS?: number;
}
