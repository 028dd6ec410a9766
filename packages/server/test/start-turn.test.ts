import { createHmac, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import type { TurnCredential } from '@madang/engine';
import { hasAddon } from '@madang/native';
import type { Joined } from '@madang/protocol';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { type Config, ConfigError, ConfigSchema } from '../src/config/index.js';
import { turnSecretPath } from '../src/media/index.js';
import type { RunningServer, StartOptions } from '../src/start/index.js';
import { startServer } from '../src/start/start-server.js';
import type { KeyPair } from '../src/tls/index.js';
import { TestClient } from './signal-rig.js';
import { newCertificate } from './turn-rig.js';
import { streamWire, udpWire, type Wire, WireClient } from './turn-wire.js';

const HOST = '127.0.0.1';
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(
  changes: Partial<Record<keyof Config, unknown>> = {},
  options: StartOptions = {},
): Promise<RunningServer> {
  const ports = { httpPort: 0, httpsPort: 0, turnPort: 0, turnsPort: 0, mediaPort: 'off' };
  const dataDir = mkdtempSync(join(tmpdir(), 'madang-start-turn-'));
  const config = ConfigSchema.parse({ ...ports, bind: [HOST], dataDir, ...changes });
  const server = await startServer(config, { log: pino({ level: 'silent' }), ...options });
  closers.push(() => server.close());
  return server;
}

async function memberOf(server: RunningServer): Promise<{ client: TestClient; joined: Joined }> {
  const client = await TestClient.connect(`http://${HOST}:${server.ports.httpPort}`);
  closers.push(() => client.socket.disconnect());
  return { client, joined: await client.join('tea', 'Min') };
}

function relayOf({ iceServers }: Pick<Joined, 'iceServers'>): TurnCredential & { readonly urls: readonly string[] } {
  const server = iceServers.find(({ urls }) => urls.some((url) => url.startsWith('turn')));
  if (server?.username === undefined || server.credential === undefined) throw new Error('no TURN server was told');
  return { urls: server.urls, username: server.username, credential: server.credential };
}

/** Of the certificate that a new connection gets. */
function servedSerial(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host: HOST, port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

/** As `/metrics` tells it. */
async function allocationsOf(server: RunningServer): Promise<number> {
  const text = await (await fetch(`http://${HOST}:${server.ports.httpPort}/metrics`)).text();
  return Number(/^madang_turn_allocations (\d+)$/m.exec(text)?.[1]);
}

/** Over the transport of a URL that a member was told. */
async function wireTo(url: string): Promise<Wire> {
  const [, scheme, host = '', port, transport] = /^(turns?):([^:]+):(\d+)\?transport=(udp|tcp)$/.exec(url) ?? [];
  const open = () => {
    if (transport === 'udp') return udpWire(host, Number(port));
    return streamWire(scheme === 'turns' ? 'tls' : 'tcp', host, Number(port));
  };
  const wire = await open();
  closers.push(() => wire.close());
  return wire;
}

describe.runIf(hasAddon())('a started server', () => {
  test('tells each member STUN and TURN, with a credential that allocates by every way told', async () => {
    const server = await start();
    const { joined } = await memberOf(server);
    const { turnPort, turnsPort } = server.turnPorts;
    const relay = relayOf(joined);
    expect(joined.iceServers[0]).toEqual({ urls: [`stun:${HOST}:${turnPort}`] });
    expect(relay.urls).toEqual([
      `turn:${HOST}:${turnPort}?transport=udp`,
      `turn:${HOST}:${turnPort}?transport=tcp`,
      `turns:${HOST}:${turnsPort}?transport=tcp`,
    ]);
    expect(relay.username.endsWith(`:${joined.self}`)).toBe(true);
    expect(joined.iceServersTtlMs).toBe(300_000);
    for (const url of relay.urls) {
      const relayed = await new WireClient(await wireTo(url), relay).allocate();
      expect([...relayed.host]).toEqual([127, 0, 0, 1]);
    }
    expect(readFileSync(turnSecretPath(server.config.dataDir), 'utf8').trim()).toHaveLength(43);
  });

  test.each([
    ['beside its own ports', {}],
    ['and nowhere else', { turnPort: 'off', turnsPort: 'off' }],
  ])('takes TURN over TLS on the port of HTTPS when asked, %s', async (_where, ports) => {
    const server = await start({ share443: true, ...ports });
    const relay = relayOf((await memberOf(server)).joined);
    const url = `turns:${HOST}:${server.ports.httpsPort}?transport=tcp`;
    expect(relay.urls.filter((each) => each.startsWith('turns:'))).toEqual([url]);
    const client = new WireClient(await wireTo(url), relay);
    expect([...(await client.allocate()).host]).toEqual([127, 0, 0, 1]);
    await server.checked();
  });

  test('leaves the port of HTTPS to HTTPS unless asked', async () => {
    const server = await start();
    const wire = await streamWire('tls', HOST, server.ports.httpsPort!);
    closers.push(() => wire.close());
    wire.send(new Uint8Array(20));
    await wire.closed;
    expect(relayOf((await memberOf(server)).joined).urls).not.toContain(
      `turns:${HOST}:${server.ports.httpsPort}?transport=tcp`,
    );
  });

  test('relays to none of its own ports, whatever peers are allowed', async () => {
    const server = await start({ turnAllowPeer: ['127.0.0.0/8'] });
    const relay = relayOf((await memberOf(server)).joined);
    const client = new WireClient(await wireTo(relay.urls[0]!), relay);
    await client.allocate();
    const { httpPort, httpsPort } = server.ports;
    const { turnPort, turnsPort } = server.turnPorts;
    for (const port of [httpPort, httpsPort, turnPort, turnsPort]) {
      const reply = await client.bind(0x4001, { host: Uint8Array.from([127, 0, 0, 1]), port: port! });
      expect([port, reply.errorCode()]).toEqual([port, 403]);
    }
    expect((await client.permit({ host: Uint8Array.from([127, 0, 0, 1]), port: 9 })).errorCode()).toBeNull();
  });

  test('relays to its media, and to nothing beside', async () => {
    const server = await start({ mediaPort: 0, mediaThreads: 1 });
    const relay = relayOf((await memberOf(server)).joined);
    const client = new WireClient(await wireTo(relay.urls[0]!), relay);
    await client.allocate();
    const [mediaPort = 0] = server.mediaPorts;
    const host = Uint8Array.from([127, 0, 0, 1]);
    expect((await client.permit({ host, port: mediaPort })).errorCode()).toBeNull();
    expect((await client.bind(0x4001, { host, port: mediaPort })).errorCode()).toBeNull();
    expect((await client.bind(0x4002, { host, port: mediaPort + 1 })).errorCode()).toBe(403);
  });

  test('a private peer is refused unless it is allowed', async () => {
    const peer = { host: Uint8Array.from([10, 1, 2, 3]), port: 5_000 };
    for (const [turnAllowPeer, code] of [
      [[], 403],
      [['10.1.0.0/16'], null],
    ] as const) {
      const relay = relayOf((await memberOf(await start({ turnAllowPeer }))).joined);
      const client = new WireClient(await wireTo(relay.urls[0]!), relay);
      await client.allocate();
      expect((await client.permit(peer)).errorCode()).toBe(code);
    }
  });

  test('a member has no more allocations than it may', async () => {
    const relay = relayOf((await memberOf(await start({ maxTurnAllocationsPerMember: 1 }))).joined);
    await new WireClient(await wireTo(relay.urls[0]!), relay).allocate();
    const second = new WireClient(await wireTo(relay.urls[0]!), relay);
    await expect(second.allocate()).rejects.toThrow('486');
  });

  test('a member who has left has no allocation any more', async () => {
    const server = await start();
    const { client, joined } = await memberOf(server);
    const relay = relayOf(joined);
    await new WireClient(await wireTo(relay.urls[0]!), relay).allocate();
    expect(await allocationsOf(server)).toBe(1);
    await client.request('leave');
    expect(await allocationsOf(server)).toBe(0);
  });

  test('counts in /metrics', async () => {
    const server = await start();
    const relay = relayOf((await memberOf(server)).joined);
    await new WireClient(await wireTo(relay.urls[0]!), relay).allocate();
    expect(await allocationsOf(server)).toBe(1);
  });

  test('a port that somebody else has is told with its holder, and nothing stays open', async () => {
    const other = createServer();
    closers.push(() => other.close());
    await new Promise<void>((resolve) => other.listen(0, HOST, resolve));
    const { port } = other.address() as { port: number };
    const failure = await start({ turnsPort: port }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigError);
    expect((failure as Error).message).toMatch(
      new RegExp(`^port ${port} is in use.*choose another one with --turns-port$`),
    );
  });

  test('speaks TLS with a certificate that has changed, without being started again', async () => {
    const [first, second] = [await newCertificate(), await newCertificate()];
    const folder = mkdtempSync(join(tmpdir(), 'madang-turn-tls-'));
    const [tlsCert, tlsKey] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const put = ({ cert, key }: KeyPair) => {
      writeFileSync(tlsCert, cert);
      writeFileSync(tlsKey, key);
    };
    put(first);
    // With HTTPS off as behind a proxy: a given certificate is for TURN then.
    const server = await start({ httpsPort: 'off', tlsCert, tlsKey }, { certificateCheckMs: 20 });
    const { turnsPort } = server.turnPorts;
    const serial = ({ cert }: KeyPair) => new X509Certificate(cert).serialNumber;
    expect(await servedSerial(turnsPort!)).toBe(serial(first));
    put(second);
    await expect.poll(() => servedSerial(turnsPort!), { timeout: 10_000 }).toBe(serial(second));
  });

  test('without HTTPS and a certificate of its own there is no TURN over TLS', async () => {
    const server = await start({ httpsPort: 'off' });
    expect(server.turnPorts).toMatchObject({ turnPort: expect.any(Number), turnsPort: null });
    expect(relayOf((await memberOf(server)).joined).urls).toHaveLength(2);
  });
});

test('with its own off, a server hands out credentials for another one of the same secret', async () => {
  const url = 'turn:coturn.example:3478?transport=udp';
  const server = await start({
    turnPort: 'off',
    turnsPort: 'off',
    turnServers: [url],
    turnSecret: ['shared-with-coturn'],
  });
  const { joined } = await memberOf(server);
  expect(server.turnPorts).toEqual({ turnPort: null, turnsPort: null });
  const relay = relayOf(joined);
  expect(relay.urls).toEqual([url]);
  const expected = createHmac('sha1', 'shared-with-coturn').update(relay.username).digest('base64');
  expect(relay.credential).toBe(expected);
});

test('ice-servers gives fresh ones', async () => {
  const server = await start({
    turnPort: hasAddon() ? 0 : 'off',
    turnServers: ['turn:b.example'],
    turnSecret: ['a-secret-long-enough'],
  });
  const { client } = await memberOf(server);
  const fresh = await client.request('ice-servers', { n: 1 });
  expect(fresh.iceServersTtlMs).toBe(300_000);
  expect(relayOf(fresh).urls).toContain('turn:b.example');
});
