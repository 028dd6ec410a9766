import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { connect, type TLSSocket } from 'node:tls';
import { hasAddon } from '@madang/native';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { type Listener, listen } from '../src/http/index.js';
import { type TurnService, turnGuest } from '../src/media/index.js';
import { newCertificate, openTurnService, portOf, type TurnRigOptions, testAuthority } from './turn-rig.js';
import { framed, udpWire, WireClient } from './turn-wire.js';

const HOST = '127.0.0.1';
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Rig {
  readonly turn: TurnService;
  readonly listener: Listener;
}

/** HTTPS that says hello and echoes over websockets, with TURN on the same port. */
async function open({ headersTimeoutMs = 10_000, ...options }: TurnRigOptions & { headersTimeoutMs?: number } = {}) {
  const turn = await openTurnService(options);
  closers.push(() => turn.close());
  const sockets = new WebSocketServer({ noServer: true });
  const door = {
    handles: (path: string) => path === '/echo',
    handleRequest: () => {},
    handleUpgrade: (message: IncomingMessage, socket: Duplex, head: Buffer) =>
      sockets.handleUpgrade(message, socket, head, (echo) => echo.on('message', (data) => echo.send(data))),
  };
  const listener = await listen(
    { address: HOST, port: 0, certificate: await newCertificate(), headersTimeoutMs },
    {
      app: (_request, response) => void response.end('hello'),
      doors: [door],
      admits: () => true,
      log: pino({ level: 'silent' }),
      guest: turnGuest(turn),
    },
  );
  closers.push(() => listener.close());
  return { turn, listener };
}

async function dial({ listener }: Rig, ALPNProtocols: string[] = []): Promise<TLSSocket> {
  const socket = connect({
    port: listener.port,
    host: HOST,
    ca: testAuthority.cert,
    servername: 'localhost',
    ALPNProtocols,
  });
  closers.push(() => socket.destroy());
  await once(socket, 'secureConnect');
  return socket.on('error', () => {});
}

function get({ listener }: Rig, ALPNProtocols: string[]): Promise<string> {
  const agent = new Agent({ ca: testAuthority.cert, ALPNProtocols });
  return new Promise((resolve, reject) => {
    const sent = request({ host: HOST, port: listener.port, servername: 'localhost', agent }, (response) => {
      resolve(text(response));
    });
    sent.on('error', reject).end();
  });
}

async function byteByByte(socket: TLSSocket, bytes: Uint8Array): Promise<void> {
  for (const byte of bytes) await new Promise((resolve) => socket.write(Uint8Array.of(byte), resolve));
}

/** All that comes until the other side closes. */
async function restOf(socket: TLSSocket): Promise<string> {
  const heard: Buffer[] = [];
  socket.on('data', (bytes) => heard.push(bytes));
  await once(socket, 'close');
  return Buffer.concat(heard).toString('latin1');
}

describe.runIf(hasAddon())('the HTTPS port, shared with TURN', () => {
  test.each([
    ['TURN', ['stun.turn']],
    ['STUN', ['stun.nat-discovery']],
    ['nothing', []],
  ])('relays for a client that names %s in its handshake', async (_what, alpn) => {
    const rig = await open();
    const near = new WireClient(framed(await dial(rig, alpn)), 'near');
    const udp = await udpWire(HOST, portOf(rig.turn, 'udp', HOST));
    closers.push(() => udp.close());
    const far = new WireClient(udp, 'far');
    const [nearRelay, farRelay] = [await near.allocate(), await far.allocate()];
    await near.bind(0x4001, farRelay);
    await far.bind(0x4001, nearRelay);
    near.say(0x4001, 'there');
    expect(await far.heard(1)).toEqual(['there']);
    far.say(0x4001, 'and back');
    expect(await near.heard(1)).toEqual(['and back']);
  });

  test.each([
    ['HTTP', ['http/1.1']],
    ['HTTP/2 and HTTP', ['h2', 'http/1.1']],
    ['nothing', []],
  ])('answers requests of a client that names %s in its handshake', async (_what, alpn) => {
    const rig = await open();
    expect(await get(rig, alpn)).toBe('hello');
    expect(rig.turn.loop.sizes().streams).toBe(0);
  });

  test('echoes over websockets, as without a guest', async () => {
    const { listener } = await open();
    const socket = new WebSocket(`wss://${HOST}:${listener.port}/echo`, { ca: testAuthority.cert });
    closers.push(() => socket.terminate());
    await once(socket, 'open');
    const long = 'long '.repeat(50_000);
    socket.send(long);
    expect(String((await once(socket, 'message'))[0])).toBe(long);
  });

  test('takes a request or a message that comes byte by byte', async () => {
    const rig = await open();
    const http = await dial(rig);
    const answer = restOf(http);
    await byteByByte(http, Buffer.from('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'));
    expect(await answer).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:.|\s)*hello/);
    const turn = await dial(rig);
    const wire = framed(turn);
    const client = new WireClient({
      ...wire,
      send: (message) => void byteByByte(turn, message),
    });
    expect((await client.binding()).port).toBe(turn.localPort);
  });

  test('keeps a connection alive for more than one request', async () => {
    const socket = await dial(await open());
    const heard = restOf(socket);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect((await heard).match(/hello/g)).toHaveLength(2);
  });

  test('refuses what is neither as it does without a guest', async () => {
    const socket = await dial(await open());
    const heard = restOf(socket);
    socket.write(Uint8Array.of(0x16, 3, 1, 0, 0));
    expect(await heard).toContain('400 Bad Request');
    const channel = await dial(await open());
    const end = restOf(channel);
    channel.write(Uint8Array.of(0x40, 0, 0, 4, 1, 2, 3, 4));
    expect(await end).toContain('400 Bad Request');
  });

  test('cuts off who says nothing after the handshake, and who begins a request and does not end it', async () => {
    const rig = await open({ headersTimeoutMs: 300 });
    const silent = await dial(rig);
    expect(await restOf(silent)).toBe('');
    const slow = await dial(rig);
    const heard = restOf(slow);
    slow.write('GET / HTTP/1.1\r\n');
    expect(await heard).toContain('408 Request Timeout');
  });

  test('is not troubled by who hangs up before a word', async () => {
    const rig = await open();
    for (let ix = 0; ix < 20; ix++) {
      const socket = await dial(rig);
      if (ix % 2 === 0) socket.end();
      else socket.destroy();
    }
    expect(await get(rig, [])).toBe('hello');
    const client = new WireClient(framed(await dial(rig)));
    await client.allocate();
  });

  test('has no more TURN connections of one address than the TURN ports have', async () => {
    const rig = await open({ limits: { streamsPerHost: 2 } });
    for (let ix = 0; ix < 2; ix++) await dial(rig, ['stun.turn']);
    await expect.poll(() => rig.turn.loop.sizes().streams).toBe(2);
    const third = await dial(rig, ['stun.turn']);
    expect(await restOf(third)).toBe('');
    expect(await get(rig, ['http/1.1'])).toBe('hello');
  });

  test('gives TURN the new certificate when it has changed', async () => {
    const rig = await open();
    const before = (await dial(rig, ['stun.turn'])).getPeerCertificate().serialNumber;
    rig.listener.useCertificate(await newCertificate());
    expect((await dial(rig, ['stun.turn'])).getPeerCertificate().serialNumber).not.toBe(before);
  });

  test('closes with relayed calls in it', async () => {
    const rig = await open();
    const socket = await dial(rig, ['stun.turn']);
    const client = new WireClient(framed(socket));
    await client.allocate();
    const end = once(socket, 'close');
    await rig.listener.close();
    await end;
    await expect.poll(() => rig.turn.loop.sizes()).toMatchObject({ allocations: 0, streams: 0 });
  });
});
