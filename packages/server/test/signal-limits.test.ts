import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LIMITS, PROTOCOL_VERSION } from '@madang/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { type Rig, type RigOptions, startRig } from './signal-rig.js';
import { Wire } from './signal-wire.js';

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
const join = { protocol: PROTOCOL_VERSION, room: 'yard', name: 'Mina' };

describe('E3: attachments', () => {
  it('announced and never sent, or sent in floods, are not kept', async () => {
    await start();
    const wires = await Promise.all(Array.from({ length: 20 }, () => Wire.joined(rig.url)));
    const blob = Buffer.alloc(200_000);
    const before = await keptBytes();
    // Ten are announced, so each connection still waits for the last.
    for (const wire of wires) wire.send('4510-["chat",{"_placeholder":true,"num":0}]', ...Array(9).fill(blob));
    await Promise.all(wires.map((wire) => wire.takenIn()));
    // Of the 36 MB sent; what the collector frees, it frees in its own time.
    await expect
      .poll(async () => (await keptBytes()) - before, { timeout: 10_000 })
      .toBeLessThan(wires.length * blob.length);
    for (const wire of wires) wire.ws.terminate();
  });
});

describe('E4: size and rate', () => {
  it('a message above 64 KiB is told so; the connection goes on', async () => {
    await start();
    const a = await rig.connect();
    expect(await a.refusal('join', { ...join, metadata: { x: 'x'.repeat(LIMITS.messageBytes) } })).toBe(
      'message_too_large',
    );
    expect(await a.join('yard', 'Mina')).toMatchObject({ ok: true });
  });

  it('a message above what the transport takes ends the connection: 1009 on WebSocket, 413 on polling', async () => {
    await start();
    const wire = await Wire.joined(rig.url);
    wire.send(`42["chat","${'x'.repeat(500_000)}"]`);
    expect(await wire.closed).toBe(1009);
    const opened = JSON.parse((await (await fetch(rig.url + handshake)).text()).slice(1));
    const body = `42["chat","${'x'.repeat(500_000)}"]`;
    expect((await fetch(`${rig.url}${handshake}&sid=${opened.sid}`, { method: 'POST', body })).status).toBe(413);
  });

  it('a compressed bomb can’t be sent: compression is not agreed to, and 100 MB as they are close with 1009', async () => {
    await start();
    const wire = await Wire.joined(rig.url);
    expect(wire.ws.extensions).toBe('');
    wire.ws.send(Buffer.alloc(100_000_000, 0x20), { compress: true, binary: false });
    expect(await wire.closed).toBe(1009);
  });

  it('too many messages are refused with the time to wait, then the connection is ended', async () => {
    await start({ config: { messageRate: 1 } });
    const a = await rig.connect();
    const replies: { ok: boolean; error?: { code: string; retryAfterMs?: number } }[] = [];
    for (let ix = 0; ix < 60; ix++) a.socket.emit('members', {}, (reply: never) => replies.push(reply));
    expect(await a.closed()).toBe('io server disconnect');
    const limited = replies.filter(({ error }) => error?.code === 'rate_limited');
    // Four at once, the handshake among them, and as many refusals; a few more if the machine is slow.
    expect(replies.length - limited.length).toBeGreaterThanOrEqual(3);
    expect(replies.length - limited.length).toBeLessThan(20);
    expect(limited[0]?.error?.retryAfterMs).toBeGreaterThan(0);
    expect(replies.length).toBeLessThan(40);
  });

  it('one who is flooding does not slow the others down', async () => {
    await start({ config: { messageRate: 50 } });
    const a = await rig.connect();
    await a.join('yard', 'Mina');
    let flooding = true;
    const flood = (async () => {
      while (flooding) {
        const wire = await Wire.joined(rig.url);
        wire.send(...Array.from({ length: 1_000 }, (_, ix) => `42${ix}["chat",{"text":"x"}]`));
        await wire.closed;
      }
    })();
    const tookMs: number[] = [];
    for (let ix = 0; ix < 40; ix++) {
      const from = performance.now();
      await a.request('members');
      tookMs.push(performance.now() - from);
      await new Promise((done) => setTimeout(done, 5));
    }
    flooding = false;
    await flood;
    expect(tookMs.sort((x, y) => x - y)[Math.floor(tookMs.length * 0.9)]).toBeLessThan(1_000);
  });

  it.each([
    ['payloads', (ix: number) => `42${ix}["chat",{"text":${ix}}]`],
    ['unknown events', (ix: number) => `42${ix}["nothing"]`],
    ['oversized messages', (ix: number) => `42${ix}["chat","${'x'.repeat(70_000)}"]`],
    ['binary messages', (ix: number) => `451-${ix}["chat",{"_placeholder":true,"num":0}]`],
  ])('five bad %s in a row end the connection, each with its answer', async (_name, frame) => {
    await start();
    const wire = await Wire.joined(rig.url);
    for (let ix = 0; ix < 4; ix++) wire.send(frame(ix), ...(frame(ix)[1] === '5' ? [Buffer.from('x')] : []));
    await wire.hears('433');
    wire.send('425["ice-servers",{}]');
    await wire.hears('435');
    for (let ix = 10; ix < 15; ix++) wire.send(frame(ix), ...(frame(ix)[1] === '5' ? [Buffer.from('x')] : []));
    await wire.hears('4314');
    await wire.closed;
    expect(wire.received.filter((text) => text.startsWith('43') && text.includes('"ok":false'))).toHaveLength(10);
  });

  it('more connections from one address than allowed are refused with 429, on both transports', async () => {
    await start({ config: { maxConnectionsPerAddress: 3, trustProxy: ['loopback'] } });
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const wires = await Promise.all([1, 2, 3].map(() => Wire.open(rig.url, from('1.2.3.4'))));
    const refused = await fetch(rig.url + handshake, { headers: from('1.2.3.4') });
    expect([refused.status, ((await refused.json()) as { error: { code: string } }).error.code]).toEqual([
      429,
      'too_many_connections',
    ]);
    await expect(Wire.open(rig.url, from('1.2.3.4'))).rejects.toThrow('429');
    (await Wire.open(rig.url, from('1.2.3.5'))).ws.terminate();
    wires[0]?.ws.terminate();
    await expect.poll(async () => (await fetch(rig.url + handshake, { headers: from('1.2.3.4') })).status).toBe(200);
    for (const wire of wires) wire.ws.terminate();
  });
});

/** Bytes outside of the heap that something still holds on to. */
async function keptBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  await new Promise((done) => setTimeout(done, 50));
  collect();
  return process.memoryUsage().arrayBuffers;
}
