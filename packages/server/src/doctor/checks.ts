import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/index.js';
import { WEB_ROOT } from '../http/index.js';
import type { Inspection } from '../tls/index.js';
import { addressKind, reaching } from './address-kind.js';
import { judgeAddresses } from './checks/addresses.js';
import { judgeAnnounce } from './checks/announce.js';
import { isLoopbackOnly, judgeBind } from './checks/bind.js';
import { judgeCertificate } from './checks/certificate.js';
import { judgeCertificateChain } from './checks/certificate-chain.js';
import { judgeCertificateNames } from './checks/certificate-names.js';
import { judgeClock } from './checks/clock.js';
import { judgeContainer } from './checks/container.js';
import { judgeCpus } from './checks/cpus.js';
import { judgeDisk } from './checks/disk.js';
import { judgeIceServer, judgeRelay } from './checks/ice-server.js';
import { judgeMemory } from './checks/memory.js';
import { judgeNat } from './checks/nat.js';
import { judgeNode } from './checks/node.js';
import { judgeOpenFiles } from './checks/open-files.js';
import { judgePorts } from './checks/ports.js';
import { judgeSecurePages } from './checks/secure-pages.js';
import { judgeUdpBuffers } from './checks/udp-buffers.js';
import { judgeWebApp } from './checks/web-app.js';
import { readClock } from './readings/clock.js';
import { readContainer } from './readings/container.js';
import { readCpus } from './readings/cpus.js';
import { readDisk } from './readings/disk.js';
import { readMemory } from './readings/memory.js';
import { readOpenFiles } from './readings/open-files.js';
import { readMediaPorts, readRelayPorts, readTurnPort, readWebPort } from './readings/ports.js';
import { probeIceServer } from './readings/probe-ice-server.js';
import { readUdpBuffers } from './readings/udp-buffers.js';
import type { CheckId } from './row.js';
import type { Verdict } from './verdict.js';

/** What several checks look at. */
export interface CheckContext {
  /** Of all interfaces, loopback among them, without zones. */
  readonly addresses: readonly string[];
  /** Whether there is time for other processes and servers: in the doctor, not at a start. */
  readonly thorough: boolean;
}

export interface ConfiguredContext extends CheckContext {
  readonly config: Config;
  readonly inspection: Inspection;
}

/** One about several things names each. */
export interface Judged {
  readonly subject?: string;
  readonly verdict: Verdict;
}

type Findings = Verdict | null | readonly Judged[];

/** A row of the table, made by a reading and a judgement of it. `atStart`: quick enough, and not said there already. */
interface Check<Context> {
  readonly id: CheckId;
  readonly atStart: boolean;
  run(context: Context): Findings | Promise<Findings>;
}

/** What can be said without valid settings. */
export const MACHINE_CHECKS: readonly Check<CheckContext>[] = [
  { id: 'node', atStart: true, run: () => judgeNode(process.version) },
  { id: 'open-files', atStart: true, run: async () => judgeOpenFiles(await readOpenFiles()) },
  { id: 'udp-buffers', atStart: false, run: async () => judgeUdpBuffers(await readUdpBuffers()) },
  { id: 'cpus', atStart: true, run: async () => judgeCpus(await readCpus()) },
  { id: 'memory', atStart: true, run: async () => judgeMemory(await readMemory()) },
  { id: 'addresses', atStart: true, run: ({ addresses }) => judgeAddresses(addresses) },
  { id: 'web-app', atStart: false, run: () => judgeWebApp(existsSync(join(WEB_ROOT, 'index.html'))) },
];

/** What depends on the settings. */
export const CONFIGURED_CHECKS: readonly Check<ConfiguredContext>[] = [
  { id: 'disk', atStart: true, run: async ({ config }) => judgeDisk(await readDisk(config.dataDir)) },
  {
    id: 'clock',
    atStart: true,
    run: async ({ inspection, thorough }) => judgeClock(await readClock(beginOf(inspection), thorough)),
  },
  {
    id: 'container',
    atStart: true,
    run: async ({ config: { announce }, addresses }) => judgeContainer(await readContainer({ addresses, announce })),
  },
  {
    id: 'bind',
    atStart: true,
    run: ({ config, addresses }) => judgeBind({ bind: config.bind, addresses, proxied: isProxied(config) }),
  },
  {
    id: 'announce',
    atStart: true,
    run: ({ config: { announce }, addresses }) => judgeAnnounce({ announce, addresses }),
  },
  {
    id: 'nat',
    atStart: false,
    run: ({ config, addresses }) => {
      const { announce, bind, httpPort, httpsPort } = config;
      return judgeNat({ addresses, announce, loopbackOnly: isLoopbackOnly(bind), ports: [httpPort, httpsPort] });
    },
  },
  { id: 'port-http', atStart: false, run: async ({ config }) => judgePorts(await readWebPort(config, 'http')) },
  { id: 'port-https', atStart: false, run: async ({ config }) => judgePorts(await readWebPort(config, 'https')) },
  {
    id: 'port-media',
    atStart: false,
    run: async ({ config }) => judgePorts(await readMediaPorts(config)),
  },
  { id: 'port-turn', atStart: false, run: async ({ config }) => judgePorts(await readTurnPort(config, 'turnPort')) },
  {
    id: 'port-turns',
    atStart: false,
    run: async ({ config }) => judgePorts(await readTurnPort(config, 'turnsPort')),
  },
  { id: 'port-relay', atStart: false, run: async ({ config }) => judgePorts(await readRelayPorts(config)) },
  {
    id: 'secure-pages',
    atStart: true,
    run: ({ config }) =>
      judgeSecurePages({
        httpsPort: config.httpsPort,
        proxied: isProxied(config),
        loopbackOnly: isLoopbackOnly(config.bind),
      }),
  },
  { id: 'certificate', atStart: true, run: ({ inspection }) => judgeCertificate(inspection, Date.now()) },
  {
    id: 'certificate-names',
    atStart: false,
    run: ({ config, inspection, addresses }) => judgeCertificateNames(inspection, openedUnder(config, addresses)),
  },
  { id: 'certificate-chain', atStart: true, run: ({ inspection }) => judgeCertificateChain(inspection) },
  { id: 'ice-servers', atStart: false, run: judgeIceServers },
];

async function judgeIceServers({ config, addresses }: ConfiguredContext): Promise<Judged[]> {
  const probes = config.iceServers.flatMap((server) =>
    server.urls.map(async (url) => ({ subject: url, verdict: judgeIceServer(await probeIceServer(url, server)) })),
  );
  const reachedFromOutside =
    config.announce.length > 0 || addresses.some((address) => addressKind(address) === 'public');
  const urls = [...config.iceServers.flatMap((server) => server.urls), ...config.turnServers];
  const embedded = config.turnPort !== 'off' || config.turnsPort !== 'off' || config.share443;
  const relay = judgeRelay({ urls, embedded, reachedFromOutside });
  return [...(await Promise.all(probes)), ...(relay === null ? [] : [{ verdict: relay }])];
}

/** The addresses that people open this server under, as far as it knows. */
function openedUnder({ announce, bind }: Config, addresses: readonly string[]): readonly string[] {
  if (announce.length > 0) return announce;
  const own = reaching(addresses);
  const narrowed = own.filter((address) => bind.includes(address));
  return bind.length === 0 || bind.some((address) => addressKind(address) === 'unusable') ? own : narrowed;
}

function isProxied({ trustProxy }: Config): boolean {
  return trustProxy.length > 0;
}

function beginOf(inspection: Inspection): number | undefined {
  return inspection.kind === 'given' ? inspection.chain[0].validFromMs : undefined;
}
