import { describe, expect, test } from 'vitest';
import { CANDIDATES, problemOf, RESTART, WhipRig } from './whip-rig.js';

const RESTART_ANY = { 'if-match': '*' };

describe('an offer to WHIP', () => {
  test('is answered with where the session is, its ETag, the servers for ICE, and what it takes', async () => {
    const rig = new WhipRig();
    const response = await rig.post('/whip/tea%20room?name=Camera%201', { body: 'v=0 the offer' });
    expect(response.status).toBe(201);
    expect(await response.text()).toBe('v=0 answer to a publisher');
    const { headers } = response;
    expect(headers.get('content-type')).toBe('application/sdp');
    expect(headers.get('location')).toMatch(/^\/whip\/tea%20room\/[\w-]{43}$/);
    expect(headers.get('etag')).toMatch(/^"[\w-]{16}"$/);
    expect(headers.get('accept-patch')).toBe('application/trickle-ice-sdpfrag');
    const [{ member = '' } = {}] = rig.media.asks('publish');
    expect(headers.get('link')).toBe(
      '<stun:stun.example:3478>; rel="ice-server", ' +
        `<turn:turn.example:3478?transport=udp>; rel="ice-server"; username="1:${member}"; ` +
        'credential="se\\"cret"; credential-type="password"',
    );
    expect(rig.media.asks('publish')).toMatchObject([{ room: 'tea room', offer: 'v=0 the offer' }]);
  });

  test.each([
    ['198.51.100.7:8443', '198.51.100.7'],
    ['[2001:db8::7]', '2001:db8::7'],
    ['meet.example:8443', 'meet.example'],
  ])('to %s says to the media server by what it was reached', async (host, reachedAs) => {
    const rig = new WhipRig();
    await rig.open('/whip/tea', { host });
    await rig.open('/whep/tea', { host });
    expect(rig.media.asks('publish')).toMatchObject([{ reachedAs }]);
    expect(rig.media.asks('view')).toMatchObject([{ reachedAs }]);
  });

  test('makes a member whose tracks the others see', async () => {
    const rig = new WhipRig();
    const { joined } = await rig.join('tea');
    await rig.open('/whip/tea?name=Camera');
    expect((await rig.members(joined.self))[1]).toMatchObject({
      name: 'Camera',
      role: 'participant',
      dialect: 'whip',
      media: { camera: 'on', microphone: 'on' },
      tracks: [
        { id: 't1', source: 'camera', codec: 'VP8', layers: 3 },
        { id: 't2', source: 'microphone', codec: 'opus', layers: 1 },
      ],
    });
  });

  test('of a second publisher makes a second member: nobody takes the place of another', async () => {
    const rig = new WhipRig();
    const { joined } = await rig.join('tea');
    const first = await rig.open('/whip/tea?name=A');
    await rig.open('/whip/tea?name=B');
    expect((await rig.members(joined.self)).map(({ name }) => name)).toEqual(['Host', 'A', 'B']);
    expect(new Set(rig.media.asks('publish').map(({ member }) => member)).size).toBe(2);
    expect((await rig.patch(first.path, CANDIDATES, { 'if-match': first.etag })).status).toBe(204);
  });
});

describe('an offer to WHEP', () => {
  test('may come before anybody publishes, and says by the query what it wants to see', async () => {
    const rig = new WhipRig();
    const response = await rig.post('/whep/tea?layer=1&temporalLayer=0&maxHeight=360&paused=false&utm=x');
    expect(response.status).toBe(201);
    expect(response.headers.get('accept-patch')).toBe('application/trickle-ice-sdpfrag, application/merge-patch+json');
    const wish = { maxLayer: 1, maxTemporal: 0, maxHeight: 360, paused: false };
    expect(rig.media.asks('view')).toMatchObject([{ room: 'tea', wish }]);
  });

  test('names a member by id or by name', async () => {
    const rig = new WhipRig();
    await rig.open('/whip/tea?name=Ada');
    const [{ member = '' } = {}] = rig.media.asks('publish');
    await rig.open(`/whep/tea?member=${member}`);
    await rig.open('/whep/tea?member=Ada');
    expect(rig.media.asks('view').map(({ wish }) => wish.members)).toEqual([[member], [member]]);
    expect(await problemOf(await rig.post('/whep/tea?member=Bo'))).toBe('404 member_not_found');
    expect(rig.rooms.stats().members).toBe(3);
  });

  test('that names a member sees whoever has the name later, and one of two until he leaves', async () => {
    const rig = new WhipRig();
    const first = await rig.open('/whip/tea?name=Ada');
    const viewer = await rig.open('/whep/tea?member=Ada');
    await rig.open('/whip/tea?name=Bo');
    await rig.open('/whip/tea?name=Ada');
    const [ada, bo = '', again] = rig.media.asks('publish').map(({ member }) => member);
    const type = { 'content-type': 'application/merge-patch+json' };
    /** What the media server was told since this was asked for the last time. */
    const wished = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      const told = rig.media.asks('wish').map(({ wish }) => wish.members);
      rig.media.asked.length = 0;
      return told;
    };
    const rename = (name: string) => rig.rooms.command<'rename'>({ type: 'rename', member: bo, name });

    expect(await wished()).toEqual([[ada, again]]);
    await rig.ask(first.path, { method: 'DELETE' });
    expect(await wished()).toEqual([[again]]);
    await rename('Ada');
    expect(await wished()).toEqual([[again, bo]]);
    await rig.patch(viewer.path, '{"member":"Nobody"}', type);
    await rename('Bo');
    expect(await wished()).toEqual([[again]]);
    await rig.patch(viewer.path, `{"member":"${bo}"}`, type);
    await rig.open('/whip/tea?name=Ada');
    expect(await wished()).toEqual([[bo]]);
    await rig.patch(viewer.path, '{"member":null}', type);
    await rename('Ada');
    expect(await wished()).toEqual([null]);
  });

  test.each(['layer=x', 'layer=-1', 'layer=8', 'maxHeight=0', 'maxWidth=1e3', 'paused=maybe', 'member=', 'name=%00'])(
    'is refused with %s, without touching the room',
    async (query) => {
      const rig = new WhipRig();
      expect(await problemOf(await rig.post(`/whep/tea?${query}`))).toBe('400 bad_query');
      expect(rig.rooms.stats()).toMatchObject({ rooms: 0, links: 0 });
    },
  );

  test('may change its wish while it runs, and take parts of it back', async () => {
    const rig = new WhipRig();
    const { path } = await rig.open('/whep/tea?layer=0');
    const type = { 'content-type': 'application/merge-patch+json' };
    expect((await rig.patch(path, '{"layer":2,"maxHeight":null}', type)).status).toBe(204);
    expect(rig.media.asks('wish')).toMatchObject([{ wish: { maxLayer: 2, maxHeight: null } }]);
    for (const body of ['', '[]', '{"layer":"high"}', '{"speed":1}']) {
      expect(await problemOf(await rig.patch(path, body, type))).toBe('400 malformed_wish');
    }
    expect(await problemOf(await rig.patch(path, '{"member":"Nobody"}', type))).toBe('404 member_not_found');
    expect(rig.media.asks('wish')).toHaveLength(1);
  });
});

describe('a fragment', () => {
  test('with candidates for the ICE session of its ETag is carried on', async () => {
    const rig = new WhipRig();
    const { path, etag } = await rig.open('/whip/tea');
    expect((await rig.patch(path, CANDIDATES, { 'if-match': etag })).status).toBe(204);
    expect(rig.media.asks('trickle')).toMatchObject([{ fragment: CANDIDATES }]);
  });

  test('that restarts ICE is answered with our side and another ETag; the one before no longer counts', async () => {
    const rig = new WhipRig();
    const { path, etag } = await rig.open('/whip/tea');
    const response = await rig.patch(path, RESTART, RESTART_ANY);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/trickle-ice-sdpfrag');
    expect(await response.text()).toBe('a=ice-ufrag:ours\r\n');
    const next = response.headers.get('etag') ?? '';
    expect(next).toMatch(/^"[\w-]{16}"$/);
    expect(next).not.toBe(etag);
    expect(await problemOf(await rig.patch(path, CANDIDATES, { 'if-match': etag }))).toBe('412 etag_mismatch');
    expect((await rig.patch(path, CANDIDATES, { 'if-match': next })).status).toBe(204);
  });

  test.each([
    ['without If-Match', {}, '428 etag_required'],
    ['for another ICE session', { 'if-match': '"stale"' }, '412 etag_mismatch'],
    ['by a weak tag', { 'if-match': 'W/"x"' }, '412 etag_mismatch'],
    ['of another type', { 'if-match': '*', 'content-type': 'text/plain' }, '415 unsupported_type'],
    ['of the wishes of a viewer', { 'content-type': 'application/merge-patch+json' }, '415 unsupported_type'],
  ])('%s is refused, and the session goes on', async (_what, headers, code) => {
    const rig = new WhipRig();
    const { path, etag } = await rig.open('/whip/tea');
    expect(await problemOf(await rig.patch(path, CANDIDATES, headers as Record<string, string>))).toBe(code);
    expect(rig.media.asks('trickle')).toEqual([]);
    expect((await rig.patch(path, CANDIDATES, { 'if-match': etag })).status).toBe(204);
  });

  test.each([
    ['malformed', '400 malformed_fragment'],
    ['unacceptable', '422 fragment_unacceptable'],
    ['unavailable', '503 no_media'],
  ] as const)('that the media server finds %s leaves session and ETag as they were', async (refusal, code) => {
    const rig = new WhipRig();
    const { path, etag } = await rig.open('/whip/tea');
    rig.media.refuses.set('trickle', refusal);
    expect(await problemOf(await rig.patch(path, RESTART, RESTART_ANY))).toBe(code);
    rig.media.refuses.clear();
    expect((await rig.patch(path, CANDIDATES, { 'if-match': etag })).status).toBe(204);
  });
});

describe('a session ends', () => {
  test('by DELETE: the connection is hung up and the guest leaves', async () => {
    const rig = new WhipRig();
    const { path } = await rig.open('/whip/tea');
    expect((await rig.ask(path, { method: 'DELETE' })).status).toBe(200);
    expect(rig.media.connections.size).toBe(0);
    expect(rig.rooms.stats()).toMatchObject({ rooms: 0, members: 0, links: 0 });
    expect(await problemOf(await rig.ask(path, { method: 'DELETE' }))).toBe('404 session_not_found');
  });

  test('when the media server forgets its connection, one that never connected among them', async () => {
    const rig = new WhipRig();
    const { path, etag } = await rig.open('/whep/tea');
    rig.media.close([...rig.media.connections][0] ?? '');
    expect(await problemOf(await rig.patch(path, CANDIDATES, { 'if-match': etag }))).toBe('404 session_not_found');
    expect(rig.rooms.stats()).toMatchObject({ rooms: 0, links: 0 });
  });

  test('when a host puts its guest out, or closes the room', async () => {
    const rig = new WhipRig();
    const { joined } = await rig.join('tea');
    const kicked = await rig.open('/whip/tea');
    const target = rig.media.asks('publish')[0]?.member ?? '';
    await rig.rooms.command<'kick'>({ type: 'kick', member: joined.self, target });
    await turnOfLoop();
    expect(rig.media.connections.size).toBe(0);
    expect((await rig.ask(kicked.path, { method: 'DELETE' })).status).toBe(404);
    await rig.open('/whep/tea');
    await rig.rooms.command<'close'>({ type: 'close', member: joined.self });
    await turnOfLoop();
    expect(rig.media.connections.size).toBe(0);
    expect(rig.rooms.stats()).toMatchObject({ members: 0, links: 1 });
  });

  test('when a host makes its publisher a viewer', async () => {
    const rig = new WhipRig();
    const { joined } = await rig.join('tea');
    await rig.open('/whip/tea');
    const target = rig.media.asks('publish')[0]?.member ?? '';
    await rig.rooms.command<'role'>({ type: 'role', member: joined.self, target, role: 'viewer' });
    await turnOfLoop();
    expect(rig.media.connections.size).toBe(0);
    expect(rig.rooms.stats().members).toBe(1);
  });

  test('before it began, when the guest is put out while its offer is under way', async () => {
    const rig = new WhipRig();
    const { joined } = await rig.join('tea');
    rig.media.meanwhile = async (command) => {
      if (command.type !== 'publish') return;
      await rig.rooms.command<'kick'>({ type: 'kick', member: joined.self, target: command.member });
      await turnOfLoop();
    };
    expect(await problemOf(await rig.post('/whip/tea'))).toBe('403 forbidden');
    await turnOfLoop();
    expect(rig.rooms.stats()).toMatchObject({ members: 1, links: 1 });
    expect(rig.media.connections.size).toBe(0);
  });

  test('with the server', async () => {
    const rig = new WhipRig();
    await rig.open('/whip/tea');
    await rig.open('/whep/tea');
    rig.door.close();
    await turnOfLoop();
    expect(rig.media.connections.size).toBe(0);
    expect(rig.rooms.stats()).toMatchObject({ rooms: 0, links: 0 });
    expect(await problemOf(await rig.post('/whip/tea'))).toBe('503 no_media');
  });
});

function turnOfLoop(): Promise<void> {
  return new Promise((done) => setImmediate(() => setImmediate(done)));
}
