import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Rig, startRig, type TestClient } from './signal-rig.js';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(async () => {
  await rig.stop();
  expect(rig.uncaught).toEqual([]);
});

/** A page of the lesson, which waits for no answer; the acknowledgement tells only the test that it was handled. */
async function page(...ready: unknown[]): Promise<TestClient> {
  const client = await rig.connect();
  for (const room of ready) expect(await client.ask('ready', room)).toMatchObject({ ok: true });
  return client;
}

const heard = (client: TestClient, event: string) =>
  client.heard.filter(([name]) => name === event).map(([, payload]) => payload);

describe('two pages of the lesson', () => {
  it('meet: the one there hears of the other, and the newcomer of nobody', async () => {
    const a = await page('yard');
    const b = await page('yard');
    expect(await a.hearsClassic('announce')).toEqual({ message: 'Guest has joined the room.' });
    expect(heard(b, 'announce')).toEqual([]);
  });

  it('chat: everyone in the room gets each message, its author too', async () => {
    const [a, b, other] = [await page('yard'), await page('yard'), await page('garden')];
    a.socket.emit('send', { author: 'Mina', message: 'Hello', room: 'yard' });
    const message = { author: 'Mina', message: 'Hello' };
    expect(await a.hearsClassic('message')).toEqual(message);
    expect(await b.hearsClassic('message')).toEqual(message);
    await other.ask('ready', 'garden');
    expect(heard(other, 'message')).toEqual([]);
  });

  it('signal: everyone but the sender gets it, unread', async () => {
    const [a, b] = [await page('yard'), await page('yard')];
    const message = JSON.stringify({ sdp: { type: 'offer', sdp: 'v=0\r\n' } });
    a.socket.emit('signal', { type: 'SDP', message, room: 'yard' });
    expect(await b.hearsClassic('signaling_message')).toEqual({ type: 'SDP', message });
    b.socket.emit('signal', { type: 'ice', message: { candidate: { candidate: 'c', sdpMLineIndex: 0 } } });
    await a.hearsClassic('signaling_message');
    expect(heard(a, 'signaling_message')).toEqual([
      { type: 'ice', message: { candidate: { candidate: 'c', sdpMLineIndex: 0 } } },
    ]);
  });

  it('keep the order of what they send at once after `ready`, without waiting', async () => {
    const b = await page('yard');
    const a = await rig.connect();
    a.socket.emit('ready', 'yard');
    a.socket.emit('send', { author: 'Mina', message: '1' });
    a.socket.emit('signal', { type: 't', message: '2' });
    a.socket.emit('send', { author: 'Mina', message: '3' });
    await b.hearsClassic('message', '3');
    const order = b.heard
      .filter(([event]) => event !== 'ack')
      .map(([, payload]) => (payload as { message: string }).message);
    expect(order).toEqual(['Guest has joined the room.', '1', '2', '3']);
  });
});

describe('`ready`', () => {
  it.each([
    ['text', 'yard', ['yard']],
    ['a number', 42, ['42']],
    ['an object with a room', { room: 'yard' }, ['yard']],
    ['a chat and a signaling room', { chat_room: 'yard', signal_room: 'wire' }, ['yard', 'wire']],
    ['the other spelling', { chat_room: 'yard', signaling_room: 'wire' }, ['yard', 'wire']],
    ['twice the same room', { chat_room: 'yard', signal_room: 'yard' }, ['yard']],
  ])('takes %s', async (_name, room, rooms) => {
    const a = await page(room);
    expect(rig.rooms.stats()).toMatchObject({ rooms: rooms.length, members: rooms.length });
    for (const name of rooms) {
      expect((await (await rig.connect()).join(name, 'Witness')).members[0]).toMatchObject({ dialect: 'classic' });
    }
    await a.hearsClassic('announce', 'Witness');
  });

  it('sends chat to the first of two rooms and signals to the last, if a message names none', async () => {
    const a = await page({ chat_room: 'yard', signal_room: 'wire' });
    const [inYard, inWire] = [await page('yard'), await page('wire')];
    a.socket.emit('send', { author: 'Mina', message: 'to the yard' });
    a.socket.emit('signal', { type: 't', message: 'to the wire' });
    await inYard.hearsClassic('message', 'to the yard');
    await inWire.hearsClassic('signaling_message', 'to the wire');
    expect([heard(inYard, 'signaling_message'), heard(inWire, 'message')]).toEqual([[], []]);
  });

  it('for a room that the page is in already changes nothing', async () => {
    const a = await page('yard', 'yard');
    expect(rig.rooms.stats().members).toBe(1);
    expect(heard(a, 'announce')).toEqual([]);
  });

  it('for a full room is answered with an announcement that says so', async () => {
    for (let ix = 0; ix < 4; ix++) await page('yard');
    const fifth = await rig.connect();
    fifth.socket.emit('ready', 'yard');
    expect(await fifth.hearsClassic('announce')).toEqual({ message: expect.stringContaining('This room is full') });
    expect(await fifth.refusal('send', { author: 'x', message: 'anyone?' })).toBe('not_joined');
    expect(rig.rooms.stats().links).toBe(4);
  });

  it.each([['../etc'], [''], [null], [{}], [['yard']], [true]])(
    'for %j is refused with an announcement',
    async (room) => {
      const a = await rig.connect();
      a.socket.emit('ready', room);
      await a.hearsClassic('announce', 'could not join');
      expect(rig.rooms.stats().members).toBe(0);
    },
  );

  it('joins four rooms at most (G5)', async () => {
    const a = await page('r1', 'r2', 'r3', 'r4');
    expect(await a.refusal('ready', 'r5')).toBe('already_joined');
    await a.hearsClassic('announce', 'four rooms');
  });
});

it('a page in a room is told the STUN and TURN servers when it asks for them, one in no room is not', async () => {
  const iceServers = [{ urls: ['turn:turn.example'], username: 'u', credential: 'c' }];
  const told = await startRig({ iceServers });
  const client = await told.connect();
  expect(await client.refusal('ice-servers', { n: 1 })).toBe('not_joined');
  await client.ask('ready', '../etc');
  expect(await client.refusal('ice-servers', { n: 2 })).toBe('not_joined');
  await client.ask('ready', { signal_room: 'wire' });
  expect(await client.ask('ice-servers', { n: 3 })).toEqual({ ok: true, iceServers });
  await told.stop();
});

describe('a page of the lesson among members of our own protocol', () => {
  it('is a member like any other, named by its first message', async () => {
    const b = await rig.connect();
    await b.join('yard', 'Jun');
    const a = await page('yard');
    expect(await b.hearsEvent('member-joined')).toMatchObject({ member: { name: 'Guest', dialect: 'classic' } });
    await a.ask('send', { author: 'Mina', message: 'hi' });
    await a.ask('send', { author: 'Somebody else', message: 'ho' });
    expect(await b.hearsEvent('chat')).toMatchObject({ message: { name: 'Mina', text: 'hi' } });
    await b.hears((_event, payload: { message?: { name?: string } }) => payload.message?.name === 'Somebody else');
    expect((await b.request('members')).members.map(({ name }) => name)).toEqual(['Jun', 'Mina']);
  });

  it('shares the chat, both ways and with its history', async () => {
    const a = await page('yard');
    await a.ask('send', { author: 'Mina', message: 'before' });
    const b = await rig.connect();
    expect((await b.join('yard', 'Jun')).chat).toMatchObject([{ name: 'Mina', text: 'before' }]);
    await b.request('chat', { text: '<i>after</i>' });
    expect(await a.hearsClassic('message', 'after')).toEqual({ author: 'Jun', message: '<i>after</i>' });
  });

  it('hears of those who come and go by name, and nothing of what its lesson does not know', async () => {
    const a = await page('yard');
    const b = await rig.connect();
    await b.join('yard', 'Jun');
    await b.request('react', { reaction: '!' });
    await b.request('rename', { name: 'Juno' });
    await b.request('leave');
    await a.hearsClassic('announce', 'left');
    expect(heard(a, 'announce')).toEqual([
      { message: 'Jun has joined the room.' },
      { message: 'Juno has left the room.' },
    ]);
    expect(heard(a, 'event')).toEqual([]);
  });

  it('gets no signals of other dialects and sends none to them', async () => {
    const a = await page('yard');
    const b = await rig.connect();
    await b.join('yard', 'Jun');
    await a.ask('signal', { type: 't', message: 'm' });
    await b.request('members');
    expect(b.events).toEqual([]);
  });

  it('can be removed, and may be ready again', async () => {
    const b = await rig.connect();
    await b.join('yard', 'Jun');
    const a = await page('yard');
    const { member } = await b.hearsEvent('member-joined');
    await b.request('kick', { member: member.id });
    await a.hearsClassic('announce', 'You were removed');
    expect(await a.refusal('send', { message: 'hm' })).toBe('not_joined');
    expect(await a.ask('ready', 'yard')).toMatchObject({ ok: true });
  });

  it('leaves at once when its connection ends: nobody could resume it', async () => {
    const b = await rig.connect();
    await b.join('yard', 'Jun');
    const a = await page('yard', 'wire');
    a.socket.io.engine.close();
    expect(await b.hearsEvent('member-left')).toMatchObject({ reason: 'left' });
    expect(rig.rooms.stats()).toMatchObject({ rooms: 1, members: 1, links: 1 });
  });

  it('leaves no member behind when it goes away while it is joining', async () => {
    const slow = await startRig({
      through: (rooms) => ({
        open: (link, receive) => rooms.open(link, receive),
        close: (link) => rooms.close(link),
        command: async (command) => {
          await new Promise((done) => setTimeout(done, 20));
          return rooms.command(command);
        },
      }),
    });
    const a = await slow.connect();
    a.socket.emit('ready', 'yard');
    await new Promise((done) => setTimeout(done, 10));
    a.socket.disconnect();
    await expect.poll(() => slow.rooms.stats(), { timeout: 2_000 }).toMatchObject({ members: 0, links: 0 });
    await slow.stop();
    expect(slow.uncaught).toEqual([]);
  });
});

describe('what a page of the lesson may not send', () => {
  it.each([
    ['send', { author: 'x', message: '' }, 'bad_request'],
    ['send', { author: 'x', message: 'x'.repeat(4_001) }, 'bad_request'],
    ['send', { author: 'x', message: 'hello', room: 'elsewhere' }, 'not_joined'],
    ['send', 'hello', 'bad_request'],
    ['signal', { message: 'no type' }, 'bad_request'],
    ['signal', { type: 't', message: JSON.parse('['.repeat(40) + ']'.repeat(40)) }, 'bad_request'],
    ['signal', { type: 't', message: 'm', room: 'elsewhere' }, 'not_joined'],
  ])('%s %j', async (event, payload, code) => {
    const [a, b] = [await page('yard'), await page('yard')];
    expect(await a.refusal(event, payload)).toBe(code);
    await b.ask('ready', 'yard');
    expect([...heard(b, 'message'), ...heard(b, 'signaling_message')]).toEqual([]);
  });

  it('an author whose name nobody may have: the message goes under the member’s own', async () => {
    const a = await page('yard');
    await a.ask('send', { author: 'x\u202ey', message: 'hello' });
    expect(await a.hearsClassic('message')).toEqual({ author: 'Guest', message: 'hello' });
  });
});

it('the client’s script is served where the lesson’s pages look for it', async () => {
  const script = await fetch(`${rig.url}/socket.io/socket.io.js`);
  expect(script.headers.get('content-type')).toMatch(/^text\/javascript/);
  expect(await script.text()).toContain('Socket.IO');
  const etag = script.headers.get('etag') ?? '';
  const again = await fetch(`${rig.url}/socket.io/socket.io.js`, { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
  const foreign = await fetch(`${rig.url}/socket.io/socket.io.min.js`, { headers: { 'sec-fetch-site': 'cross-site' } });
  expect(foreign.status).toBe(200);
  expect((await fetch(`${rig.url}/socket.io/package.json`)).status).toBe(404);
  expect((await fetch(`${rig.url}/socket.io/..%2fpackage.json`)).status).toBe(404);
});
