import { readCandidate } from './candidate.js';
import { isDirection } from './direction.js';
import { halves } from './format-parameters.js';
import { SDP_LIMITS } from './sdp-limits.js';
import type { SectionDraft, TransportDraft } from './section-draft.js';
import type { Fingerprint, Msid, Setup, Simulcast } from './session-description.js';

/** What may be echoed: visible ASCII (RFC 8866 §9, `token` and a little more), of a length that anybody would use. */
const TOKEN = /^[!-~]{1,256}$/;
const PAYLOAD_TYPE = /^(?:\d|[1-9]\d|1[01]\d|12[0-7])$/;
const ICE_CHARACTERS = /^[A-Za-z0-9+/]+$/;
const FINGERPRINT = /^([A-Za-z0-9-]{1,16}) ((?:[0-9A-Fa-f]{2}:){15,63}[0-9A-Fa-f]{2})$/;
const RTP_MAP = /^(\d{1,3}) ([A-Za-z0-9_.-]{1,32})\/(\d{1,7})(?:\/(\d))?$/;
const EXTENSION = /^(\d{1,5})(?:\/(sendrecv|sendonly|recvonly|inactive))? ([!-~]{1,256})(?: |$)/;
/** RFC 8851 §10 with the correction of RFC 8852 §3.1: letters and digits, as the header extension carries them. */
const RID = /^([A-Za-z0-9_-]{1,16}) (send|recv)(?: (.*))?$/;

/** Reads an attribute into the draft of its section. What is malformed is left out, as if it had not been written. */
type SectionReader = (section: SectionDraft, value: string, name: string) => void;
type TransportReader = (transport: TransportDraft, value: string) => void;

/** Attributes that stand for the session or for one section. */
export const TRANSPORT_READERS: ReadonlyMap<string, TransportReader> = new Map<string, TransportReader>([
  [
    'ice-ufrag',
    (transport, value) => {
      transport.iceUfrag = iceText(value, 4);
    },
  ],
  [
    'ice-pwd',
    (transport, value) => {
      transport.icePwd = iceText(value, 22);
    },
  ],
  [
    'ice-options',
    (transport, value) => {
      transport.iceOptions = value.split(' ', 16).filter(isToken);
    },
  ],
  [
    'setup',
    (transport, value) => {
      transport.setup = isSetup(value) ? value : null;
    },
  ],
  [
    'fingerprint',
    (transport, value) => {
      const fingerprint = readFingerprint(value);
      if (fingerprint !== null && transport.fingerprints.length < 8) transport.fingerprints.push(fingerprint);
    },
  ],
]);

const readDirection: SectionReader = (section, _value, name) => {
  if (isDirection(name)) section.direction = name;
};

type Flag = 'rtcpMux' | 'rtcpReducedSize' | 'bundleOnly' | 'extmapAllowMixed' | 'endOfCandidates';

/** Of an attribute that says all by being there. */
const setFlag =
  (flag: Flag): SectionReader =>
  (section) => {
    section[flag] = true;
  };

/** Attributes of one section. */
export const SECTION_READERS: ReadonlyMap<string, SectionReader> = new Map<string, SectionReader>([
  ['sendrecv', readDirection],
  ['sendonly', readDirection],
  ['recvonly', readDirection],
  ['inactive', readDirection],
  [
    'mid',
    (section, value) => {
      section.mid = isToken(value) ? value : null;
    },
  ],
  ['rtcp-mux', setFlag('rtcpMux')],
  ['rtcp-rsize', setFlag('rtcpReducedSize')],
  ['bundle-only', setFlag('bundleOnly')],
  ['extmap-allow-mixed', setFlag('extmapAllowMixed')],
  ['end-of-candidates', setFlag('endOfCandidates')],
  [
    'sctp-port',
    (section, value) => {
      section.sctpPort = whole(value, 65_535);
    },
  ],
  // Before RFC 8841: `5000 webrtc-datachannel 65535`.
  [
    'sctpmap',
    (section, value) => {
      section.sctpPort = whole(halves(value, ' ')[0], 65_535);
    },
  ],
  [
    'max-message-size',
    (section, value) => {
      section.maxMessageSize = whole(value, Number.MAX_SAFE_INTEGER);
    },
  ],
  ['rtpmap', readRtpMap],
  ['fmtp', readFmtp],
  ['rtcp-fb', readFeedback],
  ['extmap', readExtension],
  ['rid', readRid],
  ['simulcast', readSimulcast],
  ['ssrc', readSource],
  ['ssrc-group', readSourceGroup],
  ['candidate', readCandidateLine],
  [
    'msid',
    (section, value) => {
      const msid = readMsid(value);
      if (msid !== null) section.msids.push(msid);
    },
  ],
]);

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** A number of decimal digits up to `most`; null for anything else. */
export function whole(text: string, most: number): number | null {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return value <= most ? value : null;
}

function iceText(value: string, shortest: number): string | null {
  return value.length >= shortest && value.length <= 256 && ICE_CHARACTERS.test(value) ? value : null;
}

function isSetup(value: string): value is Setup {
  return value === 'actpass' || value === 'active' || value === 'passive' || value === 'holdconn';
}

function readFingerprint(value: string): Fingerprint | null {
  const match = FINGERPRINT.exec(value);
  return match === null ? null : { algorithm: match[1]!.toLowerCase(), value: match[2]!.toUpperCase() };
}

function readRtpMap(section: SectionDraft, value: string): void {
  const match = RTP_MAP.exec(value);
  if (match === null || !PAYLOAD_TYPE.test(match[1]!)) return;
  section.maps.set(match[1]!, { name: match[2]!, clockRate: Number(match[3]), channels: Number(match[4] ?? 1) });
}

function readFmtp(section: SectionDraft, value: string): void {
  const [format, parameters] = halves(value, ' ');
  if (PAYLOAD_TYPE.test(format)) section.parameters.set(format, parameters.trim());
}

function readFeedback(section: SectionDraft, value: string): void {
  const [format, feedback] = halves(value, ' ');
  if (format !== '*' && !PAYLOAD_TYPE.test(format)) return;
  const known = section.feedback.get(format) ?? [];
  if (known.length < 16) section.feedback.set(format, [...known, feedback.trim()]);
}

function readExtension(section: SectionDraft, value: string): void {
  const match = EXTENSION.exec(value);
  if (match === null || section.extensions.length >= 64) return;
  const direction = match[2] ?? '';
  section.extensions.push({
    id: Number(match[1]),
    uri: match[3]!,
    direction: isDirection(direction) ? direction : null,
  });
}

function readRid(section: SectionDraft, value: string): void {
  const match = RID.exec(value);
  if (match === null || section.rids.length >= SDP_LIMITS.rids) return;
  section.rids.push({ id: match[1]!, direction: match[2] === 'send' ? 'send' : 'recv', restrictions: match[3] ?? '' });
}

/** `send 1;~4,5 recv 6` (RFC 8853 §5.1). */
function readSimulcast(section: SectionDraft, value: string): void {
  const words = value.trim().split(' ', 5);
  const lists: { send: Simulcast['send']; recv: Simulcast['recv'] } = { send: [], recv: [] };
  for (let ix = 0; ix + 1 < words.length; ix += 2) {
    const direction = words[ix];
    if (direction !== 'send' && direction !== 'recv') return;
    lists[direction] = words[ix + 1]!.split(';', SDP_LIMITS.rids).map((stream) => stream.split(',', SDP_LIMITS.rids));
  }
  section.simulcast = lists;
}

function readSource(section: SectionDraft, value: string): void {
  const [id, attribute] = halves(value, ' ');
  const ssrc = whole(id, 0xffff_ffff);
  if (ssrc === null) return;
  const source = section.sources.get(ssrc) ?? { cname: null, msid: null };
  section.sources.set(ssrc, source);
  const [name, text] = halves(attribute, ':');
  if (name === 'cname' && isToken(text)) source.cname = text;
  if (name === 'msid') source.msid = readMsid(text);
}

function readSourceGroup(section: SectionDraft, value: string): void {
  const [semantics, ...ids] = value.trim().split(' ', 1 + 32);
  const ssrcs = ids.map((id) => whole(id, 0xffff_ffff));
  if (!isToken(semantics!) || ssrcs.length === 0 || ssrcs.includes(null)) return;
  section.sourceGroups.push({ semantics: semantics!, ssrcs: ssrcs as number[] });
}

function readCandidateLine(section: SectionDraft, value: string): void {
  if (section.candidates.length >= SDP_LIMITS.candidates) return;
  const candidate = readCandidate(`candidate:${value}`);
  if (candidate !== null) section.candidates.push(candidate);
}

function readMsid(value: string): Msid | null {
  const [stream, track] = value.split(' ', 2);
  if (stream === undefined || !isToken(stream)) return null;
  return { stream, track: track !== undefined && isToken(track) ? track : null };
}
