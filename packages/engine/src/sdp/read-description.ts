import { SECTION_READERS, TRANSPORT_READERS, whole } from './attribute-readers.js';
import { type Direction, isDirection } from './direction.js';
import { halves } from './format-parameters.js';
import { SDP_LIMITS } from './sdp-limits.js';
import { type SdpFault, splitLines } from './sdp-lines.js';
import { SectionDraft, TransportDraft } from './section-draft.js';
import type { SessionDescription } from './session-description.js';

/** `m=video 9 UDP/TLS/RTP/SAVPF 96 97`; the port may have a number of ports behind it, which nobody uses. */
const MEDIA = /^([!-~]{1,32}) (\d{1,5})(?:\/\d{1,5})? ([!-~]{1,64})((?: [!-~]{1,64})*) ?$/;
const ORIGIN = /^\S+ (\d{1,20}) (\d{1,20}) /;

/** What stands above the first section. */
class SessionDraft {
  sessionId = '0';
  sessionVersion = '0';
  bundle: string[] | null = null;
  iceLite = false;
  extmapAllowMixed = false;
  direction: Direction | null = null;
  readonly transport = new TransportDraft();
}

/**
 * Reads an offer or an answer. Never throws; its cost grows with the length of the text alone. A line that is malformed or
 * that we do not know is left out, so that what depends on it fails with a reason of its own; `SdpFault` is for texts that
 * have no structure at all, and for those larger than anybody's (`SDP_LIMITS`).
 */
export function readDescription(text: string): SessionDescription | SdpFault {
  const lines = splitLines(text);
  if (!Array.isArray(lines)) return lines;
  if (lines[0] !== 'v=0') return { fault: 'no_version', line: 1 };
  const session = new SessionDraft();
  const sections: SectionDraft[] = [];
  for (const [ix, line] of lines.entries()) {
    const fault = readLine(session, sections, line);
    if (fault !== null) return { fault, line: ix + 1 };
  }
  return {
    sessionId: session.sessionId,
    sessionVersion: session.sessionVersion,
    bundle: session.bundle,
    iceLite: session.iceLite,
    extmapAllowMixed: session.extmapAllowMixed || sections.some((section) => section.extmapAllowMixed),
    sections: sections.map((section) => section.finish(session.transport, session.direction)),
  };
}

function readLine(session: SessionDraft, sections: SectionDraft[], line: string): SdpFault['fault'] | null {
  const value = line.slice(2);
  const section = sections.at(-1);
  switch (line[0]) {
    case 'm':
      return readMedia(sections, value);
    case 'a':
      return section === undefined ? readSessionAttribute(session, value) : readAttribute(sections, section, value);
    case 'o':
      if (section === undefined) readOrigin(session, value);
      return null;
    case 'b':
      if (section !== undefined) readBandwidth(section, value);
      return null;
    default:
      return null;
  }
}

function readMedia(sections: SectionDraft[], value: string): SdpFault['fault'] | null {
  if (sections.length >= SDP_LIMITS.sections) return 'too_many_sections';
  const match = MEDIA.exec(value);
  if (match === null || Number(match[2]) > 65_535) return 'media';
  const formats = match[4]!.split(' ').filter((format) => format !== '');
  sections.push(new SectionDraft(match[1]!, Number(match[2]), match[3]!, formats));
  return null;
}

function readOrigin(session: SessionDraft, value: string): void {
  const match = ORIGIN.exec(value);
  if (match === null) return;
  session.sessionId = match[1]!;
  session.sessionVersion = match[2]!;
}

function readBandwidth(section: SectionDraft, value: string): void {
  const [type, text] = halves(value, ':');
  const bandwidth = whole(text, 1e12);
  if (type === 'TIAS') section.tiasBps = bandwidth;
  else if (type === 'AS' && bandwidth !== null) section.asBps = bandwidth * 1000;
}

function readSessionAttribute(session: SessionDraft, attribute: string): null {
  const [name, value] = halves(attribute, ':');
  TRANSPORT_READERS.get(name)?.(session.transport, value);
  if (name === 'group' && session.bundle === null) session.bundle = bundleOf(value);
  if (name === 'ice-lite') session.iceLite = true;
  if (name === 'extmap-allow-mixed') session.extmapAllowMixed = true;
  if (isDirection(name)) session.direction = name;
  return null;
}

function readAttribute(sections: SectionDraft[], section: SectionDraft, attribute: string): SdpFault['fault'] | null {
  const [name, value] = halves(attribute, ':');
  TRANSPORT_READERS.get(name)?.(section.transport, value);
  SECTION_READERS.get(name)?.(section, value, name);
  if (name !== 'mid' || section.mid === null) return null;
  return sections.some((other) => other !== section && other.mid === section.mid) ? 'same_mid' : null;
}

function bundleOf(value: string): string[] | null {
  const [semantics, ...mids] = value.trim().split(' ', 1 + SDP_LIMITS.sections);
  return semantics === 'BUNDLE' ? mids : null;
}
