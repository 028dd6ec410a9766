import { describe, expect, test } from 'vitest';
import { CANDIDATES, problemOf, WhipRig } from './whip-rig.js';

const EMPTY = { rooms: 0, members: 0, links: 0 };

describe('a request is refused', () => {
  test.each([
    ['of another type', '/whip/tea', { headers: { 'content-type': 'application/json' } }, '415 unsupported_type'],
    ['that accepts no SDP', '/whip/tea', { headers: { accept: 'application/json' } }, '406 not_acceptable'],
    [
      'that accepts anything but SDP',
      '/whip/tea',
      { headers: { accept: '*/*, application/sdp;q=0' } },
      '406 not_acceptable',
    ],
    ['for a name that no room can have', '/whip/.tea%2F', {}, '400 bad_room_name'],
    ['for a name that is broken', '/whip/%ff', {}, '400 bad_room_name'],
    ['with a body of more than 256 KiB', '/whep/tea', { body: 'x'.repeat(256 * 1024 + 1) }, '413 too_large'],
  ])('%s', async (_what, path, asking, code) => {
    const rig = new WhipRig();
    expect(await problemOf(await rig.post(path, asking))).toBe(code);
    expect(rig.rooms.stats()).toMatchObject(EMPTY);
    expect(rig.media.asked).toEqual([]);
  });

  test('when its body turns out larger than it said', async () => {
    const rig = new WhipRig();
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    expect(await problemOf(await rig.post('/whip/tea', { body }))).toBe('413 too_large');
    expect(sent).toBeLessThan(10 * 65_536);
  });

  test.each([
    ['malformed', '400 malformed_offer'],
    ['unacceptable', '422 offer_unacceptable'],
    ['direction', '422 wrong_direction'],
    ['full', '503 busy'],
    ['unavailable', '503 no_media'],
    ['connection_exists', '500 internal'],
  ] as const)('when the media server finds its offer %s, and the guest leaves again', async (refusal, code) => {
    const rig = new WhipRig();
    rig.media.refuses.set('publish', refusal).set('view', refusal);
    for (const path of ['/whip/tea', '/whep/tea']) {
      const response = await rig.post(path);
      expect(response.headers.get('retry-after')).toBe(response.status === 503 ? '5' : null);
      expect(await problemOf(response)).toBe(code);
    }
    expect(rig.rooms.stats()).toMatchObject(EMPTY);
  });

  test('when the room is full, and when there are too many rooms', async () => {
    const rig = new WhipRig({}, { maxMembers: 1, maxRooms: 1 });
    await rig.open('/whip/tea');
    expect(await problemOf(await rig.post('/whep/tea'))).toBe('409 room_full');
    expect(await problemOf(await rig.post('/whep/coffee'))).toBe('503 busy');
  });

  test('for publishing into an encrypted room, which may be viewed for what it is worth', async () => {
    const rig = new WhipRig();
    rig.rooms.open('browser', () => {});
    const join = { link: 'browser', dialect: 'madang', room: 'tea', name: 'Ada', wallMs: 1 };
    const able = { mode: 'sfu', able: ['sfu'] } as const;
    await rig.rooms.command<'join'>({ type: 'join', ...join, ...able, encrypted: true });
    expect(await problemOf(await rig.post('/whip/tea'))).toBe('409 room_encrypted');
    expect((await rig.post('/whep/tea')).status).toBe(201);
  });

  test('for a room whose members send to each other', async () => {
    const rig = new WhipRig();
    rig.rooms.open('browser', () => {});
    const join = { link: 'browser', dialect: 'madang', room: 'tea', name: 'Ada', wallMs: 1 };
    await rig.rooms.command<'join'>({ type: 'join', ...join });
    expect(await problemOf(await rig.post('/whip/tea'))).toBe('409 room_peer_to_peer');
  });

  test('while the server drains, but a session may still be changed and ended', async () => {
    const rig = new WhipRig();
    const { path, etag } = await rig.open('/whip/tea');
    rig.isDraining = true;
    const response = await rig.post('/whip/tea');
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await problemOf(response)).toBe('503 draining');
    expect((await rig.patch(path, CANDIDATES, { 'if-match': etag })).status).toBe(204);
    expect((await rig.ask(path, { method: 'DELETE' })).status).toBe(200);
  });

  test.each([
    ['/whip/tea', ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'], 'OPTIONS, POST'],
    ['/whep/tea/some-session', ['GET', 'HEAD', 'PUT', 'POST'], 'OPTIONS, PATCH, DELETE'],
  ])('by another method at %s', async (path, methods, allowed) => {
    const rig = new WhipRig();
    for (const method of methods) {
      const response = await rig.ask(path, { method });
      expect(response.headers.get('allow')).toBe(allowed);
      expect(response.status).toBe(405);
    }
  });

  test('when something of ours fails, and nothing is left behind', async () => {
    const rig = new WhipRig();
    rig.media.meanwhile = (command) => {
      if (command.type === 'publish') throw new Error('of ours');
    };
    await expect(rig.post('/whip/tea')).rejects.toThrow('of ours');
    expect(rig.rooms.stats()).toMatchObject(EMPTY);
  });
});

test('other paths are no business of this door', async () => {
  const rig = new WhipRig({ basePath: '/calls' });
  const caller = { address: '192.0.2.7', protocol: 'https', host: 'meet.example' } as const;
  for (const path of ['/whip/tea', '/calls/whip', '/calls/whip/', '/calls/whips/tea', '/calls/whip/a/b/c']) {
    expect(await rig.door.handle(new Request(`https://meet.example${path}`), caller)).toBeNull();
  }
  const { path } = await rig.open('/calls/whip/tea');
  expect(path).toMatch(/^\/calls\/whip\/tea\//);
});
