import { CLASSIC_REQUEST_NAMES, PROTOCOL_VERSION, REQUEST_NAMES } from '@madang/protocol';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Rig, startRig, type TestClient } from './signal-rig.js';
import { Wire } from './signal-wire.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ config: { maxConnectionsPerAddress: 10_000 }, limits: { maxRooms: 10_000 } });
});
afterEach(async () => {
  expect(rig.uncaught).toEqual([]);
  expect(rig.logged.filter((line) => line.includes('a request failed'))).toEqual([]);
  const witness = await rig.connect();
  expect(await witness.join(`w${Math.random()}`, 'Witness')).toMatchObject({ ok: true });
});
afterAll(() => rig.stop());

const allOff = { microphone: 'off', camera: 'off', screen: 'off' };
const description = { type: 'offer', sdp: 'v=0\r\n' };
const GOOD: Record<string, unknown> = {
  join: { protocol: PROTOCOL_VERSION, room: 'garden', name: 'x', role: 'viewer', mode: 'p2p', metadata: { a: 1 } },
  resume: { protocol: PROTOCOL_VERSION, token: 'abc', seq: 0 },
  rename: { n: 1, name: 'x' },
  metadata: { metadata: { a: { b: [1, 'c', null] } } },
  'room-metadata': { metadata: { title: 'x' } },
  media: { media: { camera: 'on' } },
  hand: { raised: true, member: 'x' },
  react: { reaction: '!' },
  chat: { text: 'hello' },
  'peer-signal': {
    to: 'x',
    signal: { kind: 'description', generation: 1, description, tracks: [{ mid: '0', source: 'camera' }] },
  },
  report: {
    report: {
      own: { microphone: 'live', camera: 'off', screen: 'off' },
      peers: [{ member: 'x', sends: allOff, receives: allOff }],
    },
  },
  kick: { member: 'x', reason: 'y' },
  mute: { member: 'x', source: 'camera' },
  role: { member: 'x', role: 'host' },
  ready: { chat_room: 'yard', signal_room: 'wire' },
  send: { author: 'x', message: 'y', room: 'yard' },
  signal: { type: 'SDP', message: { sdp: description }, room: 'yard' },
};
/** `leave` and `close` would take the member out of the room that the others are tried in. */
const NAMES = [...REQUEST_NAMES, ...CLASSIC_REQUEST_NAMES].filter((name) => name !== 'leave' && name !== 'close');

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, true, -1, 0, 1.5, 1e308, -0, '', '\u0000', '\u202e', '__proto__', 'x'.repeat(5_000)),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.array(fc.integer(), { maxLength: 300 }),
  fc.constant({ _placeholder: true, num: 0 }),
);

/** A payload with one of its parts, at any depth, replaced, removed or added to. */
function mutate(value: unknown, path: number, replacement: unknown, how: 'replace' | 'remove' | 'add'): unknown {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return replacement;
  const keys = Object.keys(value);
  const key = keys[path % keys.length] ?? '';
  const copy: Record<string, unknown> = Array.isArray(value) ? { ...value } : { ...(value as object) };
  const part = copy[key];
  if (path % 3 === 0 && typeof part === 'object') copy[key] = mutate(part, Math.floor(path / 3), replacement, how);
  else if (how === 'replace') copy[key] = replacement;
  else if (how === 'remove') delete copy[key];
  else Object.defineProperty(copy, path % 2 ? '__proto__' : 'extra', { value: replacement, enumerable: true });
  return copy;
}

const mutation = fc
  .record({
    name: fc.constantFrom(...NAMES),
    path: fc.nat(1_000),
    replacement: odd,
    how: fc.constantFrom('replace', 'remove', 'add'),
  })
  .map(({ name, path, replacement, how }) => ({
    name,
    payload: mutate(GOOD[name] ?? {}, path, replacement, how as 'replace' | 'remove' | 'add'),
  }));

it('E6: whatever is done to a payload, the answer is ok or an error of the catalogue', async () => {
  let client: TestClient | undefined;
  const seen = new Map<string, Set<string>>();
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (requests) => {
      if (!client?.socket.connected) {
        client = await rig.connect();
        await client.join(`yard${Math.random()}`, 'Mina');
      }
      for (const { name, payload } of requests) {
        const reply = await client.ask(name, payload);
        const outcome = reply.ok ? 'ok' : reply.error.code;
        expect(outcome).not.toBe('internal');
        if (!reply.ok) expect(reply.error.message).not.toBe('');
        seen.set(name, (seen.get(name) ?? new Set()).add(outcome));
      }
      // A good one in between, so that the connection lives on.
      expect(await client.ask('members')).toMatchObject({ ok: true });
    }),
    { numRuns: 400 },
  );
  expect(seen.size).toBe(NAMES.length);
  const outcomes = new Set([...seen.values()].flatMap((some) => [...some]));
  for (const outcome of ['ok', 'bad_request', 'member_not_found']) expect(outcomes).toContain(outcome);
});

const frame = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.uint8Array({ maxLength: 120 }).map((bytes) => Buffer.from(bytes)),
  fc.tuple(fc.stringMatching(/^4[0-6]\d{0,3}-?$/), fc.json()).map(([head, json]) => head + json),
  fc.tuple(fc.constantFrom(...NAMES), odd).map(([name, payload]) => `427${JSON.stringify([name, payload])}`),
  fc.constantFrom('2', '3', '3probe', '5', '6', '41', '40', '40/x,', '451-["chat",{"_placeholder":true,"num":0}]'),
);

it('E2: whatever comes over a WebSocket, the server lives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 8 }), fc.boolean(), async (frames, joined) => {
      const wire = joined ? await Wire.joined(rig.url) : await Wire.open(rig.url);
      wire.send(...frames);
      wire.ws.close();
      await wire.closed;
    }),
    { numRuns: 150 },
  );
});

it('E2: whatever comes by polling, the server lives and answers', async () => {
  const url = `${rig.url}/socket.io/?EIO=4&transport=polling`;
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 8 }), fc.boolean(), async (frames, joined) => {
      const { sid } = JSON.parse((await (await fetch(url)).text()).slice(1));
      if (joined) await fetch(`${url}&sid=${sid}`, { method: 'POST', body: '40' });
      const body = frames
        .map((part) => (typeof part === 'string' ? part : `b${part.toString('base64')}`))
        .join('\u001e');
      const answer = await fetch(`${url}&sid=${sid}`, { method: 'POST', body });
      expect([200, 400]).toContain(answer.status);
      await fetch(`${url}&sid=${sid}`, { method: 'POST', body: '1' });
    }),
    { numRuns: 100 },
  );
  await expect.poll(() => rig.signal.connections(), { timeout: 5_000 }).toBeLessThan(50);
});
