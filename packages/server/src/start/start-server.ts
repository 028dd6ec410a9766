import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import { proxyTrust } from '../auth/index.js';
import type { Config } from '../config/index.js';
import {
  type AppParts,
  connectionCap,
  createApp,
  type Listener,
  openStaticSite,
  type StaticFile,
  WEB_ROOT,
} from '../http/index.js';
import { LocalRooms } from '../media/index.js';
import type { Sentence } from '../messages/index.js';
import { createLog, createMetrics } from '../observe/index.js';
import { createSignal, type Signal } from '../signal/index.js';
import { type CertificateSource, openCertificates } from '../tls/index.js';
import { openListeners } from './open-listeners.js';
import { type OpenPorts, reachableUrls } from './reachable-urls.js';
import { RunningServer } from './running-server.js';
import type { ServerState } from './server-state.js';
import { VERSION } from './version.js';

export interface StartOptions {
  readonly log?: Logger;
  /** The built web app; that of the package beside this one if not given. */
  readonly webRoot?: string;
  /** Said at the start, besides what is found then. */
  readonly warnings?: readonly Sentence[];
  /** How often certificates are looked at for a change. */
  readonly certificateCheckMs?: number;
}

/** TCP connections that one signaling connection's browser may have beside it. */
const TCP_PER_CONNECTION = 8;
const CERTIFICATE_CHECK_MS = 30_000;
const NO_WEB_APP: Sentence = (m) => m.start.noWebApp;

/** Opens everything. Throws `ConfigError`, with one line for the operator, when the configuration can't be carried out. */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const log = options.log ?? createLog({ level: config.logLevel, format: config.logFormat });
  const [certificates, site] = await Promise.all([
    config.httpsPort === 'off' ? null : openCertificates(config, log),
    openStaticSite(options.webRoot ?? WEB_ROOT),
  ]);
  const inside = openInside(config, log, site, certificates?.authority ?? null);
  const answer = getRequestListener(inside.app.fetch, { overrideGlobalObjects: false });
  const listeners = await openListeners(config, certificates?.current ?? null, {
    app: (req, res) => void answer(req, res),
    doors: [inside.signal],
    admits: connectionCap(config.maxConnectionsPerAddress * TCP_PER_CONNECTION, proxyTrust(config.trustProxy)),
    log,
  });
  inside.state.ports = portsOf(listeners);
  return new RunningServer({
    config,
    log,
    version: VERSION,
    rooms: inside.rooms,
    signal: inside.signal,
    state: inside.state,
    listeners,
    authority: certificates?.authority ?? null,
    warnings: warningsOf(options, certificates, site),
    stopWatching: watchCertificates(certificates, listeners, options.certificateCheckMs ?? CERTIFICATE_CHECK_MS),
  });
}

interface Inside {
  readonly rooms: LocalRooms;
  readonly signal: Signal;
  readonly app: ReturnType<typeof createApp>;
  readonly state: ServerState;
}

/** Everything behind the ports. */
function openInside(config: Config, log: Logger, site: AppParts['site'], authority: string | null): Inside {
  const rooms = openRooms(config, log);
  const metrics = createMetrics({ rooms: () => rooms.stats().rooms, members: () => rooms.stats().members });
  const signal = createSignal({ rooms, config, log, registry: metrics.registry });
  const state: ServerState = { draining: false, ports: { httpPort: null, httpsPort: null } };
  const app = createApp({
    config,
    version: VERSION,
    site,
    metrics,
    log,
    authority,
    isDraining: () => state.draining,
    ports: () => state.ports,
    lanUrls: () => reachableUrls(config, state.ports).network,
  });
  return { rooms, signal, app, state };
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

function warningsOf(
  options: StartOptions,
  certificates: CertificateSource | null,
  site: ReadonlyMap<string, StaticFile>,
): Sentence[] {
  const built = site.has('/index.html');
  return [...(options.warnings ?? []), ...(certificates?.warnings ?? []), ...(built ? [] : [NO_WEB_APP])];
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
