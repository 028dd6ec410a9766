import type { DtlsRole, Negotiation, RefusalReason, RemoteTransport } from './negotiation.js';
import type { MediaSection, SessionDescription, Setup } from './session-description.js';

/** MD5 and SHA-1 prove nothing any more (RFC 8122 §5). */
const HASHES: ReadonlySet<string> = new Set(['sha-256', 'sha-384', 'sha-512']);

/** Whether a section may share the connection: not closed (port 0 without `bundle-only`), and in the BUNDLE group. */
export function isBundled({ bundle, sections }: SessionDescription, section: MediaSection): boolean {
  if (bundle === null) return sections.length === 1;
  return section.mid !== null && bundle.includes(section.mid);
}

export function isClosed({ port, bundleOnly }: MediaSection): boolean {
  return port === 0 && !bundleOnly;
}

/** The section whose transport counts for all: the first of the BUNDLE group (RFC 9143 §7.2). */
export function taggedSection(description: SessionDescription): MediaSection | null {
  const { bundle, sections } = description;
  if (bundle === null) return sections.length === 1 ? sections[0]! : null;
  const mid = bundle.find((id) => sections.some((section) => section.mid === id && !isClosed(section)));
  return sections.find((section) => section.mid === mid && mid !== undefined) ?? null;
}

/** The other side's transport, or why there is none. */
export function remoteTransport(description: SessionDescription): (RemoteTransport & { setup: Setup }) | RefusalReason {
  if (description.sections.length === 0) return 'no_sections';
  const tagged = taggedSection(description);
  if (tagged === null) return 'not_bundled';
  const { iceUfrag, icePwd, setup } = tagged.transport;
  if (iceUfrag === null || icePwd === null) return 'no_ice_credentials';
  const fingerprints = tagged.transport.fingerprints.filter(({ algorithm }) => HASHES.has(algorithm));
  if (fingerprints.length === 0) return 'no_fingerprint';
  if (setup === null) return 'setup';
  return { credentials: { ufrag: iceUfrag, pwd: icePwd }, fingerprints, iceLite: description.iceLite, setup };
}

/** Our role by what the other side says (RFC 5763 §5); `ours` where it leaves it to us. Null: it cannot be. */
export function dtlsRoleOf(setup: Setup, ours: DtlsRole): DtlsRole | null {
  if (setup === 'actpass') return ours;
  if (setup === 'active') return 'server';
  return setup === 'passive' ? 'client' : null;
}

/** Why a later description cannot belong to the same connection; null when it can. */
export function breaksConnection(before: Negotiation, remote: RemoteTransport, role: DtlsRole): RefusalReason | null {
  const known = new Set(before.remote.fingerprints.map(({ algorithm, value }) => `${algorithm} ${value}`));
  if (remote.fingerprints.some(({ algorithm, value }) => !known.has(`${algorithm} ${value}`))) {
    return 'fingerprint_changed';
  }
  return role === before.dtlsRole ? null : 'setup';
}
