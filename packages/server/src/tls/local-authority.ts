import { createPrivateKey, X509Certificate } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { KeyPair } from './issue.js';
import type { LocalNames } from './local-names.js';
import { constraintsFor, type NameConstraints, permits } from './name-constraints.js';
import { type PemFile, readPemFile, writePemFile } from './pem-file.js';

/** With less than this left, authority and certificate are made anew. */
export const RENEW_BEFORE_MS = 30 * 86_400_000;
const HEADING = 'Madang local authority for: ';

export interface LocalCertificates {
  readonly authority: KeyPair;
  readonly server: KeyPair;
  /** Names that the authority may not vouch for, because the machine got them after it was made. */
  readonly leftOut: readonly string[];
}

/**
 * The authority and the server certificate kept in `<dataDir>/tls`, made or renewed as needed: the authority once for
 * ten years, the certificate when a name is missing in it or less than 30 days are left.
 */
export async function localCertificates(
  dataDir: string,
  names: LocalNames,
  wallMs: number,
): Promise<LocalCertificates> {
  const authority = await loadAuthority(authorityPath(dataDir), names, wallMs);
  const constraints = readHeading(authority.heading);
  const all = [...names.dns, ...names.addresses];
  const permitted = {
    dns: names.dns.filter((name) => permits(constraints, name)),
    addresses: names.addresses.filter((address) => permits(constraints, address)),
  };
  const server = await loadServer(serverPath(dataDir), authority, permitted, wallMs);
  return { authority, server, leftOut: all.filter((name) => !permits(constraints, name)) };
}

export const authorityPath = (dataDir: string) => join(dataDir, 'tls', 'authority.pem');
export const serverPath = (dataDir: string) => join(dataDir, 'tls', 'server.pem');

/** What of `names` the authority kept in this file may not vouch for; null when the file is none of ours. */
export function leftOutBy(authority: PemFile, names: LocalNames): string[] | null {
  if (!authority.heading.startsWith(HEADING)) return null;
  const constraints = readHeading(authority.heading);
  return [...names.dns, ...names.addresses].filter((name) => !permits(constraints, name));
}

async function loadAuthority(path: string, names: LocalNames, wallMs: number): Promise<PemFile> {
  const kept = await readPemFile(path);
  if (kept !== null && isUsable(kept, wallMs) && kept.heading.startsWith(HEADING)) return kept;
  const { issueAuthority } = await import('./issue.js');
  const constraints = constraintsFor(names);
  const made = await issueAuthority(`Madang local authority (${hostname().slice(0, 40)})`, constraints, wallMs);
  const file = { ...made, heading: HEADING + [...constraints.dns, ...constraints.ranges].join(' ') };
  if (await writePemFile(path, file, kept === null && !(await exists(path)))) return file;
  return (await readPemFile(path)) ?? file;
}

async function loadServer(path: string, authority: KeyPair, names: LocalNames, wallMs: number): Promise<KeyPair> {
  const kept = await readPemFile(path);
  if (kept !== null && isUsable(kept, wallMs) && isIssuedBy(kept, authority) && covers(kept, names)) return kept;
  const { issueServer } = await import('./issue.js');
  const made = await issueServer(authority, names, wallMs);
  await writePemFile(path, { ...made, heading: 'Madang server certificate' }, false);
  return made;
}

function readHeading(heading: string): NameConstraints {
  const entries = heading.slice(HEADING.length).split(' ');
  return {
    dns: entries.filter((entry) => !entry.includes('/')),
    ranges: entries.filter((entry) => entry.includes('/')),
  };
}

/** The key belongs to the certificate, and more than 30 days are left. */
function isUsable(pair: KeyPair, wallMs: number): boolean {
  try {
    const certificate = new X509Certificate(pair.cert);
    const left = Date.parse(certificate.validTo) - wallMs;
    return left > RENEW_BEFORE_MS && certificate.checkPrivateKey(createPrivateKey(pair.key));
  } catch {
    return false;
  }
}

function isIssuedBy(pair: KeyPair, authority: KeyPair): boolean {
  const issuer = new X509Certificate(authority.cert);
  const certificate = new X509Certificate(pair.cert);
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function covers(pair: KeyPair, names: LocalNames): boolean {
  const certificate = new X509Certificate(pair.cert);
  const covered = (name: string) => certificate.checkHost(name, { wildcards: false }) !== undefined;
  return names.dns.every(covered) && names.addresses.every((address) => certificate.checkIP(address) !== undefined);
}

async function exists(path: string): Promise<boolean> {
  const { access } = await import('node:fs/promises');
  return access(path).then(
    () => true,
    () => false,
  );
}
