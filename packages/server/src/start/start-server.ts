import { getRequestListener } from '@hono/node-server';
import type { MediaRights, MemberId } from '@madang/engine';
import type { Mode } from '@madang/protocol';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { proxyTrust } from '../auth/index.js';
import type { Config } from '../config/index.js';
import {
  type AppParts,
  connectionCap,
  createApp,
  type Listener,
  openStaticSite,
  type StaticFile,
  type TlsGuest,
  WEB_ROOT,
} from '../http/index.js';
import {
  LocalRooms,
  type MediaThreads,
  MemberIceServers,
  registerMediaMetrics,
  registerTurnMetrics,
  type TurnPlaces,
  type TurnService,
  turnGuest,
} from '../media/index.js';
import type { Sentence } from '../messages/index.js';
import { createLog, createMetrics } from '../observe/index.js';
import { createSignal, type Signal } from '../signal/index.js';
import { type CertificateSource, type KeyPair, openCertificates } from '../tls/index.js';
import { WhipDoor } from '../whip/index.js';
import { openListeners } from './open-listeners.js';
import { openMedia } from './open-media.js';
import { openTurn } from './open-turn.js';
import { type OpenPorts, reachableUrls } from './reachable-urls.js';
import { RunningServer } from './running-server.js';
import type { ServerState } from './server-state.js';
import { needsCertificate, turnSecrets } from './turn-secrets.js';
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
  const { media, warnings } = await openMedia(config, log);
  const given = { ...options, log, warnings: [...(options.warnings ?? []), ...warnings] };
  return openAround(media, config, given).catch(async (error: unknown) => {
    await media.close();
    throw error;
  });
}

/** Everything but the media threads. */
async function openAround(
  media: MediaThreads,
  config: Config,
  options: StartOptions & { readonly log: Logger },
): Promise<RunningServer> {
  const { log } = options;
  const [certificates, site, secrets] = await Promise.all([
    needsCertificate(config) ? openCertificates(config, log) : null,
    openStaticSite(options.webRoot ?? WEB_ROOT),
    turnSecrets(config),
  ]);
  const inside = openInside(config, { log, site, secrets, media, authority: certificates?.authority ?? null });
  const turn = await serveTurn(config, { inside, secrets, certificate: certificates?.current ?? null });
  const guest = config.share443 && turn.service !== null ? turnGuest(turn.service) : null;
  const listeners = await openDoors(config, inside, { certificates, log, guest }).catch(async (error: unknown) => {
    await turn.service?.close();
    throw error;
  });
  inside.state.ports = portsOf(listeners);
  turn.servicePorts.push(...listeners.map(({ port }) => port));
  if (guest !== null && turn.places !== null) {
    inside.iceServers.serve({ ...turn.places, tlsPort: inside.state.ports.httpsPort });
  }
  return new RunningServer({
    config,
    log,
    version: VERSION,
    rooms: inside.rooms,
    signal: inside.signal,
    whip: inside.whip,
    state: inside.state,
    listeners,
    media,
    turn: turn.service,
    turnPlaces: () => inside.iceServers.places,
    authority: certificates?.authority ?? null,
    warnings: [...warningsOf(options, certificates, site), ...turn.warnings],
    stopWatching: watchCertificates(
      certificates,
      [...listeners, ...(turn.service === null ? [] : [turn.service])],
      options.certificateCheckMs ?? CERTIFICATE_CHECK_MS,
    ),
  });
}

interface ServedTurn {
  readonly service: TurnService | null;
  readonly places: TurnPlaces | null;
  readonly warnings: readonly Sentence[];
  readonly servicePorts: number[];
}

interface TurnParts {
  readonly inside: Inside;
  readonly secrets: readonly string[];
  readonly certificate: KeyPair | null;
}

async function serveTurn(config: Config, { inside, secrets, certificate }: TurnParts): Promise<ServedTurn> {
  const servicePorts: number[] = [];
  const mediaPorts = inside.media.threads.map(({ port }) => port);
  const opened = await openTurn(config, { secrets, certificate, servicePorts, mediaPorts });
  if (opened === null) return { service: null, places: null, warnings: [], servicePorts };
  if (typeof opened === 'function') return { service: null, places: null, warnings: [opened], servicePorts };
  const { service, places } = opened;
  servicePorts.push(...service.addresses.map(({ port }) => port));
  registerTurnMetrics(inside.registry, service.loop);
  inside.iceServers.serve(places);
  inside.state.turn = service;
  return { service, places, warnings: [], servicePorts };
}

interface DoorParts {
  readonly certificates: CertificateSource | null;
  readonly log: Logger;
  readonly guest: TlsGuest | null;
}

function openDoors(
  config: Config,
  { app, signal }: Inside,
  { certificates, log, guest }: DoorParts,
): Promise<Listener[]> {
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return openListeners(config, certificates?.current ?? null, {
    app: (req, res) => void answer(req, res),
    doors: [signal],
    admits: connectionCap(config.maxConnectionsPerAddress * TCP_PER_CONNECTION, proxyTrust(config.trustProxy)),
    log,
    ...(guest && { guest }),
  });
}

interface Inside {
  readonly rooms: LocalRooms;
  readonly media: MediaThreads;
  readonly signal: Signal;
  readonly whip: WhipDoor;
  readonly app: ReturnType<typeof createApp>;
  readonly state: ServerState;
  readonly registry: Registry;
  readonly iceServers: MemberIceServers;
}

interface InsideParts {
  readonly log: Logger;
  readonly site: AppParts['site'];
  readonly secrets: readonly string[];
  readonly media: MediaThreads;
  readonly authority: string | null;
}

/** Everything behind the ports. */
function openInside(config: Config, { log, site, secrets, media, authority }: InsideParts): Inside {
  const state: ServerState = { draining: false, ports: { httpPort: null, httpsPort: null }, turn: null };
  const ears: RoomEars = { departed: [(member) => state.turn?.revoke(member)], rights: [] };
  const rooms = openRooms(config, log, media.threads.length > 0 ? EVERY_MODE : WITHOUT_MEDIA, ears);
  const metrics = createMetrics({ rooms: () => rooms.stats().rooms, members: () => rooms.stats().members });
  const iceServers = new MemberIceServers({
    secret: Buffer.from(secrets[0] ?? ''),
    credentialMs: config.turnCredentialSeconds * 1_000,
    turnUrls: config.turnServers,
    others: config.iceServers,
  });
  const signal = createSignal({
    rooms,
    config,
    iceServersFor: (member, host) => iceServers.for(member, host),
    log,
    registry: metrics.registry,
  });
  const whip = new WhipDoor({
    rooms,
    config,
    registry: metrics.registry,
    iceServersFor: (member, host) => iceServers.for(member, host),
    isDraining: () => state.draining,
  });
  if (media.threads.length > 0) {
    registerMediaMetrics(metrics.registry, media);
    whip.serve(media);
    signal.serve(media);
    ears.departed.push((member) => signal.departed(member));
    ears.rights.push(
      (rights) => signal.heed(rights),
      (rights) => whip.heed(rights),
    );
  }
  const app = createApp({
    whip,
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
  return { rooms, media, signal, whip, app, state, registry: metrics.registry, iceServers };
}

/** Who hears what rooms do not tell their members. */
interface RoomEars {
  readonly departed: ((member: MemberId) => void)[];
  readonly rights: ((rights: MediaRights) => void)[];
}

const EVERY_MODE: readonly Mode[] = ['p2p', 'sfu', 'auto'];
const WITHOUT_MEDIA: readonly Mode[] = ['p2p'];

function openRooms(config: Config, log: Logger, modes: readonly Mode[], ears: RoomEars): LocalRooms {
  return new LocalRooms({
    limits: {
      maxRooms: config.maxRooms,
      maxMembers: config.maxMembers,
      graceMs: config.resumeSeconds * 1_000,
      chatKeepMs: config.chatKeepSeconds * 1_000,
      modes,
      mode: config.mode,
    },
    onDeparted: (member) => {
      for (const hear of ears.departed) hear(member);
    },
    onRights: (rights) => {
      for (const hear of ears.rights) hear(rights);
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
  users: readonly { useCertificate(pair: KeyPair): void }[],
  everyMs: number,
): () => void {
  if (source === null) return () => {};
  return source.watch(everyMs, (pair) => {
    for (const user of users) user.useCertificate(pair);
  });
}
