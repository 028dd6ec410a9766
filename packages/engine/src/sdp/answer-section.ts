import type { CodecCapability } from './codec-capability.js';
import { type Direction, directionOf, receives, sends } from './direction.js';
import type { ExtensionIds } from './header-extensions.js';
import { takeCodecs } from './negotiated-codec.js';
import type {
  ClosedReason,
  ClosedSection,
  DataAgreement,
  MediaAgreement,
  NegotiatedSection,
  SentTrack,
} from './negotiation.js';
import { receivedStreams } from './received-streams.js';
import { isBundled, isClosed } from './remote-transport.js';
import type { MediaSection, SessionDescription } from './session-description.js';

/** What a connection is for, and what may pass over it. */
export interface Capabilities {
  /** `one`: the first codec of each section that we know, with its companions, so that a publication has one codec. */
  readonly take: 'one' | 'all';
  readonly codecs: readonly CodecCapability[];
  /** Whether the other side may send. */
  readonly receives: boolean;
  readonly dataChannels: boolean;
  /** What the other side may send at most in each section, in bits a second; null for no limit. */
  readonly maxBitrateBps: number | null;
}

/** Everything that is the same for all sections of one offer. */
export interface AnswerContext {
  readonly offer: SessionDescription;
  readonly capabilities: Capabilities;
  readonly ids: ExtensionIds;
  /** All tracks that are to be sent. */
  readonly tracks: readonly SentTrack[];
  /** Those that no section has yet; a section that takes one removes it. */
  readonly waiting: SentTrack[];
}

const DATA_PROTOCOLS: ReadonlySet<string> = new Set(['UDP/DTLS/SCTP', 'TCP/DTLS/SCTP', 'DTLS/SCTP']);
/** RFC 5764 §8, RFC 8834; without the F by senders that know no feedback messages. */
const MEDIA_PROTOCOL = /^(?:UDP|TCP)\/TLS\/RTP\/SAVPF?$/;
/** Where nothing is said (RFC 8841 §6). */
const UNSTATED_MESSAGE_SIZE = 65_536;

/** What becomes of one offered section. `old` is the agreement about it so far, if there is one. */
export function agreeOn(
  section: MediaSection,
  old: NegotiatedSection | undefined,
  context: AnswerContext,
): NegotiatedSection {
  const reason = unusable(section, context.offer);
  if (reason !== null) return close(section, reason);
  if (section.kind === 'application') {
    return context.capabilities.dataChannels ? agreeOnData(section) : close(section, 'no_data_channels');
  }
  return agreeOnMedia(section, old?.type === 'media' && old.mid === section.mid ? old : null, context);
}

function unusable(section: MediaSection, offer: SessionDescription): ClosedReason | null {
  if (isClosed(section)) return 'closed';
  if (!isKnown(section)) return 'kind';
  if (section.mid === null) return 'no_mid';
  if (!isBundled(offer, section)) return 'not_bundled';
  return section.kind === 'application' || section.rtcpMux ? null : 'no_rtcp_mux';
}

function isKnown({ kind, protocol, sctpPort }: MediaSection): boolean {
  if (kind === 'application') return DATA_PROTOCOLS.has(protocol) && sctpPort !== null && sctpPort > 0;
  return (kind === 'audio' || kind === 'video') && MEDIA_PROTOCOL.test(protocol);
}

function close({ mid, kind, protocol, formats }: MediaSection, reason: ClosedReason): ClosedSection {
  return { type: 'closed', mid, kind, protocol, formats: formats.slice(0, 1), reason };
}

function agreeOnData({ mid, protocol, sctpPort, maxMessageSize }: MediaSection): DataAgreement {
  return {
    type: 'data',
    mid: mid!,
    protocol,
    sctpPort: sctpPort!,
    maxMessageSize: maxMessageSize ?? UNSTATED_MESSAGE_SIZE,
  };
}

function agreeOnMedia(
  section: MediaSection,
  old: MediaAgreement | null,
  context: AnswerContext,
): MediaAgreement | ClosedSection {
  const { capabilities, ids, offer } = context;
  const kind = section.kind as 'audio' | 'video';
  const sent = receives(section.direction) ? trackFor(kind, old, context) : null;
  const direction = directionOf(sent !== null, sends(section.direction) && capabilities.receives);
  if (old === null && isUnwanted(section.direction, direction)) return close(section, 'direction');
  const wanted = sent !== null && sent.codecs.length > 0 ? sent.codecs : capabilities.codecs;
  const codecs = takeCodecs(section.codecs, ofKind(wanted, kind), capabilities.take);
  if (codecs.length === 0) return close(section, 'no_common_codec');
  if (sent !== null) takeOut(context.waiting, sent);
  const comesIn = receives(direction);
  return {
    type: 'media',
    mid: section.mid!,
    kind,
    protocol: section.protocol,
    direction,
    codecs,
    extensions: ids.take(section.extensions, kind, direction, offer.extmapAllowMixed),
    reducedSize: section.rtcpReducedSize,
    streams: comesIn ? receivedStreams(section) : [],
    msid: comesIn ? (section.msids[0] ?? section.sources.find(({ msid }) => msid !== null)?.msid ?? null) : null,
    sent,
    bandwidthBps: section.bandwidthBps,
  };
}

/** The track that the section has, as long as that is to be sent; else the first of its kind that waits. */
function trackFor(kind: string, old: MediaAgreement | null, { tracks, waiting }: AnswerContext): SentTrack | null {
  const had = old?.sent?.trackId;
  const own = had === undefined ? undefined : tracks.find((track) => track.kind === kind && track.trackId === had);
  return own ?? waiting.find((track) => track.kind === kind) ?? null;
}

/** A section that was offered for something, and would be for nothing. */
function isUnwanted(offered: Direction, direction: Direction): boolean {
  return offered !== 'inactive' && direction === 'inactive';
}

function ofKind(codecs: readonly CodecCapability[], kind: string): CodecCapability[] {
  return codecs.filter((codec) => codec.kind === kind);
}

function takeOut(waiting: SentTrack[], track: SentTrack): void {
  const ix = waiting.indexOf(track);
  if (ix >= 0) waiting.splice(ix, 1);
}
