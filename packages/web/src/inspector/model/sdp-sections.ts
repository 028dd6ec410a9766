/** What a line of a description is about; the hints of the messages go by these names. */
export type SdpTopic =
  | 'media'
  | 'codec'
  | 'codec-settings'
  | 'feedback'
  | 'candidate'
  | 'candidates-end'
  | 'fingerprint'
  | 'setup'
  | 'ice-password'
  | 'ice-options'
  | 'direction'
  | 'mid'
  | 'bundle'
  | 'stream'
  | 'ssrc'
  | 'extension'
  | 'simulcast'
  | 'mux'
  | 'data-channel';

export interface SdpLine {
  readonly text: string;
  readonly topic?: SdpTopic;
}

/** The session part, or one `m=` part of a description (RFC 8866 §5). */
export interface SdpSection {
  readonly kind: 'session' | 'audio' | 'video' | 'application';
  readonly mid?: string;
  /** RFC 8829 §5.3.1: a port of zero refuses the section. */
  readonly isRefused: boolean;
  readonly direction?: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
  /** Names of the codecs offered, as preferred. */
  readonly codecs: readonly string[];
  readonly candidates: number;
  readonly lines: readonly SdpLine[];
}

const TOPICS: readonly (readonly [RegExp, SdpTopic])[] = [
  [/^m=/, 'media'],
  [/^a=rtpmap:/, 'codec'],
  [/^a=fmtp:/, 'codec-settings'],
  [/^a=rtcp-fb:/, 'feedback'],
  [/^a=candidate:/, 'candidate'],
  [/^a=end-of-candidates/, 'candidates-end'],
  [/^a=fingerprint:/, 'fingerprint'],
  [/^a=setup:/, 'setup'],
  [/^a=ice-(?:ufrag|pwd):/, 'ice-password'],
  [/^a=ice-options:/, 'ice-options'],
  [/^a=(?:sendrecv|sendonly|recvonly|inactive)$/, 'direction'],
  [/^a=mid:/, 'mid'],
  [/^a=group:BUNDLE/, 'bundle'],
  [/^a=msid/, 'stream'],
  [/^a=ssrc/, 'ssrc'],
  [/^a=extmap/, 'extension'],
  [/^a=(?:rid|simulcast):/, 'simulcast'],
  [/^a=rtcp-(?:mux|rsize)/, 'mux'],
  [/^a=(?:sctp-port|max-message-size|sctpmap):/, 'data-channel'],
];

/** Repair formats of RFC 4588, RFC 2198, RFC 5109 and the like: listed with the codecs, and none. */
const NO_CODECS = /^(?:rtx|red|ulpfec|flexfec-03|telephone-event|CN)$/i;

/** A description by its sections. Whatever it says, it is shown: nothing is refused. */
export function sdpSections(sdp: string): readonly SdpSection[] {
  const groups: string[][] = [[]];
  for (const line of sdpLines(sdp)) {
    if (line.startsWith('m=')) groups.push([]);
    groups.at(-1)?.push(line);
  }
  return groups.filter((lines) => lines.length > 0).map(sectionOf);
}

/** The lines of a description without their ends. */
export function sdpLines(sdp: string): readonly string[] {
  return sdp.split(/\r?\n/).filter((line) => line !== '');
}

function sectionOf(lines: readonly string[]): SdpSection {
  const media = /^m=(\S+) (\d+)/.exec(lines[0] ?? '');
  const mid = lines.find((line) => line.startsWith('a=mid:'))?.slice('a=mid:'.length);
  const direction = lines.find((line) => topicOf(line) === 'direction')?.slice(2) as SdpSection['direction'];
  return {
    kind: media === null ? 'session' : kindOf(media[1]),
    ...(mid === undefined ? {} : { mid }),
    isRefused: media?.[2] === '0' && !lines.includes('a=bundle-only'),
    ...(direction === undefined ? {} : { direction }),
    codecs: codecsOf(lines),
    candidates: lines.filter((line) => line.startsWith('a=candidate:')).length,
    lines: lines.map((text) => ({ text, ...topicField(text) })),
  };
}

function kindOf(name: string | undefined): SdpSection['kind'] {
  return name === 'audio' || name === 'video' ? name : 'application';
}

function topicField(text: string): { topic?: SdpTopic } {
  const topic = topicOf(text);
  return topic === undefined ? {} : { topic };
}

function topicOf(text: string): SdpTopic | undefined {
  return TOPICS.find(([pattern]) => pattern.test(text))?.[1];
}

function codecsOf(lines: readonly string[]): readonly string[] {
  const names = lines.flatMap((line) => /^a=rtpmap:\d+ ([^/]+)/.exec(line)?.[1] ?? []);
  return [...new Set(names)].filter((name) => !NO_CODECS.test(name));
}
