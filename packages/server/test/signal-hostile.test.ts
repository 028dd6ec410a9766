import { afterEach, describe, expect, it } from 'vitest';
import { type Rig, type RigOptions, startRig } from './signal-rig.js';
import { sendRaw, Wire } from './signal-wire.js';

let rig: Rig;
async function start(options?: RigOptions): Promise<Rig> {
  rig = await startRig(options);
  return rig;
}

/** Whatever a test did to the server, it must still serve, and nothing may have gone uncaught. */
afterEach(async () => {
  const witness = await rig.connect();
  expect(await witness.join('witness', 'Witness')).toMatchObject({ ok: true });
  await rig.stop();
  expect(rig.uncaught).toEqual([]);
});

describe('E5: connections that do nothing', () => {
  it('are closed when they never finish socket.io’s handshake', async () => {
    await start({ times: { connectMs: 100 } });
    const wire = await Wire.open(rig.url);
    await wire.closed;
    expect(rig.signal.connections()).toBe(0);
  });

  it('are closed when they stay in no room', async () => {
    await start({ times: { roomlessMs: 1_000 } });
    const [idle, inside, left] = [await rig.connect(), await rig.connect(), await rig.connect()];
    const page = await rig.connect();
    await inside.join('yard', 'Mina');
    await page.ask('ready', 'yard');
    await left.join('yard', 'Jun');
    await idle.closed();
    await left.request('leave');
    await left.closed();
    expect([inside.socket.connected, page.socket.connected]).toEqual([true, true]);
  });

  it('are closed when a room that ended leaves them behind', async () => {
    await start({ times: { roomlessMs: 1_000 } });
    const [a, b] = [await rig.connect(), await rig.connect()];
    await a.join('yard', 'Mina');
    await b.join('yard', 'Jun');
    await a.request('close');
    await Promise.all([a.closed(), b.closed()]);
  });

  it('are closed when they answer no heartbeat', async () => {
    await start({ times: { pingIntervalMs: 300, pingTimeoutMs: 300 } });
    const wire = await Wire.joined(rig.url);
    await wire.hears('2');
    await wire.closed;
    expect(rig.signal.connections()).toBe(0);
  });

  it('by the hundred, slowly, keep nobody else from joining', async () => {
    await start({ config: { maxConnectionsPerAddress: 1_000 } });
    const slow = Array.from({ length: 300 }, () =>
      sendRaw(rig.port, 'GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHo', 700),
    );
    const from = performance.now();
    const a = await rig.connect();
    await a.join('yard', 'Mina');
    expect(performance.now() - from).toBeLessThan(5_000);
    await Promise.all(slow);
  });
});

describe('E6: payloads made to confuse', () => {
  it.each([
    [
      '__proto__ beside the fields',
      '{"protocol":1,"room":"yard","name":"x","__proto__":{"role":"host"}}',
      'bad_request',
    ],
    [
      'constructor beside the fields',
      '{"protocol":1,"room":"yard","name":"x","constructor":{"prototype":{"a":1}}}',
      'bad_request',
    ],
    [
      '__proto__ in metadata',
      '{"protocol":1,"room":"yard","name":"x","metadata":{"__proto__":{"a":1}}}',
      'bad_request',
    ],
    [
      '__proto__ deep in metadata',
      '{"protocol":1,"room":"yard","name":"x","metadata":{"a":[{"__proto__":1}]}}',
      'bad_request',
    ],
    ['a number beyond all numbers', '{"protocol":1e999,"room":"yard","name":"x"}', 'bad_request'],
    [
      'metadata with a number beyond all numbers',
      '{"protocol":1,"room":"yard","name":"x","metadata":{"a":1e999}}',
      'bad_request',
    ],
    [
      'metadata nested deeply',
      `{"protocol":1,"room":"yard","name":"x","metadata":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
      'bad_request',
    ],
    ['a payload of brackets', '['.repeat(30_000) + ']'.repeat(30_000), 'bad_request'],
    ['a list of sixty thousand', JSON.stringify(Array(30_000).fill(0)), 'bad_request'],
    [
      'a key twice: the last counts, and is checked',
      '{"protocol":1,"room":"yard","name":"x","name":""}',
      'bad_request',
    ],
  ])('%s', async (_name, payload, code) => {
    await start();
    const wire = await Wire.joined(rig.url);
    wire.send(`421["join",${payload}]`);
    expect(JSON.parse((await wire.hears('431')).slice(3))).toMatchObject([{ ok: false, error: { code } }]);
    expect(({} as { role?: unknown; a?: unknown }).role ?? ({} as { a?: unknown }).a).toBeUndefined();
    wire.ws.terminate();
  });
});

describe('E13: what an error gives away', () => {
  it('is no stack, no path and no version', async () => {
    await start({
      through: (rooms) => ({
        open: (link, receive) => rooms.open(link, receive),
        close: (link) => rooms.close(link),
        command: (command) => {
          if (command.type === 'rename') throw new Error('secret plan');
          if (command.type === 'chat') return Promise.reject(new Error('secret plan'));
          return rooms.command(command);
        },
      }),
    });
    const a = await rig.connect();
    await a.join('yard', 'Mina');
    for (const [event, payload] of [
      ['rename', { name: 'x' }],
      ['chat', { text: 'x' }],
    ] as const) {
      const reply = await a.ask(event, payload);
      expect(reply).toEqual({ ok: false, error: { code: 'internal', message: expect.any(String) } });
    }
    expect(rig.logged.join()).toContain('secret plan');
    for (const path of ['/socket.io/?EIO=4&transport=x', '/socket.io/nothing', '/socket.io/?EIO=9&transport=polling']) {
      const answer = await fetch(rig.url + path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(await answer.text()).not.toMatch(/node_modules|\n\s+at |\.[jt]s:\d|socket\.io/i);
    }
  });
});
