/** The doctor's probe against coturn, as an operator would run it beside Madang. */
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '@madang/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probeIceServer } from '../src/doctor/readings/probe-ice-server.js';
import { Coturn, hasCoturn } from './coturn.js';

const ACCOUNT = { username: 'min', credential: 'secret' };

describe.skipIf(!hasCoturn())('a TURN server (needs coturn)', () => {
  let coturn: Coturn;
  beforeAll(async () => {
    coturn = await Coturn.start(['--lt-cred-mech', '--user=min:secret', '--allow-loopback-peers'], false);
  }, 30_000);
  afterAll(() => coturn?.close());

  test.each(['udp', 'tcp'])('gives whoever has an account a relay over %s', async (transport) => {
    const probe = await probeIceServer(`turn:127.0.0.1:${coturn.port}?transport=${transport}`, ACCOUNT);
    expect(probe).toMatchObject({ kind: 'answered', sees: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
  });

  test.each([
    { ...ACCOUNT, credential: 'other' },
    { ...ACCOUNT, username: 'nobody' },
  ])('refuses %j', async (account) => {
    expect(await probeIceServer(`turn:127.0.0.1:${coturn.port}`, account)).toEqual({ kind: 'bad-credentials' });
  });
});

describe('what is no STUN server', () => {
  test('a port where nobody is refuses', async () => {
    const probe = await probeIceServer(`turn:127.0.0.1:${await freePort()}?transport=tcp`, ACCOUNT);
    expect(probe).toEqual({ kind: 'refused', code: 'ECONNREFUSED' });
  });

  test('a web server answers, but not in STUN', async () => {
    const server = createHttpServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await probeIceServer(`turn:127.0.0.1:${port}?transport=tcp`, ACCOUNT)).toEqual({ kind: 'no-stun' });
    server.close();
  });

  test('a name that does not exist has no address (RFC 6761 §6.4)', async () => {
    expect(await probeIceServer('stun:turn.invalid', {})).toEqual({ kind: 'unresolved', host: 'turn.invalid' });
  });
});
