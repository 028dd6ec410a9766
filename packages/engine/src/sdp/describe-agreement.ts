import { receives } from './direction.js';
import { extensionLines } from './header-extensions.js';
import { codecLines } from './negotiated-codec.js';
import type { IceCredentials, LocalTransport, NegotiatedSection, SentTrack } from './negotiation.js';
import { answeredSimulcast } from './received-streams.js';
import type { MediaSection, SourceLine, TransportLines } from './session-description.js';

/** Bytes that we take in one message of a data channel. */
export const MAX_MESSAGE_BYTES = 262_144;

/** What our own descriptions say in every section. */
export interface OwnLines {
  readonly local: LocalTransport;
  readonly credentials: IceCredentials;
  readonly setup: 'active' | 'passive' | 'actpass';
  /** The section that carries the candidates. */
  readonly taggedMid: string | null;
  readonly maxBitrateBps: number | null;
}

const NO_TRANSPORT: TransportLines = { iceUfrag: null, icePwd: null, iceOptions: [], fingerprints: [], setup: null };

const EMPTY: MediaSection = {
  kind: '',
  port: 0,
  protocol: '',
  formats: [],
  mid: null,
  direction: 'inactive',
  transport: NO_TRANSPORT,
  rtcpMux: false,
  rtcpReducedSize: false,
  bundleOnly: false,
  codecs: [],
  extensions: [],
  rids: [],
  simulcast: null,
  sources: [],
  sourceGroups: [],
  msids: [],
  candidates: [],
  endOfCandidates: false,
  sctpPort: null,
  maxMessageSize: null,
  bandwidthBps: null,
};

/** The section that says an agreement, in an answer or in an offer of ours. */
export function describeSection(section: NegotiatedSection, own: OwnLines): MediaSection {
  if (section.type === 'closed') {
    const { mid, kind, protocol, formats } = section;
    return { ...EMPTY, kind, protocol, mid, formats: formats.length > 0 ? formats : ['0'] };
  }
  const open = { ...EMPTY, port: 9, protocol: section.protocol, mid: section.mid, ...transportOf(section.mid, own) };
  if (section.type === 'data') {
    const formats = [section.protocol === 'DTLS/SCTP' ? String(section.sctpPort) : 'webrtc-datachannel'];
    const { sctpPort } = section;
    // Data has no direction; `sendrecv` is what is read where none is written.
    return {
      ...open,
      kind: 'application',
      direction: 'sendrecv',
      formats,
      sctpPort,
      maxMessageSize: MAX_MESSAGE_BYTES,
    };
  }
  const codecs = codecLines(section.codecs);
  const { kind, direction, extensions, reducedSize, streams, sent } = section;
  const comesIn = receives(direction);
  return {
    ...open,
    kind,
    direction,
    codecs,
    formats: codecs.map(({ payloadType }) => String(payloadType)),
    rtcpMux: true,
    rtcpReducedSize: reducedSize,
    extensions: extensionLines(extensions),
    bandwidthBps: comesIn ? own.maxBitrateBps : null,
    ...(comesIn ? answeredSimulcast(streams) : {}),
    ...(sent === null ? {} : sourcesOf(sent)),
  };
}

function transportOf(mid: string, own: OwnLines): Pick<MediaSection, 'transport' | 'candidates' | 'endOfCandidates'> {
  const isTagged = mid === own.taggedMid;
  return {
    transport: {
      iceUfrag: own.credentials.ufrag,
      icePwd: own.credentials.pwd,
      iceOptions: ['trickle', 'ice2'],
      fingerprints: [own.local.fingerprint],
      setup: own.setup,
    },
    candidates: isTagged ? own.local.candidates : [],
    endOfCandidates: isTagged && own.local.candidates.length > 0,
  };
}

/** Both ways of saying whose packets they are: `msid`, and the SSRCs for those who go by them. */
function sourcesOf(sent: SentTrack): Pick<MediaSection, 'msids' | 'sources' | 'sourceGroups'> {
  const { streamId, trackId, cname, ssrc, rtxSsrc } = sent;
  const source = (id: number): SourceLine => ({ ssrc: id, cname, msid: { stream: streamId, track: trackId } });
  return {
    msids: [{ stream: streamId, track: trackId }],
    sources: rtxSsrc === null ? [source(ssrc)] : [source(ssrc), source(rtxSsrc)],
    sourceGroups: rtxSsrc === null ? [] : [{ semantics: 'FID', ssrcs: [ssrc, rtxSsrc] }],
  };
}
