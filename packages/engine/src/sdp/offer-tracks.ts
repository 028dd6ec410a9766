import { EXTENSION_URI, type ExtensionName } from '../rtp/index.js';
import type { CodecCapability } from './codec-capability.js';
import { describeSection } from './describe-agreement.js';
import { type NegotiatedExtension, usefulExtensions } from './header-extensions.js';
import type { NegotiatedCodec } from './negotiated-codec.js';
import type {
  IceCredentials,
  LocalTransport,
  MediaAgreement,
  NegotiatedSection,
  Negotiation,
  SentTrack,
} from './negotiation.js';
import { numberCodecs } from './number-codecs.js';
import type { SessionDescription } from './session-description.js';

export interface OfferRequest {
  /** Everything that may be offered; payload types go by it, so it stays the same for a connection. */
  readonly codecs: readonly CodecCapability[];
  readonly local: LocalTransport;
  /** What the other side shall get. Each keeps its section from offer to offer, by `trackId`. */
  readonly tracks: readonly SentTrack[];
  readonly dataChannels: boolean;
  /**
   * Kinds that have a section from the first offer on, inactive as long as nothing is sent in it: what both sides agree on
   * at first, such as header extensions, is then agreed on for both kinds.
   */
  readonly reserved?: readonly ('audio' | 'video')[];
  /** New ICE credentials: `local.credentials` (RFC 8445 §9). */
  readonly restartIce: boolean;
  /** As the last answer left it; null for a new connection. */
  readonly state: Negotiation | null;
  /**
   * An offer that this one takes the place of, for its answer never came. It may have been taken all the same, so this one
   * has its sections and goes on from it.
   */
  readonly replaces?: PendingOffer | null;
  readonly sessionId: string;
}

/** An offer on its way: to be kept until its answer comes. */
export interface PendingOffer {
  readonly sessionId: string;
  readonly version: number;
  readonly local: IceCredentials;
  readonly sections: readonly NegotiatedSection[];
}

/** As bytes of one header each (RFC 8285 §4.2): ids from 1 in the order of `EXTENSION_URI`. */
const EXTENSION_IDS = new Map((Object.keys(EXTENSION_URI) as ExtensionName[]).map((name, ix) => [name, ix + 1]));

/**
 * The offer of a subscribing connection, where only the server offers: one section for each track, and one for data.
 * A section whose track is gone becomes inactive and is used again for the next track of its kind, so that a room of
 * comings and goings does not grow the description.
 */
export function offerTracks(request: OfferRequest): { offer: SessionDescription; pending: PendingOffer } {
  const { local, state } = request;
  const before = request.replaces ?? state;
  // Checks of an unanswered first offer may be under way: they are signed with its credentials.
  const restarts = request.restartIce && state !== null;
  const pending: PendingOffer = {
    sessionId: before?.sessionId ?? request.sessionId,
    version: (before?.version ?? 0) + 1,
    local: before === null || restarts ? local.credentials : before.local,
    sections: plan(request, before?.sections ?? []),
  };
  return { offer: describe(pending, local), pending };
}

function plan(request: OfferRequest, before: readonly NegotiatedSection[]): NegotiatedSection[] {
  const { tracks, reserved = [] } = request;
  const numbered = numberCodecs(request.codecs);
  const wanted = new Map(tracks.map((track) => [track.trackId, track]));
  const sections = before.map((section) => keep(section, wanted));
  const placed = new Set(
    sections.flatMap((section) => (section.type === 'media' ? (section.sent?.trackId ?? []) : [])),
  );
  let mid = nextMid(sections);
  for (const track of tracks.filter(({ trackId }) => !placed.has(trackId))) {
    const codecs = codecsOf(track, request.codecs, numbered);
    if (codecs.length === 0) continue;
    const free = sections.findIndex((section) => isFree(section, track.kind));
    const old = sections[free];
    const isSameSection = old?.type === 'media';
    const section = mediaSection(track, codecs, isSameSection ? old.mid : String(mid++));
    if (free < 0) sections.push(section);
    else sections[free] = section;
  }
  for (const kind of reserved.filter((each) => !sections.some((section) => isOfKind(section, each)))) {
    const ours = request.codecs.find((codec) => codec.kind === kind && codec.name.toLowerCase() !== 'red');
    const codecs = numbered.filter((codec) => ours !== undefined && isNumberOf(codec, ours));
    if (codecs.length > 0) sections.push(inactiveSection(kind, codecs, String(mid++)));
  }
  if (request.dataChannels && !sections.some(({ type }) => type === 'data')) sections.push(dataSection(String(mid)));
  return sections;
}

/** The codecs of the track that are among ours; without any of its own, all of its kind. */
function codecsOf(
  { kind, codecs }: SentTrack,
  ours: readonly CodecCapability[],
  numbered: readonly NegotiatedCodec[],
): NegotiatedCodec[] {
  const names = new Set((codecs.length > 0 ? codecs : ours).filter((codec) => codec.kind === kind).map(signature));
  const wanted = ours.filter((codec) => names.has(signature(codec)));
  return numbered.filter((codec) => wanted.some((capability) => isNumberOf(codec, capability)));
}

function signature({ name, parameters }: CodecCapability): string {
  return `${name.toLowerCase()} ${parameters}`;
}

function isNumberOf(codec: NegotiatedCodec, { name, parameters }: CodecCapability): boolean {
  return codec.name === name && (codec.parameters === parameters || name.toLowerCase() === 'red');
}

/** A section as it goes on: with its track, or without one. */
function keep(section: NegotiatedSection, wanted: ReadonlyMap<string, SentTrack>): NegotiatedSection {
  if (section.type !== 'media') return section;
  const sent = section.sent === null ? undefined : wanted.get(section.sent.trackId);
  if (sent === undefined) return { ...section, direction: 'inactive', sent: null };
  return { ...section, direction: 'sendonly', sent };
}

function isOfKind(section: NegotiatedSection, kind: string): boolean {
  return section.type !== 'data' && section.kind === kind;
}

function isFree(section: NegotiatedSection, kind: string): boolean {
  if (section.type === 'media') return section.kind === kind && section.sent === null;
  return section.type === 'closed';
}

function mediaSection(track: SentTrack, codecs: NegotiatedCodec[], mid: string): MediaAgreement {
  return { ...inactiveSection(track.kind, codecs, mid), direction: 'sendonly', sent: track };
}

function inactiveSection(kind: 'audio' | 'video', codecs: NegotiatedCodec[], mid: string): MediaAgreement {
  return {
    type: 'media',
    mid,
    kind,
    protocol: 'UDP/TLS/RTP/SAVPF',
    direction: 'inactive',
    codecs,
    extensions: extensionsOf(kind),
    reducedSize: true,
    streams: [],
    msid: null,
    sent: null,
    bandwidthBps: null,
  };
}

function extensionsOf(kind: string): NegotiatedExtension[] {
  return usefulExtensions(kind, 'sendonly').map((name) => ({ name, id: EXTENSION_IDS.get(name)! }));
}

function dataSection(mid: string): NegotiatedSection {
  return { type: 'data', mid, protocol: 'UDP/DTLS/SCTP', sctpPort: 5000, maxMessageSize: 0 };
}

/**
 * One more than any that has been used: a closed section comes back under a new one (RFC 9429 §5.2.2). What the other
 * side has called a section in an offer of its own may be no number, or none that one can be added to.
 */
function nextMid(sections: readonly NegotiatedSection[]): number {
  const numbers = sections.map(({ mid }) => Number(mid ?? -1)).filter((mid) => mid >= 0 && mid < 1e9);
  return 1 + Math.max(-1, ...numbers.map(Math.floor));
}

function describe({ sessionId, version, local: credentials, sections }: PendingOffer, local: LocalTransport) {
  const open = sections.flatMap(({ type, mid }) => (type === 'closed' || mid === null ? [] : [mid]));
  const own = { local, credentials, setup: 'actpass', taggedMid: open[0] ?? null, maxBitrateBps: null } as const;
  return {
    sessionId,
    sessionVersion: String(version),
    bundle: open,
    iceLite: local.iceLite,
    extmapAllowMixed: true,
    sections: sections.map((section) => describeSection(section, own)),
  };
}
