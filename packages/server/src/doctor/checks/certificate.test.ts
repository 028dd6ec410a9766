import { describe, expect, test } from 'vitest';
import type { CertificateFacts, Inspection } from '../../tls/index.js';
import { inEnglish } from '../verdict.js';
import { judgeCertificate } from './certificate.js';
import { judgeCertificateChain } from './certificate-chain.js';
import { judgeCertificateNames } from './certificate-names.js';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22);
const LEAF: CertificateFacts = {
  name: 'meet.example',
  issuer: 'Example Intermediate',
  validFromMs: NOW - DAY,
  validToMs: NOW + 90 * DAY,
  dnsNames: ['meet.example'],
  addresses: [],
  isAuthority: false,
  isSelfSigned: false,
  isSignedByNext: true,
};
const AUTHORITY: CertificateFacts = { ...LEAF, name: 'Authority', isAuthority: true, isSelfSigned: true };

const given = (leaf: Partial<CertificateFacts> = {}, ...rest: CertificateFacts[]): Inspection => ({
  kind: 'given',
  chain: [{ ...LEAF, ...leaf }, ...rest],
});
const own = (server: Partial<CertificateFacts>, authority: Partial<CertificateFacts> = {}, leftOut: string[] = []) =>
  ({ kind: 'own', server: { ...LEAF, ...server }, authority: { ...AUTHORITY, ...authority }, leftOut }) as const;

describe('its time', () => {
  test.each<[string, Inspection, string, string]>([
    ['HTTPS off', { kind: 'off' }, 'ok', 'HTTPS is off'],
    ['none yet', { kind: 'to-be-made' }, 'ok', 'made by a local authority at the first start'],
    ['a good one', given(), 'ok', 'meet.example, until 2027-02-20'],
    ['its last fortnight', given({ validToMs: NOW + 13.5 * DAY }), 'warn', 'meet.example ends in 13 days'],
    ['its last day', given({ validToMs: NOW + 1.5 * DAY }), 'warn', 'meet.example ends in one day'],
    ['expired', given({ validToMs: NOW - 1 }), 'bad', 'meet.example has expired (2026-11-21)'],
    ['too early', given({ validFromMs: NOW + DAY }), 'bad', 'meet.example begins only at 2026-11-23 00:00 UTC'],
    [
      'unusable',
      { kind: 'unusable', origin: 'given', why: (m) => m.config.certificate.noCertificate('a.pem') },
      'bad',
      '--tls-cert a.pem: no certificate in PEM',
    ],
    ['our own', own({}), 'ok', 'of the local authority, until 2027-02-20'],
    [
      'our own, expired',
      own({ validToMs: NOW - DAY }),
      'ok',
      'of the local authority, until 2026-11-21; the next start renews it',
    ],
    [
      'an old authority',
      own({}, { validToMs: NOW + DAY }),
      'warn',
      'the local authority ends (2026-11-23); the next start makes a new one',
    ],
  ])('%s', (_what, inspection, status, value) => {
    expect(inEnglish(judgeCertificate(inspection, NOW))).toMatchObject({ status, value });
  });
});

describe('its names', () => {
  const here = ['10.0.0.5'];
  test.each<[string, Inspection, string, string]>([
    ['none yet', { kind: 'to-be-made' }, 'ok', 'all of this machine'],
    ['a name of its own', given(), 'ok', 'meet.example'],
    ['no names', given({ dnsNames: [] }), 'bad', 'it has no alternative names: browsers refuse it'],
    [
      'only localhost',
      given({ dnsNames: ['localhost'], addresses: ['127.0.0.1'] }),
      'warn',
      'only localhost, 127.0.0.1, not 10.0.0.5',
    ],
    ['the address', given({ dnsNames: [], addresses: ['10.0.0.5'] }), 'ok', '10.0.0.5'],
    ['our own', own({ dnsNames: ['a', 'b', 'c', 'd', 'e'] }), 'ok', 'a, b, c, d, +1'],
    [
      'a later address',
      own({}, {}, ['8.8.4.4']),
      'warn',
      '8.8.4.4 missing: the local authority was made before this machine had it',
    ],
  ])('%s', (_what, inspection, status, value) => {
    expect(inEnglish(judgeCertificateNames(inspection, here)!)).toMatchObject({ status, value });
  });
});

describe('its chain', () => {
  const middle: CertificateFacts = { ...LEAF, isAuthority: true };
  const loose: CertificateFacts = { ...middle, isSignedByNext: false };
  test.each<[string, Inspection, string, string]>([
    ['whole', given({}, loose), 'ok', '2 certificates in order'],
    ['with its root', given({}, middle, AUTHORITY), 'ok', '3 certificates in order'],
    [
      'alone',
      given({ isSignedByNext: false }),
      'warn',
      'only the server’s own; that of “Example Intermediate” is missing',
    ],
    ['in disorder', given({}, loose, middle), 'warn', 'certificate 3 did not sign the one before it'],
    [
      'an authority first',
      given({ isAuthority: true }, loose),
      'bad',
      'the first one is an authority’s, not this server’s',
    ],
    ['signed by itself', given({ isSelfSigned: true }), 'warn', 'signed by itself: browsers warn'],
    ['our own', own({}), 'ok', 'the local authority; each device trusts it once, at /trust'],
  ])('%s', (_what, inspection, status, value) => {
    expect(inEnglish(judgeCertificateChain(inspection)!)).toMatchObject({ status, value });
  });
});

test('without a certificate there is nothing to say of its names and chain', () => {
  expect(judgeCertificateNames({ kind: 'off' }, [])).toBeNull();
  expect(judgeCertificateChain({ kind: 'off' })).toBeNull();
});
