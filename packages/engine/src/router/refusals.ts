import type { DescriptionRefusal } from '../peer/index.js';
import type { MediaRefusalCode } from '../ports/index.js';
import type { ClosedReason, SdpFault } from '../sdp/index.js';

/** A command that changes nothing, and why. */
export interface RefusedCommand {
  readonly ok: false;
  readonly code: MediaRefusalCode;
  readonly detail: string;
}

const DETAILS: Record<DescriptionRefusal['refused'], string> = {
  no_sections: 'The description has no section.',
  no_ice_credentials: 'The description has no a=ice-ufrag or no a=ice-pwd.',
  no_fingerprint: 'The description has no fingerprint of SHA-256 (a=fingerprint:sha-256 …).',
  setup: 'What a=setup says is missing, unknown, or does not go with the role that this side has.',
  not_bundled: 'All sections have to share one transport: a=group:BUNDLE with the mids of all.',
  sections_changed: 'A later offer has all sections of the one before, in the same order.',
  fingerprint_changed: 'A later offer has the certificate of the one before; another one is another connection.',
  nothing_in_common: 'No section can be used.',
  no_room: 'This media thread has as many connections as it may have.',
  no_offer: 'There is no offer that this would be the answer to.',
};

const CLOSED: Record<ClosedReason, string> = {
  closed: 'closed by its port 0',
  kind: 'neither audio nor video over DTLS-SRTP',
  no_mid: 'without a=mid',
  not_bundled: 'outside of the BUNDLE group',
  no_rtcp_mux: 'without a=rtcp-mux',
  no_common_codec: 'without a codec that is known here',
  direction: 'of the wrong direction',
  no_data_channels: 'of data channels, which are not served here',
};

const FAULTS: Record<SdpFault['fault'], string> = {
  too_long: 'is too long',
  too_many_lines: 'has too many lines',
  line_too_long: 'has a line that is too long',
  too_many_sections: 'has too many sections',
  characters: 'has a control character',
  no_line: 'has a line that is not of the form x=…',
  no_version: 'does not begin with v=0',
  media: 'has an m= line that cannot be read',
  same_mid: 'has two sections with one mid',
};

export function refuse(code: MediaRefusalCode, detail: string): RefusedCommand {
  return { ok: false, code, detail };
}

/** Of a description that no connection came of. */
export function refusedDescription(refusal: DescriptionRefusal): RefusedCommand {
  const code = refusal.refused === 'no_room' ? 'full' : 'unacceptable';
  const closed = 'closed' in refusal && refusal.closed ? [...new Set(refusal.closed)] : [];
  const why = closed.map((reason) => CLOSED[reason]).join(', ');
  return refuse(code, why === '' ? DETAILS[refusal.refused] : `${DETAILS[refusal.refused]} They are ${why}.`);
}

/** Of a text that is no description, or no fragment. */
export function refusedText(what: 'offer' | 'answer' | 'fragment', { fault, line }: SdpFault): RefusedCommand {
  return refuse('malformed', `The ${what} ${FAULTS[fault]} (line ${line}).`);
}
