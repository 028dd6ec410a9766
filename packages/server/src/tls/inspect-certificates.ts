import { X509Certificate } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { type Config, ConfigError } from '../config/index.js';
import type { Sentence } from '../messages/index.js';
import { readGivenCertificate } from './given-certificate.js';
import { authorityPath, leftOutBy, serverPath } from './local-authority.js';
import { localNames } from './local-names.js';
import { readPemFile } from './pem-file.js';

/** What a certificate says of itself. */
export interface CertificateFacts {
  /** Its first DNS name, else the subject's common name. */
  readonly name: string;
  /** The issuer's common name, or organisation. */
  readonly issuer: string;
  readonly validFromMs: number;
  readonly validToMs: number;
  readonly dnsNames: readonly string[];
  /** Canonical IPv4 and IPv6 addresses. */
  readonly addresses: readonly string[];
  readonly isAuthority: boolean;
  readonly isSelfSigned: boolean;
  /** Whether the certificate after it in the chain signed it. */
  readonly isSignedByNext: boolean;
}

/** The certificates that a start with these settings would use, looked at without changing anything. */
export type Inspection =
  | { readonly kind: 'off' }
  | { readonly kind: 'to-be-made' }
  | { readonly kind: 'unusable'; readonly origin: 'given' | 'own'; readonly why: Sentence }
  | { readonly kind: 'given'; readonly chain: readonly [CertificateFacts, ...CertificateFacts[]] }
  | {
      readonly kind: 'own';
      readonly authority: CertificateFacts;
      readonly server: CertificateFacts;
      /** Names of this machine that the authority may not vouch for. */
      readonly leftOut: readonly string[];
    };

type InspectedConfig = Pick<Config, 'httpsPort' | 'tlsCert' | 'tlsKey' | 'dataDir' | 'announce'>;

/** Never throws. */
export async function inspectCertificates(config: InspectedConfig): Promise<Inspection> {
  if (config.httpsPort === 'off') return { kind: 'off' };
  const { tlsCert, tlsKey } = config;
  const given = tlsCert !== undefined && tlsKey !== undefined;
  try {
    return given ? await inspectGiven(tlsCert, tlsKey) : await inspectOwn(config);
  } catch (error) {
    const { message } = error as Error;
    const why: Sentence = error instanceof ConfigError ? error.say : () => message;
    return { kind: 'unusable', origin: given ? 'given' : 'own', why };
  }
}

async function inspectGiven(certPath: string, keyPath: string): Promise<Inspection> {
  const { cert } = await readGivenCertificate(certPath, keyPath);
  const chain = (cert.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map(
    (pem) => new X509Certificate(pem),
  );
  const [first = new X509Certificate(cert), ...rest] = chain;
  return { kind: 'given', chain: [factsOf(first, rest[0]), ...rest.map((each, ix) => factsOf(each, rest[ix + 1]))] };
}

async function inspectOwn({ dataDir, announce }: InspectedConfig): Promise<Inspection> {
  const authorityFile = await readPemFile(authorityPath(dataDir));
  const serverFile = await readPemFile(serverPath(dataDir));
  const leftOut = authorityFile === null ? null : leftOutBy(authorityFile, localNames(announce));
  if (authorityFile === null || serverFile === null || leftOut === null) return { kind: 'to-be-made' };
  const authority = new X509Certificate(authorityFile.cert);
  const server = factsOf(new X509Certificate(serverFile.cert), authority);
  return { kind: 'own', authority: factsOf(authority, undefined), server, leftOut };
}

function factsOf(certificate: X509Certificate, next: X509Certificate | undefined): CertificateFacts {
  const alternative = certificate.subjectAltName ?? '';
  const dnsNames = [...alternative.matchAll(/DNS:("[^"]*"|[^,\s]+)/g)].map(([, name = '']) => name.replaceAll('"', ''));
  const addresses = [...alternative.matchAll(/IP Address:([0-9A-Fa-f.:]+)/g)].map(([, text = '']) => canonical(text));
  const subject = attribute(certificate.subject, 'CN') ?? certificate.subject.replace(/\n/g, ', ');
  return {
    name: dnsNames[0] ?? addresses[0] ?? subject,
    issuer: attribute(certificate.issuer, 'CN') ?? attribute(certificate.issuer, 'O') ?? '?',
    validFromMs: Date.parse(certificate.validFrom),
    validToMs: Date.parse(certificate.validTo),
    dnsNames,
    addresses,
    isAuthority: certificate.ca,
    isSelfSigned: isIssuedBy(certificate, certificate),
    isSignedByNext: next !== undefined && isIssuedBy(certificate, next),
  };
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function attribute(name: string, type: string): string | undefined {
  return new RegExp(`^${type}=(.*)$`, 'm').exec(name)?.[1];
}

function canonical(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
}
