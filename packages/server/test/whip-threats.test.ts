import { describe, expect, test } from 'vitest';
import { CANDIDATES, problemOf, WhipRig } from './whip-rig.js';

const TOKENS = { whipToken: ['publish-a', 'publish-b'], whepToken: ['view'] };
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const EMPTY = { rooms: 0, members: 0, links: 0 };

describe('a flood of offers', () => {
  test('is let in as fast as the rate says and told when to come again; others are served meanwhile', async () => {
    const rig = new WhipRig({ messageRate: 5, maxConnectionsPerAddress: 1_000 }, { maxMembers: 1_000 });
    const answers = await Promise.all(Array.from({ length: 500 }, () => rig.post('/whip/tea')));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(20);
    expect(answers.at(-1)?.headers.get('retry-after')).toBe('1');
    expect(await problemOf(answers.at(-1)!)).toBe('429 too_many_requests');
    expect((await rig.post('/whip/tea', { address: '192.0.2.8' })).status).toBe(201);
    rig.nowMs += 1_000;
    expect((await rig.post('/whip/tea')).status).toBe(201);
  });

  test('has no more sessions than one address may have, and leaves nothing behind once they are gone', async () => {
    const rig = new WhipRig({ maxConnectionsPerAddress: 50 });
    const answers = await Promise.all(Array.from({ length: 500 }, () => rig.post('/whip/tea')));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(50);
    expect(await problemOf(answers.at(-1)!)).toBe('429 too_many_sessions');
    for (const connection of [...rig.media.connections]) rig.media.close(connection);
    expect(rig.rooms.stats()).toMatchObject(EMPTY);
    expect((await rig.post('/whip/tea')).status).toBe(201);
  });

  test('without a token reaches neither room nor media server, whatever its body', async () => {
    const rig = new WhipRig(TOKENS);
    const body = new ReadableStream<Uint8Array>({
      pull() {
        throw new Error('the body was read');
      },
    });
    const response = await rig.post('/whip/tea', { body });
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="madang"');
    expect(await problemOf(response)).toBe('401 token_missing');
    expect(rig.rooms.stats()).toMatchObject(EMPTY);
    expect(rig.media.asked).toEqual([]);
  });
});

describe('a token', () => {
  test.each([
    ['/whip/tea', 'nonsense', '401 token_unknown'],
    ['/whip/tea', 'publish-', '401 token_unknown'],
    ['/whip/tea', 'view', '403 token_of_other_door'],
    ['/whep/tea', 'publish-a', '403 token_of_other_door'],
  ])('at %s that reads %s is refused', async (path, token, code) => {
    const rig = new WhipRig(TOKENS);
    const response = await rig.post(path, bearer(token));
    const asksAgain = response.headers.get('www-authenticate') === 'Bearer realm="madang", error="invalid_token"';
    expect(asksAgain).toBe(code.startsWith('401'));
    expect(await problemOf(response)).toBe(code);
  });

  test('opens its door, and only it changes and ends what was opened', async () => {
    const rig = new WhipRig(TOKENS);
    const { path, etag } = await rig.open('/whip/tea', bearer('publish-a'));
    const match = { 'if-match': etag };
    const answers = [
      await rig.patch(path, CANDIDATES, match),
      await rig.patch(path, CANDIDATES, { ...match, ...bearer('publish-b').headers }),
      await rig.ask(path, { method: 'DELETE' }),
      await rig.ask(path, { method: 'DELETE', ...bearer('view') }),
      await rig.ask(path, { method: 'DELETE', ...bearer('publish-b') }),
    ];
    expect(await Promise.all(answers.map(problemOf))).toEqual([
      '401 token_missing',
      '403 token_of_other_session',
      '401 token_missing',
      '403 token_of_other_door',
      '403 token_of_other_session',
    ]);
    expect((await rig.patch(path, CANDIDATES, { ...match, ...bearer('publish-a').headers })).status).toBe(204);
    expect((await rig.ask(path, { method: 'DELETE', ...bearer('publish-a') })).status).toBe(200);
  });

  test('is taken over HTTPS only, but for this machine', async () => {
    const rig = new WhipRig(TOKENS);
    const plain = { ...bearer('publish-a'), protocol: 'http' } as const;
    expect(await problemOf(await rig.post('/whip/tea', plain))).toBe('403 https_required');
    expect((await rig.post('/whip/tea', { ...plain, address: '127.0.0.1' })).status).toBe(201);
  });

  test('is not taken from the address', async () => {
    const rig = new WhipRig(TOKENS);
    expect((await rig.post('/whip/tea?access_token=publish-a&token=publish-a')).status).toBe(401);
  });
});

test('guessing the address of a session finds nothing and is slowed down', async () => {
  const rig = new WhipRig({ messageRate: 50 });
  const { path } = await rig.open('/whip/tea');
  const counts = new Map<number, number>();
  for (let guess = 0; guess < 2_000; guess++) {
    const { status } = await rig.ask(`/whip/tea/guess-${guess}`, { method: 'DELETE' });
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  expect(Object.fromEntries(counts)).toEqual({ 404: 199, 429: 1_801 });
  const secret = path.split('/').at(-1);
  for (const other of [`/whep/tea/${secret}`, `/whip/coffee/${secret}`]) {
    expect((await rig.ask(other, { method: 'DELETE', address: '192.0.2.9' })).status).toBe(404);
  }
  expect(rig.media.connections.size).toBe(1);
});

describe('a page of another origin', () => {
  const FOREIGN = { origin: 'https://studio.example' };

  test('is refused unless it is listed', async () => {
    const rig = new WhipRig();
    expect(await problemOf(await rig.post('/whip/tea', { headers: FOREIGN }))).toBe('403 origin_refused');
    expect((await rig.ask('/whip/tea', { method: 'OPTIONS', headers: FOREIGN })).status).toBe(403);
    expect((await rig.post('/whip/tea', { headers: { origin: 'https://meet.example' } })).status).toBe(201);
  });

  test('may read what it needs when it is listed, and is never let in with credentials', async () => {
    const rig = new WhipRig({ allowOrigin: ['https://studio.example'] });
    const { headers } = await rig.post('/whip/tea', { headers: FOREIGN });
    expect(headers.get('access-control-allow-origin')).toBe('https://studio.example');
    expect(headers.get('access-control-expose-headers')).toContain('Location, ETag, Link');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('vary')).toBe('Origin');
    const problem = await rig.post('/whip/tea', { headers: { ...FOREIGN, 'content-type': 'text/plain' } });
    expect(problem.headers.get('access-control-allow-origin')).toBe('https://studio.example');
  });
});

test('a preflight needs no token and is told of no servers with credentials', async () => {
  const rig = new WhipRig({ ...TOKENS, allowOrigin: ['*'] });
  for (const [path, methods] of [
    ['/whip/tea', 'OPTIONS, POST'],
    ['/whep/tea/session', 'OPTIONS, PATCH, DELETE'],
  ] as const) {
    const { status, headers } = await rig.ask(path, {
      method: 'OPTIONS',
      headers: { origin: 'https://studio.example' },
    });
    expect(status).toBe(200);
    expect(headers.get('link')).toBeNull();
    expect(headers.get('access-control-allow-methods')).toBe(methods);
    expect(headers.get('access-control-allow-headers')).toBe('authorization, content-type, if-match');
  }
  expect((await rig.ask('/whip/tea', { method: 'OPTIONS' })).headers.get('accept-post')).toBe('application/sdp');
});

test('a viewer that wants to send, and a publisher that only wants to see, are refused', async () => {
  const rig = new WhipRig();
  rig.media.refuses.set('view', 'direction').set('publish', 'direction');
  expect(await problemOf(await rig.post('/whep/tea'))).toBe('422 wrong_direction');
  expect(await problemOf(await rig.post('/whip/tea'))).toBe('422 wrong_direction');
  expect(rig.rooms.stats()).toMatchObject(EMPTY);
});
