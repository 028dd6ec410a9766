import { PROTOCOL_VERSION, type RoomEvent } from '@madang/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Rig, startRig, type TestClient } from './signal-rig.js';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig({ iceServers: [{ urls: ['stun:stun.example:3478'] }] });
});
afterEach(async () => {
  await rig.stop();
  expect(rig.uncaught).toEqual([]);
});

const join = { protocol: PROTOCOL_VERSION, room: 'yard', name: 'Mina' };
const report = {
  own: { microphone: 'live', camera: 'off', screen: 'off' },
  peers: [],
};
const description = {
  kind: 'description',
  generation: 1,
  description: { type: 'offer', sdp: 'v=0\r\n' },
  tracks: [{ mid: '0', source: 'camera' }],
};

async function pair(): Promise<{ a: TestClient; b: TestClient; aId: string; bId: string }> {
  const [a, b] = [await rig.connect(), await rig.connect()];
  const aId = (await a.join('yard', 'Mina')).self;
  const bId = (await b.join('yard', 'Jun')).self;
  return { a, b, aId, bId };
}

describe('join', () => {
  it('answers with everything a call begins with', async () => {
    const a = await rig.connect();
    const reply = await a.join(' yard ', 'Mina  Kim', { metadata: { seat: 1 } });
    expect(reply).toMatchObject({
      ok: true,
      protocol: PROTOCOL_VERSION,
      room: { name: 'yard', mode: 'p2p', maxMembers: 4 },
      members: [{ id: reply.self, name: 'Mina Kim', role: 'host', metadata: { seat: 1 }, dialect: 'madang' }],
      chat: [],
      iceServers: [{ urls: ['stun:stun.example:3478'] }],
      seq: 0,
    });
    expect(reply.resume.token.length).toBeGreaterThanOrEqual(22);
    expect(reply.resume.graceMs).toBe(30_000);
  });

  it('is told to those who are there, not to the newcomer', async () => {
    const { a, b, bId } = await pair();
    expect(await a.hearsEvent('member-joined')).toMatchObject({ seq: 1, member: { id: bId, name: 'Jun' } });
    await b.ask('members', {});
    expect(b.events).toEqual([]);
  });

  it('is refused in a room that is full', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await (await rig.connect()).join('yard', name);
    expect(await (await rig.connect()).refusal('join', join)).toBe('room_full');
  });

  it('may be tried again on the same connection after a refusal', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await (await rig.connect()).join('yard', name);
    const e = await rig.connect();
    expect(await e.refusal('join', join)).toBe('room_full');
    expect(await e.join('garden', 'e')).toMatchObject({ ok: true });
  });

  it('lets what follows at once wait for it', async () => {
    const a = await rig.connect();
    const [joined, chat] = await Promise.all([a.ask('join', join), a.ask('chat', { text: 'hello' })]);
    expect([joined.ok, chat]).toEqual([true, { ok: true, id: 1 }]);
  });
});

describe('each request', () => {
  type Row = [name: string, payload: (ids: { aId: string; bId: string }) => object, result: object, event?: object];
  const rows: Row[] = [
    ['members', () => ({}), { room: { name: 'yard' }, members: [{ name: 'Mina' }, { name: 'Jun' }] }],
    ['rename', () => ({ name: 'Mi' }), {}, { type: 'member-changed', member: { name: 'Mi' } }],
    ['metadata', () => ({ metadata: { a: [1] } }), {}, { type: 'member-changed', member: { metadata: { a: [1] } } }],
    ['room-metadata', () => ({ metadata: { t: 'x' } }), {}, { type: 'room-changed', room: { metadata: { t: 'x' } } }],
    ['media', () => ({ media: { camera: 'on' } }), {}, { type: 'member-changed', member: { media: { camera: 'on' } } }],
    ['hand', () => ({ raised: true }), {}, { type: 'member-changed', member: { name: 'Mina' } }],
    ['hand', ({ bId }) => ({ raised: false, member: bId }), {}],
    ['react', () => ({ reaction: '🎉' }), {}, { type: 'reaction', reaction: '🎉' }],
    ['chat', () => ({ text: 'hi\nthere' }), { id: 1 }, { type: 'chat', message: { name: 'Mina', text: 'hi\nthere' } }],
    ['peer-signal', ({ bId }) => ({ to: bId, signal: description }), {}, { type: 'peer-signal', signal: description }],
    ['report', () => ({ report }), {}, { type: 'report', report }],
    ['ice-servers', () => ({}), { iceServers: [{ urls: ['stun:stun.example:3478'] }] }],
    ['kick', ({ bId }) => ({ member: bId, reason: 'noise' }), {}, { type: 'ended', reason: 'kicked', note: 'noise' }],
    ['mute', ({ bId }) => ({ member: bId, source: 'microphone' }), {}, { type: 'muted', source: 'microphone' }],
    ['role', ({ bId }) => ({ member: bId, role: 'host' }), {}, { type: 'member-changed', member: { role: 'host' } }],
    ['close', () => ({}), {}, { type: 'ended', reason: 'closed' }],
    ['leave', () => ({}), {}, { type: 'member-left', reason: 'left' }],
  ];
  it.each(rows)('%s is carried out, acknowledged and told', async (name, payload, result, event) => {
    const { a, b, aId, bId } = await pair();
    await b.ask('media', { media: { microphone: 'on' } });
    expect(await a.ask(name, payload({ aId, bId }))).toMatchObject({ ok: true, ...result });
    if (event === undefined) return;
    const { type } = event as RoomEvent;
    await b.hears((kind, heard: RoomEvent) => kind === 'event' && heard.type === type && matches(heard, event));
  });

  it.each(rows.map(([name]) => name))('%s is refused outside of a room', async (name) => {
    const a = await rig.connect();
    const payload = rows.find(([known]) => known === name)?.[1]({ aId: 'x', bId: 'y' });
    expect(await a.refusal(name, payload)).toBe('not_joined');
  });

  it('may come without a payload where none is needed', async () => {
    const { a } = await pair();
    expect(await a.ask('members')).toMatchObject({ ok: true });
  });

  it('may come without an acknowledgement', async () => {
    const { a, b } = await pair();
    a.socket.emit('chat', { text: 'no answer, please' });
    expect(await b.hearsEvent('chat')).toMatchObject({ message: { text: 'no answer, please' } });
  });

  it('that is repeated under its number is done once', async () => {
    const { a, b } = await pair();
    expect(await a.ask('chat', { n: 7, text: 'once' })).toMatchObject({ ok: true, id: 1 });
    expect(await a.ask('chat', { n: 7, text: 'once' })).toEqual({ ok: true, repeated: true });
    await b.ask('members');
    expect(b.events.filter(({ type }) => type === 'chat')).toHaveLength(1);
  });
});

describe('a bad request', () => {
  const rows: [what: string, event: string, args: unknown[], code: string, detail?: string][] = [
    ['without a room', 'join', [{ protocol: 1, name: 'x' }], 'bad_request', 'room'],
    ['with a bad room name', 'join', [{ ...join, room: '../etc' }], 'bad_request', 'room'],
    ['with a name that is too long', 'join', [{ ...join, name: 'x'.repeat(65) }], 'bad_request', 'name'],
    ['with a field too many', 'join', [{ ...join, admin: true }], 'bad_request', 'admin'],
    ['with another version', 'join', [{ protocol: 99, hello: 'there' }], 'protocol_mismatch'],
    ['with a version that is no number', 'join', [{ ...join, protocol: '1' }], 'bad_request', 'protocol'],
    ['for a mode that there is not', 'join', [{ ...join, mode: 'sfu' }], 'mode_unavailable'],
    ['with metadata too large', 'join', [{ ...join, metadata: { a: 'x'.repeat(4_100) } }], 'bad_request', 'metadata'],
    ['to resume with an unknown token', 'resume', [{ protocol: 1, token: 'nonsense', seq: 0 }], 'resume_expired'],
    ['to resume in another version', 'resume', [{ protocol: 2, token: 'nonsense', seq: 0 }], 'protocol_mismatch'],
    ['whose payload is null', 'join', [null], 'bad_request', 'payload'],
    ['whose payload is a list', 'join', [[join]], 'bad_request', 'payload'],
    ['whose payload is text', 'join', ['yard'], 'bad_request', 'payload'],
    ['with two payloads', 'join', [join, join], 'bad_request', 'one payload'],
    ['that nobody knows', 'no-such-thing', [{}], 'unknown_event'],
    ['named like a property of every object', 'constructor', [{}], 'unknown_event'],
    ['named like an event of the socket itself', 'error', [{}], 'unknown_event'],
  ];
  it.each(rows)('%s is refused', async (_what, event, args, code, detail) => {
    const a = await rig.connect();
    const reply = await a.ask(event, ...args);
    expect(reply).toMatchObject({ ok: false, error: { code } });
    if (detail !== undefined) expect(reply.ok ? '' : reply.error.detail).toContain(detail);
    expect(rig.rooms.stats().rooms).toBe(0);
  });

  it('changes nothing and does not keep the next good one from working', async () => {
    const { a, b } = await pair();
    expect(await a.refusal('chat', { text: '' })).toBe('bad_request');
    expect(await a.refusal('peer-signal', { to: 'nobody', signal: description })).toBe('member_not_found');
    expect(await b.refusal('kick', { member: 'nobody' })).toBe('forbidden');
    expect(await a.refusal('join', join)).toBe('already_joined');
    expect(await a.refusal('resume', { protocol: 1, token: 'x', seq: 0 })).toBe('already_joined');
    expect(await a.ask('chat', { text: 'still here' })).toMatchObject({ ok: true });
  });

  it('with binary data is refused with a reason, and the data is thrown away', async () => {
    const a = await rig.connect();
    const reply = await a.ask('join', { ...join, metadata: { blob: Buffer.from('abc') } });
    expect(reply).toMatchObject({
      ok: false,
      error: { code: 'bad_request', detail: expect.stringContaining('binary') },
    });
    expect(await a.join('yard', 'Mina')).toMatchObject({ ok: true });
  });
});

describe('the order of answers and events', () => {
  it('puts the acknowledgement of a request before the events it caused', async () => {
    const { a } = await pair();
    await a.ask('chat', { text: 'one' });
    await a.hearsEvent('chat');
    const order = a.heard.map(([event, payload]) => (event === 'ack' ? `ack ${payload}` : (payload as RoomEvent).type));
    expect(order.indexOf('ack chat')).toBeLessThan(order.indexOf('chat'));
  });

  it('numbers the events of a membership without a gap', async () => {
    const { a, b } = await pair();
    for (let count = 0; count < 20; count++) (count % 2 ? a : b).socket.emit('chat', { text: String(count) });
    await a.hears((_event, payload: RoomEvent) => payload.seq === 21);
    expect(a.events.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, ix) => ix + 1));
  });
});

describe('after the end', () => {
  it('of a membership the same connection may join again', async () => {
    const { a, b, bId } = await pair();
    await a.request('kick', { member: bId });
    await b.hearsEvent('ended');
    expect(await b.refusal('chat', { text: 'hm' })).toBe('not_joined');
    expect(await b.join('garden', 'Jun')).toMatchObject({ ok: true, seq: 0 });
  });

  it('of a membership by leaving nothing more is heard of the room', async () => {
    const { a, b } = await pair();
    await b.request('leave');
    const heard = b.events.length;
    await a.request('chat', { text: 'gone?' });
    await b.join('garden', 'Jun');
    expect(b.events).toHaveLength(heard);
    expect(rig.rooms.stats().links).toBe(2);
  });
});

it('counts messages by event and outcome, with names of ours only', async () => {
  const { a } = await pair();
  await a.ask('chat', { text: '' });
  await a.ask('chat', { text: 'x' });
  await a.ask('made-up', {});
  expect(await rig.metric('join', 'ok')).toBe(2);
  expect(await rig.metric('chat', 'bad_request')).toBe(1);
  expect(await rig.metric('chat', 'ok')).toBe(1);
  expect(await rig.metric('unknown', 'unknown_event')).toBe(1);
  expect(await rig.registry.metrics()).toMatch(/madang_signal_connections 2\n/);
});

function matches(heard: object, wanted: object): boolean {
  return Object.entries(wanted).every(([key, value]) => {
    const found = (heard as Record<string, unknown>)[key];
    return typeof value === 'object' && value !== null
      ? typeof found === 'object' && found !== null && matches(found, value)
      : found === value;
  });
}
