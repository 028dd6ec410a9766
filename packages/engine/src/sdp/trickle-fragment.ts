import { TRANSPORT_READERS } from './attribute-readers.js';
import { type Candidate, readCandidate, writeCandidate } from './candidate.js';
import { halves } from './format-parameters.js';
import { SDP_LIMITS } from './sdp-limits.js';
import { type SdpFault, splitLines } from './sdp-lines.js';
import { TransportDraft } from './section-draft.js';

/** What a PATCH of WHIP carries: candidates, or the credentials of an ICE restart (RFC 8840 §9, RFC 9725 §4.3). */
export interface TrickleFragment {
  readonly iceUfrag: string | null;
  readonly icePwd: string | null;
  readonly sections: readonly TrickledSection[];
}

export interface TrickledSection {
  readonly mid: string;
  readonly candidates: readonly Candidate[];
  readonly endOfCandidates: boolean;
}

/** Reads a body of the type `application/trickle-ice-sdpfrag`. Never throws; candidates without a mid are left out. */
export function readFragment(text: string): TrickleFragment | SdpFault {
  const lines = splitLines(text);
  if (!Array.isArray(lines)) return lines;
  const transport = new TransportDraft();
  const sections = new Map<string, { mid: string; candidates: Candidate[]; endOfCandidates: boolean }>();
  let section: { mid: string; candidates: Candidate[]; endOfCandidates: boolean } | undefined;
  for (const line of lines) {
    if (line.startsWith('m=')) section = undefined;
    if (!line.startsWith('a=')) continue;
    const [name, value] = halves(line.slice(2), ':');
    TRANSPORT_READERS.get(name)?.(transport, value);
    if (name === 'mid' && sections.size < SDP_LIMITS.sections) {
      section = sections.get(value) ?? { mid: value, candidates: [], endOfCandidates: false };
      sections.set(value, section);
    }
    if (section === undefined) continue;
    if (name === 'end-of-candidates') section.endOfCandidates = true;
    const candidate = name === 'candidate' ? readCandidate(line) : null;
    if (candidate !== null && section.candidates.length < SDP_LIMITS.candidates) section.candidates.push(candidate);
  }
  return { iceUfrag: transport.iceUfrag, icePwd: transport.icePwd, sections: [...sections.values()] };
}

/** The answer to an ICE restart, in the form of RFC 9725 §4.3.3: one pseudo section for each mid. */
export function writeFragment({ iceUfrag, icePwd, sections }: TrickleFragment): string {
  const lines = [
    ...(iceUfrag === null ? [] : [`a=ice-ufrag:${iceUfrag}`]),
    ...(icePwd === null ? [] : [`a=ice-pwd:${icePwd}`]),
    ...sections.flatMap(({ mid, candidates, endOfCandidates }) => [
      'm=audio 9 RTP/AVP 0',
      `a=mid:${mid}`,
      ...candidates.map((candidate) => `a=${writeCandidate(candidate)}`),
      ...(endOfCandidates ? ['a=end-of-candidates'] : []),
    ]),
  ];
  return `${lines.join('\r\n')}\r\n`;
}
