import { stat } from 'node:fs/promises';
import type { Logger } from 'pino';
import { type Config, ConfigError } from '../config/index.js';
import type { Sentence } from '../messages/index.js';
import { readGivenCertificate } from './given-certificate.js';
import type { KeyPair } from './issue.js';
import { localCertificates } from './local-authority.js';
import { localNames } from './local-names.js';

/** Where the HTTPS listeners get their certificate, now and when it changes. */
export interface CertificateSource {
  readonly current: KeyPair;
  /** The local authority's certificate in PEM; null when the operator gave certificates. */
  readonly authority: string | null;
  readonly warnings: readonly Sentence[];
  /** Looks every `intervalMs` for a changed certificate and hands it over. Returns what ends it. */
  watch(intervalMs: number, use: (pair: KeyPair) => void): () => void;
}

type CertificateConfig = Pick<Config, 'tlsCert' | 'tlsKey' | 'dataDir' | 'announce'>;

/** The given certificates if there are, else those of the local authority. Throws `ConfigError` on unusable ones. */
export async function openCertificates(config: CertificateConfig, log: Logger): Promise<CertificateSource> {
  const { tlsCert, tlsKey } = config;
  if (tlsCert !== undefined && tlsKey !== undefined) return openGiven(tlsCert, tlsKey, log);
  const load = () => localCertificates(config.dataDir, localNames(config.announce), Date.now());
  const first = await load().catch((error: NodeJS.ErrnoException) => {
    if (error.syscall === undefined) throw error;
    const where = error.path ?? String(error.syscall);
    throw new ConfigError((m) => m.config.certificate.noDataDir(config.dataDir, String(error.code), where));
  });
  const warnings = first.leftOut.map(
    (name): Sentence =>
      (m) =>
        m.config.certificate.leftOut(name),
  );
  const next = async () => (await load()).server;
  return { current: first.server, authority: first.authority.cert, warnings, watch: watcher(first.server, next, log) };
}

async function openGiven(certPath: string, keyPath: string, log: Logger): Promise<CertificateSource> {
  const current = await readGivenCertificate(certPath, keyPath);
  let state = await fingerprint([certPath, keyPath]);
  let pair = current;
  const next = async () => {
    const before = state;
    state = await fingerprint([certPath, keyPath]);
    if (state !== before) pair = await readGivenCertificate(certPath, keyPath);
    return pair;
  };
  return { current, authority: null, warnings: [], watch: watcher(current, next, log) };
}

/** Changes whenever one of the files does, by content or by a link that now leads elsewhere. */
async function fingerprint(paths: readonly string[]): Promise<string> {
  const states = paths.map(async (path) => {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs}:${size}:${ino}`;
  });
  return (await Promise.all(states)).join(' ');
}

/** A certificate that can't be used is logged once per change, and the one before it stays in use. */
function watcher(first: KeyPair, next: () => Promise<KeyPair>, log: Logger): CertificateSource['watch'] {
  return (intervalMs, use) => {
    let inUse = first;
    let busy = false;
    let lastComplaint = '';
    const look = async () => {
      if (busy) return;
      busy = true;
      try {
        const pair = await next();
        lastComplaint = '';
        if (pair.cert === inUse.cert && pair.key === inUse.key) return;
        inUse = pair;
        use(pair);
        log.info('the TLS certificate has changed and is in use');
      } catch (error) {
        const complaint = (error as Error).message;
        if (complaint !== lastComplaint) log.error(`the changed TLS certificate is not used: ${complaint}`);
        lastComplaint = complaint;
      } finally {
        busy = false;
      }
    };
    const timer = setInterval(() => void look(), intervalMs);
    timer.unref();
    return () => clearInterval(timer);
  };
}
