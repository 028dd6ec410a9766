import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const YEAR_MS = 365 * 86_400_000;

/** A certificate signed by itself, in files as an operator has them. */
export async function makeCertificate(wanted: {
  name: string;
  untilMs: number;
}): Promise<{ cert: string; key: string }> {
  x509.cryptoProvider.set(webcrypto as never);
  const keys = (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [wanted.name] }],
    serialNumber: '4d',
    notBefore: new Date(wanted.untilMs - YEAR_MS),
    notAfter: new Date(wanted.untilMs),
    signingAlgorithm: ALGORITHM,
    keys: keys as never,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: wanted.name }])],
  });
  const directory = mkdtempSync(join(tmpdir(), 'madang-certificate-'));
  const files = { cert: join(directory, 'cert.pem'), key: join(directory, 'key.pem') };
  writeFileSync(files.cert, certificate.toString('pem'));
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  writeFileSync(files.key, x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'));
  return files;
}
