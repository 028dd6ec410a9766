import { afterEach, describe, expect, it } from 'vitest';
import { type Rig, type RigOptions, startRig } from './signal-rig.js';
import { sendRaw, upgradeBytes, Wire } from './signal-wire.js';

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

const handshake = '/socket.io/?EIO=4&transport=polling';

describe('E1: a page of another origin', () => {
  const evil = { origin: 'https://evil.example' };

  it('is refused on polling, before and after a handshake', async () => {
    await start();
    const refused = await fetch(rig.url + handshake, { headers: evil });
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: { code: 'origin_refused' } });
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    const opened = JSON.parse((await (await fetch(rig.url + handshake)).text()).slice(1));
    const later = await fetch(`${rig.url}${handshake}&sid=${opened.sid}`, {
      method: 'POST',
      body: '40',
      headers: evil,
    });
    expect(later.status).toBe(403);
  });

  it('is refused on the upgrade', async () => {
    await start();
    const answer = await sendRaw(rig.port, upgradeBytes('EIO=4&transport=websocket', { Origin: evil.origin }));
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).toContain('origin_refused');
    expect(rig.signal.connections()).toBe(0);
  });

  it.each([
    ['null', { origin: 'null' }],
    ['none, from a cross-site request', { 'sec-fetch-site': 'cross-site' }],
  ])('is refused when it is %s', async (_name, headers) => {
    await start({ config: { allowOrigin: ['*'] } });
    expect((await fetch(rig.url + handshake, { headers: headers as Record<string, string> })).status).toBe(403);
    await expect(Wire.open(rig.url, headers as Record<string, string>)).rejects.toThrow('403');
  });

  it('that is allowed gets in, on both transports, and may read the answer', async () => {
    await start({ config: { allowOrigin: ['https://app.example'] } });
    const headers = { origin: 'https://app.example' };
    const answer = await fetch(rig.url + handshake, { headers });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, 'https://app.example']);
    expect(answer.headers.get('vary')).toContain('Origin');
    const preflight = await fetch(rig.url + handshake, { method: 'OPTIONS', headers });
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, POST']);
    (await Wire.open(rig.url, headers)).ws.terminate();
  });

  it('is our own when it names the host it was loaded from', async () => {
    await start();
    (await Wire.open(rig.url, { origin: rig.url })).ws.terminate();
    expect((await fetch(rig.url + handshake, { headers: { origin: rig.url } })).status).toBe(200);
  });

  it('is judged by what a trusted proxy says, and by nothing that an untrusted one does', async () => {
    const headers = {
      origin: 'https://meet.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'meet.example',
    };
    await start();
    expect((await fetch(rig.url + handshake, { headers })).status).toBe(403);
    await rig.stop();
    await start({ config: { trustProxy: ['loopback'] } });
    expect((await fetch(rig.url + handshake, { headers })).status).toBe(200);
  });

  it('is logged sparingly, with what it was and where it asked', async () => {
    await start();
    for (let ix = 0; ix < 50; ix++) await fetch(rig.url + handshake, { headers: evil });
    const lines = rig.logged.filter((line) => line.includes('connection refused'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ reason: 'origin_refused', origin: evil.origin, asked: rig.url });
  });
});
