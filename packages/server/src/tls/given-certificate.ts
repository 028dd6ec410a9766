import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { ConfigError } from '../config/index.js';
import type { KeyPair } from './issue.js';

/**
 * The certificate chain and key that the operator named. Throws `ConfigError` with one line when a file can't be read,
 * is not PEM, or the two do not belong together.
 */
export async function readGivenCertificate(certPath: string, keyPath: string): Promise<KeyPair> {
  const cert = await read(certPath, '--tls-cert');
  const key = await read(keyPath, '--tls-key');
  const certificate = attempt(() => new X509Certificate(cert), `--tls-cert ${certPath}: no certificate in PEM`);
  const privateKey = attempt(
    () => createPrivateKey(key),
    `--tls-key ${keyPath}: no private key in PEM without a passphrase`,
  );
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new ConfigError(`--tls-key ${keyPath} does not belong to the certificate in ${certPath}`);
  }
  attempt(() => createSecureContext({ cert, key }), `--tls-cert ${certPath}: the chain can't be used`);
  return { cert, key };
}

async function read(path: string, flag: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(
      `${flag} ${path}: ${error.code === 'ENOENT' ? 'there is no such file' : `can't be read (${error.code})`}`,
    );
  });
}

function attempt<T>(make: () => T, complaint: string): T {
  try {
    return make();
  } catch {
    throw new ConfigError(complaint);
  }
}
