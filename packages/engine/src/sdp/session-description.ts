import type { Candidate } from './candidate.js';
import type { Direction } from './direction.js';

/** An offer or an answer as plain data: what WebRTC uses of SDP, and nothing of the rest. */
export interface SessionDescription {
  /** Decimal digits: who wrote it, the same in every description of a connection. */
  readonly sessionId: string;
  /** Decimal digits, one more in each description that differs. */
  readonly sessionVersion: string;
  /** The mids of the first BUNDLE group in order (RFC 9143); null when there is none. */
  readonly bundle: readonly string[] | null;
  readonly iceLite: boolean;
  /** One-byte and two-byte header extensions may be mixed (RFC 8285 §6). */
  readonly extmapAllowMixed: boolean;
  readonly sections: readonly MediaSection[];
}

/** One `m=` line and what follows it. Session-level lines of the transport are filled in where a section has none. */
export interface MediaSection {
  /** `audio`, `video`, `application`, or whatever else was written. */
  readonly kind: string;
  readonly port: number;
  readonly protocol: string;
  /** Payload types by preference, or `webrtc-datachannel`. */
  readonly formats: readonly string[];
  readonly mid: string | null;
  readonly direction: Direction;
  readonly transport: TransportLines;
  readonly rtcpMux: boolean;
  readonly rtcpReducedSize: boolean;
  readonly bundleOnly: boolean;
  /** In the order of `formats`; those without an `rtpmap` and without a static meaning are left out. */
  readonly codecs: readonly CodecLine[];
  readonly extensions: readonly ExtensionLine[];
  readonly rids: readonly Rid[];
  readonly simulcast: Simulcast | null;
  readonly sources: readonly SourceLine[];
  readonly sourceGroups: readonly SourceGroup[];
  readonly msids: readonly Msid[];
  readonly candidates: readonly Candidate[];
  readonly endOfCandidates: boolean;
  readonly sctpPort: number | null;
  /** Bytes; 0 means any size (RFC 8841 §6). */
  readonly maxMessageSize: number | null;
  /** What may be sent to whoever wrote it, in bits a second: `TIAS`, or else `AS` in thousands. */
  readonly bandwidthBps: number | null;
}

export type Setup = 'actpass' | 'active' | 'passive' | 'holdconn';

export interface TransportLines {
  readonly iceUfrag: string | null;
  readonly icePwd: string | null;
  readonly iceOptions: readonly string[];
  readonly fingerprints: readonly Fingerprint[];
  readonly setup: Setup | null;
}

export interface Fingerprint {
  /** In lower case: `sha-256`. */
  readonly algorithm: string;
  /** Pairs of hexadecimal digits in upper case, with colons between. */
  readonly value: string;
}

export interface CodecLine {
  readonly payloadType: number;
  /** As written: `opus`, `VP8`, `rtx`. Compare without regard to case. */
  readonly name: string;
  readonly clockRate: number;
  /** 1 where none is written. */
  readonly channels: number;
  /** The text of `fmtp`, empty where there is none. */
  readonly parameters: string;
  /** `nack`, `nack pli`, `ccm fir`, … */
  readonly feedback: readonly string[];
}

export interface ExtensionLine {
  readonly id: number;
  readonly uri: string;
  /** Null where it is that of the section (RFC 8285 §6). */
  readonly direction: Direction | null;
}

export interface Rid {
  readonly id: string;
  readonly direction: 'send' | 'recv';
  /** What follows: `pt=97;max-width=1280`. */
  readonly restrictions: string;
}

/** Each stream is a list of alternatives (RFC 8853 §5.1). A leading `~`, "paused", is kept. */
export interface Simulcast {
  readonly send: readonly (readonly string[])[];
  readonly recv: readonly (readonly string[])[];
}

export interface SourceLine {
  readonly ssrc: number;
  readonly cname: string | null;
  readonly msid: Msid | null;
}

export interface SourceGroup {
  /** `FID`, `SIM`, … */
  readonly semantics: string;
  readonly ssrcs: readonly number[];
}

export interface Msid {
  /** `-` for no stream. */
  readonly stream: string;
  readonly track: string | null;
}
