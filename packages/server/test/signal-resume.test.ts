import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { PROTOCOL_VERSION } from '@madang/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Rig, startRig, TestClient } from './signal-rig.js';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(async () => {
  await rig.stop();
  expect(rig.uncaught).toEqual([]);
});

const resume = (token: string, seq: number) => ({ protocol: PROTOCOL_VERSION, token, seq });

describe('a connection that is cut', () => {
  it('may be resumed by another, which gets what was missed, in order', async () => {
    const wire = await cuttable(rig.port);
    const a = await rig.connect();
    await a.join('yard', 'Mina');
    const b = await TestClient.connect(`http://127.0.0.1:${wire.port}`);
    const { resume: session, self } = await b.join('yard', 'Jun');
    await a.request('chat', { text: 'one' });
    const lastSeq = (await b.hearsEvent('chat')).seq;

    wire.cut();
    await a.hears(
      (_event, payload: { type: string; member: { connected: boolean } }) =>
        payload.type === 'member-changed' && !payload.member.connected,
    );
    await a.request('chat', { text: 'two' });
    await a.request('react', { reaction: '!' });

    const again = await rig.connect();
    const resumed = await again.request('resume', resume(session.token, lastSeq));
    expect(resumed).toMatchObject({ protocol: PROTOCOL_VERSION, self, iceServers: [], resume: session });
    expect(resumed.events.map(({ type }) => type)).toEqual(['member-changed', 'chat', 'reaction', 'member-changed']);
    expect(resumed.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4].map((step) => lastSeq + step));
    expect(resumed.seq).toBe(lastSeq + 4);
    expect(again.events).toEqual([]);

    await a.request('chat', { text: 'three' });
    expect(await again.hearsEvent('chat')).toMatchObject({ seq: lastSeq + 5, message: { text: 'three' } });
    expect(resumed.members.map(({ id }) => id)).toContain(self);
    wire.close();
  });

  it('leaves a member behind that is lost after the grace time', async () => {
    await rig.stop();
    rig = await startRig({ limits: { graceMs: 200 } });
    const [a, b] = [await rig.connect(), await rig.connect()];
    await a.join('yard', 'Mina');
    const { resume: session } = await b.join('yard', 'Jun');
    b.socket.io.engine.close();
    expect(await a.hearsEvent('member-left')).toMatchObject({ reason: 'lost' });
    expect(await (await rig.connect()).refusal('resume', resume(session.token, 0))).toBe('resume_expired');
  });
});

describe('a session that is resumed while its first connection is still there', () => {
  it('goes to the newest, and the old one is told and closed (G6)', async () => {
    const [a, b] = [await rig.connect(), await rig.connect()];
    await a.join('yard', 'Mina');
    const { resume: session, seq } = await b.join('yard', 'Jun');
    const tab = await rig.connect();
    await tab.request('resume', resume(session.token, seq));
    await b.hears((event) => event === 'replaced');
    expect(await b.closed()).toBe('io server disconnect');

    await a.request('chat', { text: 'to the new one' });
    await tab.hearsEvent('chat');
    expect(b.events).toEqual([]);
    expect((await a.request('members')).members).toHaveLength(2);
    expect(a.events.some(({ type }) => type === 'member-left')).toBe(false);
  });

  it('can’t be resumed once it has ended (G6)', async () => {
    const [a, b] = [await rig.connect(), await rig.connect()];
    await a.join('yard', 'Mina');
    const { resume: session, self } = await b.join('yard', 'Jun');
    await a.request('kick', { member: self });
    await b.hearsEvent('ended');
    expect(await b.refusal('resume', resume(session.token, 0))).toBe('membership_ended');
  });
});

describe('ids and tokens (E7)', () => {
  it('an acknowledgement nobody asked for, and one repeated, change nothing', async () => {
    const a = await rig.connect();
    await a.join('yard', 'Mina');
    const { engine } = a.socket.io;
    for (const packet of ['31[{"ok":true}]', '31[{"ok":true}]', '3999999999999999999999[]']) engine.write(packet);
    expect(await a.ask('members')).toMatchObject({ ok: true });
  });

  it('another’s member id does not make one speak for it', async () => {
    const [a, b] = [await rig.connect(), await rig.connect()];
    const { self } = await a.join('yard', 'Mina');
    await b.join('yard', 'Jun');
    expect(await b.refusal('chat', { text: 'I am Mina', member: self })).toBe('bad_request');
    await b.request('chat', { text: 'I am Jun' });
    expect(await a.hearsEvent('chat')).toMatchObject({ message: { name: 'Jun' } });
  });

  it('another connection’s session id does not work over another transport, nor a guessed one at all', async () => {
    const a = await rig.connect();
    const sid = a.socket.io.engine.id;
    for (const guess of [sid, 'AAAAAAAAAAAAAAAAAAAA', '__proto__', 'constructor']) {
      const url = `${rig.url}/socket.io/?EIO=4&transport=polling&sid=${guess}`;
      expect((await fetch(url)).status).toBe(400);
      expect((await fetch(url, { method: 'POST', body: '42["leave",{}]' })).status).toBe(400);
    }
    expect(a.socket.connected).toBe(true);
  });

  it('tokens and connection ids have at least 120 random bits, and none is logged (E12)', async () => {
    const a = await rig.connect();
    const { resume: session } = await a.join('yard', 'Mina', { metadata: { password: 'sesame' } });
    await (await rig.connect()).refusal('resume', resume('wrong-token', 0));
    for (const secret of [session.token, a.socket.io.engine.id ?? '', a.socket.id ?? '']) {
      expect(Buffer.from(secret, 'base64url').length).toBeGreaterThanOrEqual(15);
    }
    const log = rig.logged.join('\n');
    for (const secret of [session.token, a.socket.io.engine.id ?? '', 'wrong-token', 'sesame']) {
      expect(log).not.toContain(secret);
    }
  });
});

it('closing the server ends every connection, and its browsers may come back by themselves', async () => {
  const a = await rig.connect();
  const polling = await rig.connect({ transports: ['polling'] });
  await a.join('yard', 'Mina');
  await rig.signal.close();
  expect(await a.closed()).toBe('transport close');
  expect(await polling.closed()).toMatch(/^transport (close|error)$/);
  expect(rig.signal.connections()).toBe(0);
});

it('draining refuses newcomers and tells the others', async () => {
  const [a, b] = [await rig.connect(), await rig.connect()];
  await a.join('yard', 'Mina');
  await rig.rooms.command({ type: 'drain', withinMs: 10_000 });
  expect(await a.hearsEvent('draining')).toMatchObject({ withinMs: 10_000 });
  expect(await b.refusal('join', { protocol: PROTOCOL_VERSION, room: 'yard', name: 'Jun' })).toBe('shutting_down');
});

/** A port that passes bytes on to `port`, until it is cut: then both sides see a reset. */
async function cuttable(port: number): Promise<{ port: number; cut: () => void; close: () => void }> {
  const pairs: Socket[] = [];
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    pairs.push(near, far);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      for (const socket of pairs) socket.resetAndDestroy();
    },
    close: () => server.close(),
  };
}
