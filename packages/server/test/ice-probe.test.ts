/** The doctor's probe against coturn, as an operator would run it beside Madang. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { probeIceServer } from '../src/doctor/readings/probe-ice-server.js';

const ACCOUNT = { username: 'min', credential: 'secret' };

function hasCoturn(): boolean {
  try {
    execFileSync('turnserver', ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

describe.skipIf(!hasCoturn())('a TURN server (needs coturn)', () => {
  let child: ChildProcess;
  let port = 0;

  beforeAll(async () => {
    port = await freePort();
    const directory = mkdtempSync(join(tmpdir(), 'madang-coturn-'));
    const args = [
      ...['-n', '--no-cli', '--no-tls', '--no-dtls', '--lt-cred-mech', '--fingerprint', '--allow-loopback-peers'],
      ...['--listening-ip', '127.0.0.1', '--relay-ip', '127.0.0.1', '--listening-port', String(port)],
      ...['--user', 'min:secret', '--realm', 'madang.test', '--log-file', 'stdout', '--simple-log'],
      ...['--pidfile', join(directory, 'pid'), '--userdb', join(directory, 'db')],
    ];
    child = spawn('turnserver', args, { stdio: 'ignore', cwd: directory });
    await vi.waitFor(
      async () => expect(await probeIceServer(`stun:127.0.0.1:${port}`, {})).toMatchObject({ kind: 'answered' }),
      { timeout: 20_000, interval: 300 },
    );
  }, 30_000);

  afterAll(() => child?.kill('SIGKILL'));

  test.each(['udp', 'tcp'])('gives whoever has an account a relay over %s', async (transport) => {
    const probe = await probeIceServer(`turn:127.0.0.1:${port}?transport=${transport}`, ACCOUNT);
    expect(probe).toMatchObject({ kind: 'answered', sees: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
  });

  test.each([
    { ...ACCOUNT, credential: 'other' },
    { ...ACCOUNT, username: 'nobody' },
  ])('refuses %j', async (account) => {
    expect(await probeIceServer(`turn:127.0.0.1:${port}`, account)).toEqual({ kind: 'bad-credentials' });
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
