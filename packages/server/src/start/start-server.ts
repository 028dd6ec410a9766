import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import { proxyTrust } from '../auth/index.js';
import type { Config } from '../config/index.js';
import { connectionCap, createApp, type Listener, openStaticSite } from '../http/index.js';
import { LocalRooms } from '../media/index.js';
import { createLog, createMetrics } from '../observe/index.js';
import { createSignal } from '../signal/index.js';
import { type CertificateSource, openCertificates } from '../tls/index.js';
import { openListeners } from './open-listeners.js';
import { type OpenPorts, type ReachableUrls, reachableUrls } from './reachable-urls.js';
import { checkListener } from './self-check.js';
import { VERSION } from './version.js';

export interface StartOptions {
  readonly log?: Logger;
  /** The built web app; that of the package beside this one if not given. */
  readonly webRoot?: string;
  /** Said at the start, besides what is found then. */
  readonly warnings?: readonly string[];
  /** How often certificates are looked at for a change. */
  readonly certificateCheckMs?: number;
}

/** A server that listens, until it is closed. */
export interface RunningServer {
  readonly config: Config;
  readonly version: string;
  readonly log: Logger;
  /** The ports in fact open; null for one that is off. */
  readonly ports: OpenPorts;
  readonly urls: ReachableUrls;
  /** The local authority's certificate in PEM; null when certificates were given or HTTPS is off. */
  readonly authority: string | null;
  readonly warnings: readonly string[];
  members(): number;
  /** Resolves when each listener has answered its own `/healthz`. */
  checked(): Promise<void>;
  /**
   * `/healthz` answers 503, members are told, nobody new is let in. Resolves when the last member has left, or after the
   * configured time.
   */
  drain(): Promise<void>;
  close(): Promise<void>;
}

const WEB_ROOT = fileURLToPath(new URL('../../../web/dist/', import.meta.url));
/** TCP connections that one signaling connection's browser may have beside it. */
const TCP_PER_CONNECTION = 8;
const CERTIFICATE_CHECK_MS = 30_000;
const DRAIN_CHECK_MS = 50;

/** Opens everything. Throws `ConfigError`, with one line for the operator, when the configuration can't be carried out. */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const log = options.log ?? createLog({ level: config.logLevel, format: config.logFormat });
  const [certificates, site] = await Promise.all([
    config.httpsPort === 'off' ? null : openCertificates(config, log),
    openStaticSite(options.webRoot ?? WEB_ROOT),
  ]);
  const rooms = openRooms(config, log);
  const metrics = createMetrics({ rooms: () => rooms.stats().rooms, members: () => rooms.stats().members });
  const state = { draining: false, ports: { httpPort: null, httpsPort: null } as OpenPorts };
  const signal = createSignal({ rooms, config, log, registry: metrics.registry });
  const app = createApp({
    config,
    version: VERSION,
    site,
    metrics,
    log,
    authority: certificates?.authority ?? null,
    isDraining: () => state.draining,
    ports: () => state.ports,
    lanUrls: () => reachableUrls(config, state.ports).network,
  });
  const listeners = await openListeners(config, certificates?.current ?? null, {
    app: getRequestListener(app.fetch, { overrideGlobalObjects: false }),
    doors: [signal],
    admits: connectionCap(config.maxConnectionsPerAddress * TCP_PER_CONNECTION, proxyTrust(config.trustProxy)),
    log,
  });
  state.ports = portsOf(listeners);
  const stopWatching = watchCertificates(certificates, listeners, options.certificateCheckMs ?? CERTIFICATE_CHECK_MS);
  return {
    config,
    version: VERSION,
    log,
    ports: state.ports,
    urls: reachableUrls(config, state.ports),
    authority: certificates?.authority ?? null,
    warnings: [
      ...(options.warnings ?? []),
      ...(certificates?.warnings ?? []),
      ...(site.has('/index.html') ? [] : ['the web app is not built (npm run build): there is only the signaling']),
    ],
    members: () => rooms.stats().members,
    async checked() {
      await Promise.all(listeners.map((listener) => checkListener(listener, config.basePath)));
    },
    async drain() {
      state.draining = true;
      const withinMs = config.drainSeconds * 1_000;
      await rooms.command({ type: 'drain', withinMs });
      const deadline = performance.now() + withinMs;
      while (rooms.stats().members > 0 && performance.now() < deadline) await pause(DRAIN_CHECK_MS);
    },
    async close() {
      stopWatching();
      await signal.close();
      await Promise.all(listeners.map((listener) => listener.close()));
    },
  };
}

function openRooms(config: Config, log: Logger): LocalRooms {
  return new LocalRooms({
    limits: {
      maxRooms: config.maxRooms,
      maxMembers: config.maxMembers,
      graceMs: config.resumeSeconds * 1_000,
      chatKeepMs: config.chatKeepSeconds * 1_000,
    },
    onReceiverError: (error, link) => log.error({ err: error, link }, 'an event could not be handed on'),
  });
}

function portsOf(listeners: readonly Listener[]): OpenPorts {
  const portOf = (scheme: 'http' | 'https') => listeners.find((listener) => listener.scheme === scheme)?.port ?? null;
  return { httpPort: portOf('http'), httpsPort: portOf('https') };
}

function watchCertificates(
  source: CertificateSource | null,
  listeners: readonly Listener[],
  everyMs: number,
): () => void {
  if (source === null) return () => {};
  return source.watch(everyMs, (pair) => {
    for (const listener of listeners) listener.useCertificate(pair);
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
