/** Every way to a relay, walked at a server of our own and at Debian's coturn, with each thing that can go wrong made to. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hasAddon } from '@madang/native';
import { freePort } from '@madang/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findRoutes } from '../src/doctor/turn/find-routes.js';
import type { TurnCredential } from '../src/doctor/turn/turn-credential.js';
import { accountOf } from '../src/doctor/turn/turn-credential.js';
import { walksAsJson } from '../src/doctor/turn/turn-table.js';
import { type WalkOptions, walkRoute } from '../src/doctor/turn/walk-route.js';
import { walkTargets } from '../src/doctor/turn/walk-targets.js';
import type { TurnService } from '../src/media/index.js';
import { Coturn, hasCoturn } from './coturn.js';
import { HOSTS, openTurnService, portOf, type TurnRigOptions, testAuthority } from './turn-rig.js';
import { SECRET } from './turn-wire.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const secret: TurnCredential = { kind: 'secret', secret: SECRET.toString() };
const OPTIONS: WalkOptions = { credential: secret, ca: testAuthority.cert, wallMs: Date.now() };

async function open(options?: TurnRigOptions): Promise<TurnService> {
  const service = await openTurnService(options);
  closers.push(() => service.close());
  return service;
}

async function walk(url: string, options: Partial<WalkOptions> = {}, family: 4 | 6 = 4) {
  const [route] = await findRoutes(url);
  return walkRoute(route!, family, { ...OPTIONS, wallMs: Date.now(), ...options });
}

/** The step that failed and why. */
async function failure(url: string, options?: Partial<WalkOptions>) {
  const { end, passed } = await walk(url, options);
  if (end.kind !== 'failed') return { kind: end.kind };
  return { step: end.step, ...end.fault, passed: passed.map(({ step }) => step) };
}

const inUrl = (host: string) => (host.includes(':') ? `[${host}]` : host);

describe.runIf(hasAddon())('a server of our own', () => {
  test('is reached over UDP, TCP and TLS, at both addresses of a name, for relays of both families', async () => {
    const service = await open();
    const plain = portOf(service, 'udp', '127.0.0.1');
    const urls = HOSTS.flatMap((host) => [
      `turn:${inUrl(host)}:${plain}`,
      `turns:${inUrl(host)}:${portOf(service, 'tls', host)}?transport=tcp`,
    ]);
    const walks = await walkTargets([{ urls, credential: secret }], { ca: testAuthority.cert });
    const told = walksAsJson(walks).map(({ transport, address, family, status, steps }) => ({
      way: `${transport} ${address} ${family}`,
      status,
      steps: steps.map(({ step }) => step).join(' '),
    }));
    expect(told).toHaveLength(12);
    expect(new Set(told.map(({ way }) => way)).size).toBe(12);
    const connects = { udp: 'udp', tcp: 'tcp', tls: 'tcp tls' } as const;
    for (const { way, status, steps } of told) {
      const first = connects[way.split(' ')[0] as 'udp'];
      expect([way, status, steps]).toEqual([way, 'ok', `${first} allocate permission echo`]);
    }
    await expect.poll(() => service.loop.sizes().allocations).toBe(0);
  });

  test('a name is resolved first', async () => {
    const service = await open();
    const { passed, end } = await walk(`turn:localhost:${portOf(service, 'udp', '127.0.0.1')}?transport=udp`);
    expect([passed[0]?.step, end.kind]).toEqual(['dns', 'whole']);
  });

  const url = (service: TurnService) => `turn:127.0.0.1:${portOf(service, 'udp', '127.0.0.1')}?transport=udp`;
  const account = (wallMs: number, text = SECRET.toString()) => ({
    kind: 'account' as const,
    account: accountOf({ kind: 'secret', secret: text }, wallMs)!,
  });

  test('an expired credential is told from one of another secret, and both from an unknown user', async () => {
    const service = await open();
    const [now, day] = [Date.now(), 86_400_000];
    const passed = ['udp'];
    const expired = account(now - day);
    expect(await failure(url(service), { credential: expired })).toEqual({
      step: 'allocate',
      cause: 'expired',
      username: expired.account.username,
      expiredMs: Number(expired.account.username.split(':')[0]) * 1_000,
      passed,
    });
    for (const credential of [account(now, 'other'), { kind: 'secret', secret: 'other' } as const]) {
      expect(await failure(url(service), { credential })).toMatchObject({ step: 'allocate', cause: 'wrong-secret' });
    }
    const stranger = { kind: 'account', account: { username: 'min', password: 'secret' } } as const;
    const unknown = { step: 'allocate', cause: 'unknown-user', username: 'min', passed };
    expect(await failure(url(service), { credential: stranger })).toEqual(unknown);
    expect(await failure(url(service), { credential: { kind: 'none' } })).toMatchObject({ cause: 'no-credential' });
  });

  test('clocks that differ are told: a right secret is refused now and accepted for the far future', async () => {
    const service = await open();
    const behind = Date.now() - 86_400_000;
    expect(await failure(url(service), { wallMs: behind })).toMatchObject({ step: 'allocate', cause: 'clock-skew' });
    const given = { ...account(behind), issuedNow: true };
    expect(await failure(url(service), { credential: given })).toMatchObject({ cause: 'clock-skew' });
  });

  test('another realm than expected', async () => {
    const service = await open();
    const wanted = 'elsewhere';
    expect(await failure(url(service), { realm: wanted })).toMatchObject({ cause: 'realm', realm: 'madang', wanted });
    expect(await failure(url(service), { realm: 'madang' })).toEqual({ kind: 'whole' });
  });

  test('a user with too many allocations, and a server with too many', async () => {
    const quota = await open({ limits: { allocationsPerUser: 1 } });
    expect(await failure(url(quota))).toMatchObject({ step: 'allocate', cause: 'quota' });
    const full = await open({ limits: { allocations: 1 } });
    expect(await failure(url(full))).toMatchObject({ step: 'allocate', cause: 'full' });
  });

  test('a certificate that nobody has signed, or for another name', async () => {
    const service = await open();
    const port = portOf(service, 'tls', '127.0.0.1');
    const unsigned = await failure(`turns:127.0.0.1:${port}`, { ca: undefined });
    expect(unsigned).toMatchObject({ step: 'tls', cause: 'certificate', passed: ['tcp'] });
    expect(await failure(`turns:127.0.0.1:${port}`, { ca: undefined, insecure: true })).toEqual({ kind: 'whole' });
    const routes = await findRoutes(`turns:127.0.0.1:${port}`);
    const misnamed = await walkRoute({ ...routes[0]!, host: 'turn.example' }, 4, OPTIONS);
    expect(misnamed.end).toMatchObject({ step: 'tls', fault: { reason: 'ERR_TLS_CERT_ALTNAME_INVALID' } });
  });

  test('turns: at a port for plain TCP', async () => {
    const service = await open();
    const plain = portOf(service, 'tcp', '127.0.0.1');
    expect(await failure(`turns:127.0.0.1:${plain}`)).toMatchObject({ step: 'tls', cause: 'no-turn', passed: ['tcp'] });
  });

  test('no relays of a family are no fault', async () => {
    const { host } = { host: Uint8Array.of(127, 0, 0, 1) };
    const service = await open({ relayHosts: [{ host, announced: host }] });
    expect((await walk(url(service), {}, 6)).end).toEqual({ kind: 'not-given' });
  });
});

describe('where nobody is', () => {
  test.each(['udp', 'tcp'])('a closed port over %s', async (transport) => {
    const port = await freePort();
    const told = await failure(`turn:127.0.0.1:${port}?transport=${transport}`);
    expect(told).toEqual({ step: transport, cause: 'port-closed', port, code: 'ECONNREFUSED', passed: [] });
  });

  test('a port that keeps silent', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    closers.push(() => socket.close());
    const { port } = socket.address();
    const told = await failure(`turn:127.0.0.1:${port}?transport=udp`);
    expect(told).toEqual({ step: 'udp', cause: 'silent', port, seconds: 3, passed: [] });
  });

  test('a web server', async () => {
    const server = createHttpServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    closers.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const told = await failure(`turn:127.0.0.1:${port}?transport=tcp`);
    expect(told).toEqual({ step: 'tcp', cause: 'no-turn', port, passed: ['tcp'] });
  });

  test('a name without an address (RFC 6761 §6.4)', async () => {
    const told = await failure('turn:turn.invalid');
    expect(told).toEqual({ step: 'dns', cause: 'no-address', host: 'turn.invalid', passed: [] });
  });
});

describe.skipIf(!hasCoturn())('coturn (needs coturn)', () => {
  const shared = 'a shared secret';
  let coturn: Coturn;
  let strict: Coturn;
  beforeAll(async () => {
    [coturn, strict] = await Promise.all([
      Coturn.start(['--use-auth-secret', `--static-auth-secret=${shared}`, '--allow-loopback-peers'], true),
      Coturn.start(['--lt-cred-mech', '--user=min:right', '--user-quota=1'], false),
    ]);
  }, 60_000);
  afterAll(() => Promise.all([coturn?.close(), strict?.close()]));

  test('is reached over UDP, TCP and TLS at both addresses', async () => {
    const urls = HOSTS.flatMap((host) => [
      `turn:${inUrl(host)}:${coturn.port}`,
      `turns:${inUrl(host)}:${coturn.tlsPort}`,
    ]);
    const credential = { kind: 'secret', secret: shared } as const;
    const walks = await walkTargets([{ urls, credential }], { ca: testAuthority.cert });
    const told = walksAsJson(walks).map(({ transport, address, family, status, value }) => [
      `${transport} ${address} ${family}`,
      status,
      status === 'ok' ? '' : value,
    ]);
    expect(told.filter(([, status]) => status !== 'ok')).toEqual([]);
    expect(told).toHaveLength(12);
  });

  test('a wrong secret and a clock that is behind', async () => {
    const url = `turn:127.0.0.1:${coturn.port}?transport=udp`;
    const wrong = { kind: 'secret', secret: 'other' } as const;
    expect(await failure(url, { credential: wrong })).toMatchObject({ step: 'allocate', cause: 'wrong-secret' });
    const credential = { kind: 'secret', secret: shared } as const;
    const behind = { credential, wallMs: Date.now() - 86_400_000 };
    expect(await failure(url, behind)).toMatchObject({ step: 'allocate', cause: 'clock-skew' });
  });

  test('users that it does not know, or knows by another password', async () => {
    const url = `turn:127.0.0.1:${strict.port}?transport=tcp`;
    for (const account of [
      { username: 'nobody', password: 'right' },
      { username: 'min', password: 'wrong' },
    ]) {
      const credential = { kind: 'account', account } as const;
      expect(await failure(url, { credential })).toMatchObject({ step: 'allocate', cause: 'unknown-user' });
    }
  });

  test('a quota of one, and peers on its own machine refused', async () => {
    const url = `turn:127.0.0.1:${strict.port}?transport=udp`;
    const credential = { kind: 'account', account: { username: 'min', password: 'right' } } as const;
    expect(await failure(url, { credential })).toMatchObject({ step: 'allocate', cause: 'quota' });
    const peers = await Coturn.start(['--lt-cred-mech', '--user=min:right'], false);
    closers.push(() => peers.close());
    const told = await failure(`turn:127.0.0.1:${peers.port}?transport=udp`, { credential });
    expect(told).toMatchObject({ step: 'permission', cause: 'peer-refused', peer: '127.0.0.1' });
  });
});
