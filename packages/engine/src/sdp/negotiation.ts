import type { Candidate } from './candidate.js';
import type { CodecCapability } from './codec-capability.js';
import type { Direction } from './direction.js';
import type { NegotiatedExtension } from './header-extensions.js';
import type { NegotiatedCodec } from './negotiated-codec.js';
import type { Fingerprint, Msid } from './session-description.js';

export interface IceCredentials {
  readonly ufrag: string;
  readonly pwd: string;
}

/** What our descriptions say of our transport. */
export interface LocalTransport {
  readonly iceLite: boolean;
  /** Used for a new connection, and from an ICE restart on; else the connection keeps those it has. */
  readonly credentials: IceCredentials;
  readonly fingerprint: Fingerprint;
  readonly candidates: readonly Candidate[];
  /** What we are in DTLS where the offer leaves it to us. */
  readonly dtlsRole: DtlsRole;
}

export type DtlsRole = 'client' | 'server';

/** What the other side's descriptions say of its transport: of the section that carries the BUNDLE. */
export interface RemoteTransport {
  readonly credentials: IceCredentials;
  /** At least one, of SHA-256 or longer. */
  readonly fingerprints: readonly Fingerprint[];
  readonly iceLite: boolean;
}

/** A track that we send in a section: what its packets and its lines carry. */
export interface SentTrack {
  readonly kind: 'audio' | 'video';
  /** Names it among those of a connection. */
  readonly trackId: string;
  readonly streamId: string;
  readonly cname: string;
  readonly ssrc: number;
  readonly rtxSsrc: number | null;
  /** What it may come in: the codec of the publication, where that is known. */
  readonly codecs: readonly CodecCapability[];
}

/** One simulcast layer as the sender names it, or the one stream that a section has. */
export interface ReceivedStream {
  readonly rid: string | null;
  /** Null where packets alone tell, by RID or MID. */
  readonly ssrc: number | null;
  readonly rtxSsrc: number | null;
  /** Marked `~`: not sent until asked for (RFC 8853 §5.1). */
  readonly paused: boolean;
}

/** A section as both sides have agreed on it. */
export type NegotiatedSection = MediaAgreement | DataAgreement | ClosedSection;

export interface MediaAgreement {
  readonly type: 'media';
  readonly mid: string;
  readonly kind: 'audio' | 'video';
  readonly protocol: string;
  /** Ours. */
  readonly direction: Direction;
  readonly codecs: readonly NegotiatedCodec[];
  readonly extensions: readonly NegotiatedExtension[];
  readonly reducedSize: boolean;
  /** What comes in; empty where we do not receive. In the order of the offer. */
  readonly streams: readonly ReceivedStream[];
  readonly msid: Msid | null;
  /** What goes out; null where we do not send. */
  readonly sent: SentTrack | null;
  /** What the other side may be sent, in bits a second. */
  readonly bandwidthBps: number | null;
}

export interface DataAgreement {
  readonly type: 'data';
  readonly mid: string;
  readonly protocol: string;
  readonly sctpPort: number;
  /** Bytes that the other side takes in one message; 0 is any number. */
  readonly maxMessageSize: number;
}

/** Rejected, or stopped: an `m=` line that only keeps its place. */
export interface ClosedSection {
  readonly type: 'closed';
  readonly mid: string | null;
  readonly kind: string;
  readonly protocol: string;
  readonly formats: readonly string[];
  readonly reason: ClosedReason;
}

export type ClosedReason =
  /** By the other side: port 0. */
  | 'closed'
  /** Neither sound nor picture nor data, or not over DTLS. */
  | 'kind'
  | 'no_mid'
  /** Not in the first BUNDLE group (RFC 9143). */
  | 'not_bundled'
  | 'no_rtcp_mux'
  | 'no_common_codec'
  /** It sends where we do not receive, or receives where we have nothing to send. */
  | 'direction'
  | 'no_data_channels';

/** A connection between descriptions: plain data, which a caller keeps and hands in with the next one. */
export interface Negotiation {
  readonly sessionId: string;
  /** Of our last description. */
  readonly version: number;
  readonly local: IceCredentials;
  readonly remote: RemoteTransport;
  readonly dtlsRole: DtlsRole;
  readonly sections: readonly NegotiatedSection[];
}

/** Why a description is refused as a whole. Nothing has changed then. */
export type RefusalReason =
  | 'no_sections'
  | 'no_ice_credentials'
  | 'no_fingerprint'
  /** `holdconn`, none at all, or a role that does not go with ours. */
  | 'setup'
  /** Several sections without a BUNDLE group. */
  | 'not_bundled'
  /** A section is gone, or another one stands in its place. */
  | 'sections_changed'
  /** Another certificate, which would be another connection. */
  | 'fingerprint_changed'
  /** All sections have been rejected: see `closed`. */
  | 'nothing_in_common';

export interface Refusal {
  readonly refused: RefusalReason;
  /** Why each section was rejected, where that is the reason. */
  readonly closed?: readonly ClosedReason[];
}
