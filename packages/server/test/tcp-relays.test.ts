import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { parseHostRange, type TransportAddress, timeLimitedCredential } from '@madang/engine';
import { hasAddon } from '@madang/native';
import { afterEach, describe, expect, test } from 'vitest';
import { ATTRIBUTE, METHOD, readMessage, type StunMessage } from '../../engine/src/stun/index.js';
import { cryptoHmac, type TurnService } from '../src/media/index.js';
import { HOSTS, openTurnService, portOf, type TurnRigOptions } from './turn-rig.js';
import { SECRET, streamWire, type Wire, WireClient } from './turn-wire.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const LOOPBACK = { tcpRelays: true, allowedPeers: ['127.0.0.0/8', '::1/128'].map((text) => parseHostRange(text)!) };
/** Of one member: a name made a second later is another user's. */
const LOGIN = timeLimitedCredential(SECRET, 'min', Date.now() + 3_600_000, cryptoHmac);
const TCP = [ATTRIBUTE.REQUESTED_TRANSPORT, [6, 0, 0, 0]] as const;
const hostOf = (text: string) => parseHostRange(text)!.host;
const idOf = (message: StunMessage) => [...message.value(ATTRIBUTE.CONNECTION_ID)!];

interface Party {
  readonly service: TurnService;
  readonly host: string;
  readonly transport: 'tcp' | 'tls';
  readonly client: WireClient;
  readonly relayed: TransportAddress;
  /** Messages that answered nothing: what the server says by itself. */
  readonly heard: StunMessage[];
}

async function open({
  host = '127.0.0.1',
  transport = 'tcp' as 'tcp' | 'tls',
  ...more
}: Partial<Party> & TurnRigOptions = {}) {
  const service = await openTurnService({ ...LOOPBACK, ...more });
  closers.push(() => service.close());
  const heard: StunMessage[] = [];
  const wire = await dial({ service, host, transport });
  const client = new WireClient(
    {
      ...wire,
      onMessage: (take) =>
        wire.onMessage((bytes) => {
          const message = readMessage(bytes);
          if (typeof message !== 'string' && message.method === METHOD.CONNECTION_ATTEMPT) heard.push(message);
          else take(bytes);
        }),
    },
    LOGIN,
  );
  const family = host.includes(':') ? ([[ATTRIBUTE.REQUESTED_ADDRESS_FAMILY, [2, 0, 0, 0]]] as const) : [];
  const reply = await client.ask(METHOD.ALLOCATE, [TCP, ...family]);
  expect(reply.errorCode()).toBeNull();
  return { service, host, transport, client, relayed: reply.xorAddress(ATTRIBUTE.XOR_RELAYED_ADDRESS)!, heard };
}

async function dial({ service, host, transport }: Pick<Party, 'service' | 'host' | 'transport'>) {
  const wire = await streamWire(transport, host, portOf(service, transport, host));
  closers.push(() => wire.close());
  return wire;
}

/** A peer's server, and the connections that came to it. */
async function listen(host: string): Promise<{ server: Server; peer: TransportAddress; came: Socket[] }> {
  const came: Socket[] = [];
  const server = createServer((socket) => came.push(socket.on('error', () => {})));
  server.listen(0, host);
  await once(server, 'listening');
  closers.push(() => {
    for (const socket of came) socket.destroy();
    server.close();
  });
  return { server, peer: { host: hostOf(host), port: (server.address() as AddressInfo).port }, came };
}

/** A second connection of the client's, joined with the peer's; its bytes are the peer's from then on. */
async function bindTo(party: Party, id: readonly number[]): Promise<{ wire: Wire; reply: StunMessage }> {
  const wire = await dial(party);
  const reply = await new WireClient(wire, LOGIN).ask(METHOD.CONNECTION_BIND, [[ATTRIBUTE.CONNECTION_ID, id]]);
  return { wire, reply };
}

async function joined(party: Party): Promise<{ data: Socket; peer: Socket; server: Server }> {
  const { peer, came, server } = await listen(party.host);
  const id = idOf(await party.client.ask(METHOD.CONNECT, [], peer));
  const { wire, reply } = await bindTo(party, id);
  expect(reply.errorCode()).toBeNull();
  await expect.poll(() => came.length).toBe(1);
  return { data: wire.socket!, peer: came[0]!, server };
}

async function read(socket: Socket, length: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const all = new Promise<void>((resolve) => {
    socket.on('data', (piece) => {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes >= length) resolve();
    });
  });
  socket.resume();
  await all;
  return Buffer.concat(pieces);
}

describe.runIf(hasAddon())('TCP relays', () => {
  test.each(HOSTS.flatMap((host) => (['tcp', 'tls'] as const).map((transport) => [host, transport] as const)))(
    'connect to a peer from the relayed address at %s over %s, and pass bytes on both ways',
    async (host, transport) => {
      const party = await open({ host, transport });
      const { data, peer } = await joined(party);
      expect(peer.remotePort).toBe(party.relayed.port);
      const long = Buffer.alloc(3_000_000, 'there and back ');
      data.write(long);
      expect((await read(peer, long.length)).equals(long)).toBe(true);
      peer.write(long);
      expect((await read(data, long.length)).equals(long)).toBe(true);
    },
  );

  test.each(HOSTS)('let a permitted peer connect to the relayed address at %s', async (host) => {
    const party = await open({ host });
    await party.client.permit({ host: hostOf(host), port: 1 });
    const peer = connect(party.relayed.port, host);
    closers.push(() => peer.destroy());
    peer.write('early');
    await expect.poll(() => party.heard.length).toBe(1);
    const { wire, reply } = await bindTo(party, idOf(party.heard[0]!));
    expect(reply.errorCode()).toBeNull();
    expect(String(await read(wire.socket!, 5))).toBe('early');
    wire.socket!.write('late');
    expect(String(await read(peer, 4))).toBe('late');
  });

  test('close the connection of a peer without permission, and the client hears nothing', async () => {
    const party = await open();
    const peer = connect(party.relayed.port, party.host).on('error', () => {});
    await once(peer.resume(), 'close');
    expect(party.heard).toEqual([]);
    expect(party.service.loop.sizes().connections).toBe(0);
  });

  test.each([
    ['127.0.0.1', 9],
    ['192.168.0.1', 8_000],
    ['198.18.0.1', 25],
  ])('refuse to connect to %s port %i, as datagrams are refused', async (host, port) => {
    const party = await open({ allowedPeers: [] });
    expect((await party.client.ask(METHOD.CONNECT, [], { host: hostOf(host), port })).errorCode()).toBe(403);
  });

  test('answer 447 when nobody listens there', async () => {
    const party = await open();
    const { server, peer } = await listen(party.host);
    server.close();
    await once(server, 'close');
    expect((await party.client.ask(METHOD.CONNECT, [], peer)).errorCode()).toBe(447);
    expect(party.service.loop.sizes().connections).toBe(0);
  });

  test('end one side with the other, after what was still to come', async () => {
    const party = await open();
    const first = await joined(party);
    first.peer.end('the last');
    const ended = once(first.data, 'close');
    expect(String(await read(first.data, 8))).toBe('the last');
    await ended;
    const second = await joined(party);
    second.data.end('the last too');
    const over = once(second.peer, 'close');
    expect(String(await read(second.peer, 12))).toBe('the last too');
    await over;
    await expect.poll(() => party.service.loop.sizes()).toMatchObject({ connections: 0, streams: 1, allocations: 1 });
  });

  test('read no faster than the other side reads', async () => {
    const { data, peer } = await joined(await open());
    data.pause();
    const piece = Buffer.alloc(1 << 20);
    let sent = 0;
    while (peer.write(piece) || (await Promise.race([once(peer, 'drain'), silence(500)])) !== null) sent++;
    expect(sent).toBeLessThan(64);
    data.resume();
    await once(peer, 'drain');
  });

  test('are gone with their allocation, and the port is free again', async () => {
    const party = await open({ relayPorts: { from: 48_100, to: 48_100 } });
    const { data, peer } = await joined(party);
    const ends = [once(data.resume(), 'close'), once(peer.resume(), 'close')];
    await party.client.ask(METHOD.REFRESH, [[ATTRIBUTE.LIFETIME, [0, 0, 0, 0]]]);
    await Promise.all(ends);
    expect(party.service.loop.sizes()).toMatchObject({ allocations: 0, connections: 0, relays: 0 });
    const other = new WireClient(await dial(party));
    await expect.poll(async () => (await other.ask(METHOD.ALLOCATE, [TCP])).errorCode()).toBeNull();
  });

  test('have a port for themselves', async () => {
    const server = createServer().listen(48_101, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => server.close());
    const service = await openTurnService({ ...LOOPBACK, relayPorts: { from: 48_101, to: 48_101 } });
    closers.push(() => service.close());
    const client = new WireClient(await dial({ service, host: '127.0.0.1', transport: 'tcp' }));
    expect((await client.ask(METHOD.ALLOCATE, [TCP])).errorCode()).toBe(508);
    expect(service.loop.tcpRelays.failures.get('EADDRINUSE')).toBeGreaterThan(0);
  });

  test('close with the server', async () => {
    const party = await open();
    const { data, peer } = await joined(party);
    const ends = [once(data.resume(), 'close'), once(peer.resume(), 'close')];
    await party.service.close();
    await Promise.all(ends);
  });
});

function silence(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms));
}
