import { writeCandidate } from './candidate.js';
import type { CodecLine, MediaSection, SessionDescription } from './session-description.js';

/**
 * The text of a description, lines ending with CR LF. Every value in it is our own, or has come through `readDescription`,
 * which lets no line end into any.
 */
export function writeDescription(description: SessionDescription): string {
  const { sessionId, sessionVersion, bundle, iceLite, extmapAllowMixed, sections } = description;
  const lines = [
    'v=0',
    `o=- ${sessionId} ${sessionVersion} IN IP4 0.0.0.0`,
    's=-',
    't=0 0',
    ...flag(bundle !== null, `a=group:BUNDLE ${bundle?.join(' ') ?? ''}`.trimEnd()),
    ...flag(iceLite, 'a=ice-lite'),
    ...flag(extmapAllowMixed, 'a=extmap-allow-mixed'),
    ...flag(
      sections.some((section) => section.msids.length > 0),
      'a=msid-semantic: WMS *',
    ),
    ...sections.flatMap(sectionLines),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function sectionLines(section: MediaSection): string[] {
  return [
    `m=${section.kind} ${section.port} ${section.protocol} ${section.formats.join(' ')}`,
    'c=IN IP4 0.0.0.0',
    ...bandwidthLines(section),
    ...line('mid', section.mid),
    ...flag(section.kind !== 'application' || section.direction !== 'sendrecv', `a=${section.direction}`),
    ...transportLines(section),
    ...flag(section.rtcpMux, 'a=rtcp-mux'),
    ...flag(section.rtcpReducedSize, 'a=rtcp-rsize'),
    ...flag(section.bundleOnly, 'a=bundle-only'),
    ...section.extensions.map(({ id, uri, direction }) => `a=extmap:${id}${direction ? `/${direction}` : ''} ${uri}`),
    ...section.codecs.flatMap(codecLines),
    ...section.msids.map(({ stream, track }) => `a=msid:${stream}${track === null ? '' : ` ${track}`}`),
    ...section.rids.map(({ id, direction, restrictions }) => `a=rid:${id} ${direction} ${restrictions}`.trimEnd()),
    ...simulcastLines(section),
    ...section.sourceGroups.map(({ semantics, ssrcs }) => `a=ssrc-group:${semantics} ${ssrcs.join(' ')}`),
    ...section.sources.flatMap(({ ssrc, cname, msid }) => [
      ...(cname === null ? [] : [`a=ssrc:${ssrc} cname:${cname}`]),
      ...(msid === null ? [] : [`a=ssrc:${ssrc} msid:${msid.stream}${msid.track === null ? '' : ` ${msid.track}`}`]),
    ]),
    ...sctpLines(section),
    ...line('max-message-size', section.maxMessageSize),
    ...section.candidates.map((candidate) => `a=${writeCandidate(candidate)}`),
    ...flag(section.endOfCandidates, 'a=end-of-candidates'),
  ];
}

function transportLines({ transport }: MediaSection): string[] {
  return [
    ...line('ice-ufrag', transport.iceUfrag),
    ...line('ice-pwd', transport.icePwd),
    ...flag(transport.iceOptions.length > 0, `a=ice-options:${transport.iceOptions.join(' ')}`),
    ...transport.fingerprints.map(({ algorithm, value }) => `a=fingerprint:${algorithm} ${value}`),
    ...line('setup', transport.setup),
  ];
}

function codecLines({ payloadType, name, clockRate, channels, parameters, feedback }: CodecLine): string[] {
  return [
    `a=rtpmap:${payloadType} ${name}/${clockRate}${channels > 1 ? `/${channels}` : ''}`,
    ...(parameters === '' ? [] : [`a=fmtp:${payloadType} ${parameters}`]),
    ...feedback.map((kind) => `a=rtcp-fb:${payloadType} ${kind}`),
  ];
}

/** Who offers the form of before RFC 8841, `DTLS/SCTP 5000`, is answered in it. */
function sctpLines({ protocol, sctpPort }: MediaSection): string[] {
  return protocol === 'DTLS/SCTP' && sctpPort !== null
    ? [`a=sctpmap:${sctpPort} webrtc-datachannel 65535`]
    : line('sctp-port', sctpPort);
}

/** Both forms: Firefox goes by `TIAS`, Chromium by either. */
function bandwidthLines({ bandwidthBps }: MediaSection): string[] {
  if (bandwidthBps === null) return [];
  return [`b=AS:${Math.ceil(bandwidthBps / 1000)}`, `b=TIAS:${bandwidthBps}`];
}

function simulcastLines({ simulcast }: MediaSection): string[] {
  if (simulcast === null) return [];
  const lists = (['send', 'recv'] as const)
    .filter((direction) => simulcast[direction].length > 0)
    .map((direction) => `${direction} ${simulcast[direction].map((stream) => stream.join(',')).join(';')}`);
  return lists.length === 0 ? [] : [`a=simulcast:${lists.join(' ')}`];
}

function flag(holds: boolean, text: string): string[] {
  return holds ? [text] : [];
}

function line(name: string, value: string | number | null): string[] {
  return value === null ? [] : [`a=${name}:${value}`];
}
