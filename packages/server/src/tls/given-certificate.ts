import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { ConfigError } from '../config/index.js';
import type { Sentence } from '../messages/index.js';
import type { KeyPair } from './issue.js';

/**
 * The certificate chain and key that the operator named. Throws `ConfigError` with one line when a file can't be read,
 * is not PEM, or the two do not belong together.
 */
export async function readGivenCertificate(certPath: string, keyPath: string): Promise<KeyPair> {
  const cert = await read(certPath, '--tls-cert');
  const key = await read(keyPath, '--tls-key');
  const certificate = attempt(
    () => new X509Certificate(cert),
    (m) => m.config.certificate.noCertificate(certPath),
  );
  const privateKey = attempt(
    () => createPrivateKey(key),
    (m) => m.config.certificate.noKey(keyPath),
  );
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new ConfigError((m) => m.config.certificate.foreignKey(keyPath, certPath));
  }
  attempt(
    () => createSecureContext({ cert, key }),
    (m) => m.config.certificate.badChain(certPath),
  );
  return { cert, key };
}

async function read(path: string, flag: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const name = `${flag} ${path}`;
    throw new ConfigError((m) =>
      error.code === 'ENOENT' ? m.config.noSuchFile(name) : m.config.unreadable(name, String(error.code)),
    );
  });
}

function attempt<T>(make: () => T, complaint: Sentence): T {
  try {
    return make();
  } catch {
    throw new ConfigError(complaint);
  }
}
