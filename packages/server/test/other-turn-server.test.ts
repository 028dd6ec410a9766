/** Credentials of this server at another TURN server, as an operator would have it who runs a coturn already. */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { ConfigSchema } from '../src/config/index.js';
import { startServer } from '../src/start/start-server.js';
import { openWire, TurnClient } from '../src/turn-client/index.js';
import { Coturn, hasCoturn } from './coturn.js';
import { TestClient } from './signal-rig.js';

const HOST = '127.0.0.1';
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** What a member is told of a coturn, whose own secret is `theirs`, by a server that has `ours`. */
async function toldOf(theirs: string, ours: string): Promise<{ port: number; username: string; password: string }> {
  const coturn = await Coturn.start(['--use-auth-secret', `--static-auth-secret=${theirs}`], false);
  closers.push(() => coturn.close());
  const config = ConfigSchema.parse({
    httpPort: 0,
    httpsPort: 'off',
    turnPort: 'off',
    turnsPort: 'off',
    mediaPort: 'off',
    bind: [HOST],
    dataDir: mkdtempSync(join(tmpdir(), 'madang-other-turn-')),
    turnServers: [`turn:${HOST}:${coturn.port}?transport=udp`],
    turnSecret: [ours],
  });
  const server = await startServer(config, { log: pino({ level: 'silent' }) });
  closers.push(() => server.close());
  const client = await TestClient.connect(`http://${HOST}:${server.ports.httpPort}`);
  closers.push(() => client.socket.disconnect());
  const [told] = (await client.join('tea', 'Min')).iceServers;
  expect(told?.urls).toEqual(config.turnServers);
  return { port: coturn.port, username: told?.username ?? '', password: told?.credential ?? '' };
}

async function allocation({ port, ...account }: { port: number; username: string; password: string }) {
  const wire = await openWire({ transport: 'udp', host: HOST, address: HOST, port });
  const client = new TurnClient(wire, account);
  closers.push(() => client.close());
  const reply = await client.allocate();
  return reply.kind === 'error' ? reply.code : reply.kind;
}

describe.skipIf(!hasCoturn())('a coturn (needs coturn)', () => {
  test('with the same secret takes what our members are told', async () => {
    expect(await allocation(await toldOf('a-secret-in-common', 'a-secret-in-common'))).toBe('success');
  });

  test('with another secret does not', async () => {
    expect(await allocation(await toldOf('a-secret-of-coturn', 'a-secret-of-ours'))).toBe(401);
  });
});
