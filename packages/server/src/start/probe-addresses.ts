import type { MediaThreads, TurnPlaces } from '../media/index.js';
import { openWire, TurnClient } from '../turn-client/index.js';
import { askHealth } from './ask-health.js';
import { askMedia } from './ask-media.js';
import type { ReachableUrls } from './reachable-urls.js';

/** An address that others are told, and whether this machine had an answer from it. */
export interface ProbedAddress {
  readonly url: string;
  readonly answered: boolean;
}

/** One host at which STUN and TURN are served, with every way there. */
export interface ProbedTurn {
  readonly host: string;
  readonly ways: readonly ProbedWay[];
}

export interface ProbedWay extends ProbedAddress {
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly port: number;
}

export interface ProbedAddresses {
  readonly local: readonly ProbedAddress[];
  readonly network: readonly ProbedAddress[];
  readonly turn: readonly ProbedTurn[];
  readonly media: readonly ProbedMedia[];
}

/** One address at which media is taken, with the ports of each thread. */
export interface ProbedMedia {
  readonly host: string;
  readonly ways: readonly ProbedWay[];
}

/** An address that leads nowhere, such as an announced one before a router that does not turn packets around, is silent. */
const PATIENCE_MS = 2_000;

/**
 * Asks every address of the start's table for an answer: pages for `/healthz`, TURN for a STUN Binding, media for a signed
 * check of a connection.
 */
export async function probeAddresses(
  urls: ReachableUrls,
  places: TurnPlaces | null,
  threads: MediaThreads,
): Promise<ProbedAddresses> {
  const web = (list: readonly string[]) => Promise.all(list.map((url) => probed(url, askHealth(url, PATIENCE_MS))));
  const hosts = places === null ? [] : hostsOf(places);
  const [local, network, turn, media] = await Promise.all([
    web(urls.local),
    web(urls.network),
    Promise.all(hosts.map((host) => probeTurn(host, places!))),
    probeMedia(threads),
  ]);
  return { local, network, turn, media };
}

/** By address, since that is what a firewall or a router stands before. */
async function probeMedia({ threads }: MediaThreads): Promise<ProbedMedia[]> {
  const probes = threads.map(async (thread) => {
    const ways = await askMedia(thread, PATIENCE_MS);
    return ways.map(({ host, ...way }) => ({
      host,
      way: { ...way, port: thread.port, url: urlOf(way.transport, host, thread.port) },
    }));
  });
  const probed = (await Promise.all(probes)).flat();
  const hosts = [...new Set(probed.map(({ host }) => host))];
  return hosts.map((host) => ({ host, ways: probed.filter((each) => each.host === host).map(({ way }) => way) }));
}

function urlOf(transport: string, host: string, port: number): string {
  return `${transport}:${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function hostsOf({ announce, reaching }: TurnPlaces): readonly string[] {
  if (announce.length > 0) return announce;
  return reaching.length > 0 ? reaching : ['127.0.0.1'];
}

async function probeTurn(host: string, { port, tlsPort }: TurnPlaces): Promise<ProbedTurn> {
  const name = host.includes(':') ? `[${host}]` : host;
  const ways = [
    ...(port === null ? [] : (['udp', 'tcp'] as const).map((transport) => ({ transport, port, scheme: 'turn' }))),
    ...(tlsPort === null ? [] : [{ transport: 'tls' as const, port: tlsPort, scheme: 'turns' }]),
  ];
  const probes = ways.map(async ({ transport, scheme, port: at }) => {
    const url = `${scheme}:${name}:${at}?transport=${transport === 'udp' ? 'udp' : 'tcp'}`;
    return { transport, port: at, ...(await probed(url, askBinding(transport, host, at))) };
  });
  return { host, ways: await Promise.all(probes) };
}

/** Rejects when there is no answer. */
async function askBinding(transport: 'udp' | 'tcp' | 'tls', host: string, port: number): Promise<void> {
  const wire = await openWire({ transport, host, address: host, port, insecure: true });
  const client = new TurnClient(wire, { username: '', password: '' });
  try {
    const reply = await client.binding();
    if (reply.kind !== 'success') throw new Error(`${host} port ${port} over ${transport}: ${reply.kind}`);
  } finally {
    client.close();
  }
}

async function probed(url: string, asking: Promise<void>): Promise<ProbedAddress> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const answered = await Promise.race([
    late,
    asking.then(
      () => true,
      () => false,
    ),
  ]);
  clearTimeout(timer);
  return { url, answered };
}
