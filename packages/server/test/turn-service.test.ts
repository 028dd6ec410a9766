import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { DEFAULT_TURN_LIMITS, parseHostRange, type TurnOptions } from '@madang/engine';
import { hasAddon } from '@madang/native';
import fc from 'fast-check';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, test } from 'vitest';
import { registerTurnMetrics, TurnListenError, TurnService } from '../src/media/index.js';
import { HOSTS, newCertificate, openTurnService, portOf, type TurnRigOptions, testAuthority } from './turn-rig.js';
import { framed, SECRET, streamWire, udpWire, type Wire, WireClient } from './turn-wire.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The system keeps some megabytes of a connection before anything shows. */
const IN_TIME = { timeout: 15_000 };

async function open(options?: TurnRigOptions): Promise<TurnService> {
  const service = await openTurnService(options);
  closers.push(() => service.close());
  return service;
}

async function wireTo(service: TurnService, transport: string, host: string): Promise<Wire> {
  const port = portOf(service, transport, host);
  const wire = transport === 'udp' ? await udpWire(host, port) : await streamWire(transport as 'tcp', host, port);
  closers.push(() => wire.close());
  return wire;
}

const clientOf = async (service: TurnService, transport: string, host: string, account?: string) =>
  new WireClient(await wireTo(service, transport, host), account);

describe.runIf(hasAddon())('a STUN and TURN server on real sockets', () => {
  const ways = ['udp', 'tcp', 'tls'].flatMap((transport) => HOSTS.map((host) => [transport, host] as const));

  test.each(ways)(
    'relays between two clients over %s at %s, in indications and in channels',
    async (transport, host) => {
      const service = await open();
      const family = host.includes(':') ? 6 : 4;
      const near = await clientOf(service, transport, host, 'near');
      const far = await clientOf(service, 'udp', '127.0.0.1', 'far');
      expect((await near.binding()).host).toHaveLength(family === 6 ? 16 : 4);
      const [nearRelay, farRelay] = [await near.allocate(family), await far.allocate(family)];
      expect((await near.permit(farRelay)).errorCode()).toBeNull();
      expect((await far.permit(nearRelay)).errorCode()).toBeNull();
      near.sendTo(farRelay, 'odd');
      expect(await far.heard(1)).toEqual(['odd']);
      far.sendTo(nearRelay, 'even');
      expect(await near.heard(1)).toEqual(['even']);
      await near.bind(0x4001, farRelay);
      await far.bind(0x4002, nearRelay);
      near.say(0x4001, 'a channel');
      far.say(0x4002, 'x'.repeat(1_200));
      expect((await far.heard(2))[1]).toBe('a channel');
      expect((await near.heard(2))[1]).toBe('x'.repeat(1_200));
      expect(service.loop.counts()).toMatchObject({ packetsToPeers: 4, packetsToClients: 4 });
    },
  );

  test('what is relayed may be anything: STUN, DTLS, SRTP, or one byte of any value', async () => {
    const service = await open();
    const [near, far] = [await clientOf(service, 'udp', '127.0.0.1'), await clientOf(service, 'udp', '127.0.0.1')];
    const [nearRelay, farRelay] = [await near.allocate(), await far.allocate()];
    await near.bind(0x4001, farRelay);
    await far.permit(nearRelay);
    const all = Array.from({ length: 256 }, (_, first) => String.fromCharCode(first, 0xfe, 0xfd, first));
    for (const [ix, text] of all.entries()) {
      near.say(0x4001, text);
      await far.heard(ix + 1);
    }
    expect(far.data).toEqual(all);
  });

  test('the sockets of an allocation are there until it ends, and its port is free again', async () => {
    const service = await open({ relayPorts: { from: 48_001, to: 48_001 } });
    const first = await clientOf(service, 'udp', '127.0.0.1');
    await first.allocate();
    const second = await clientOf(service, 'tcp', '127.0.0.1');
    await expect(second.allocate()).rejects.toThrow('508');
    const refreshed = await first.ask(4, [[0x000d, [0, 0, 0, 0]]]);
    expect(refreshed.errorCode()).toBeNull();
    expect((await second.allocate()).port).toBe(48_001);
  });

  test('a client over TCP or TLS that goes away leaves nothing behind', async () => {
    const service = await open();
    for (const transport of ['tcp', 'tls']) {
      const client = await clientOf(service, transport, '127.0.0.1');
      await client.allocate();
      expect(service.loop.sizes()).toMatchObject({ allocations: 1, streams: 1, relays: 1 });
      client.wire.close();
      await expect.poll(() => service.loop.sizes()).toMatchObject({ allocations: 0, streams: 0, relays: 0 });
    }
  });

  test('peers on this machine that are no relays are refused', async () => {
    const service = await open();
    const client = await clientOf(service, 'udp', '127.0.0.1');
    await client.allocate();
    for (const host of ['127.0.0.1', '127.0.0.2', '192.168.0.1', '10.0.0.1'].map(
      (text) => parseHostRange(text)!.host,
    )) {
      expect((await client.permit({ host, port: 22 })).errorCode()).toBe(403);
    }
  });

  test('what a client over TCP does not read is dropped and not kept', async () => {
    const service = await open();
    const port = portOf(service, 'tcp', '127.0.0.1');
    const socket = connect(port, '127.0.0.1');
    closers.push(() => socket.destroy());
    const lazy = new WireClient(framed(socket), 'lazy');
    const eager = await clientOf(service, 'udp', '127.0.0.1', 'eager');
    const [lazyRelay, eagerRelay] = [await lazy.allocate(), await eager.allocate()];
    await lazy.bind(0x4000, eagerRelay);
    await eager.bind(0x4000, lazyRelay);
    socket.pause();
    await expect
      .poll(() => {
        for (let ix = 0; ix < 200; ix++) eager.say(0x4000, 'x'.repeat(1_400));
        return service.loop.counts().dropped.slow_client ?? 0;
      }, IN_TIME)
      .toBeGreaterThan(100);
    const before = lazy.data.length;
    socket.resume();
    await expect.poll(() => lazy.data.length).toBeGreaterThan(before);
    await expect
      .poll(() => {
        eager.say(0x4000, 'still there');
        return lazy.data.at(-1);
      }, IN_TIME)
      .toBe('still there');
  });

  test('a new certificate is for new connections', async () => {
    const service = await open();
    const presented = () =>
      new Promise<string>((resolve, reject) => {
        const port = portOf(service, 'tls', '127.0.0.1');
        const socket = connectTls({ port, host: '127.0.0.1', ca: testAuthority.cert, servername: 'localhost' }, () => {
          resolve(socket.getPeerCertificate().serialNumber);
          socket.destroy();
        });
        socket.once('error', reject);
      });
    const before = await presented();
    const lasting = await clientOf(service, 'tls', '127.0.0.1');
    service.useCertificate(await newCertificate());
    expect(await presented()).not.toBe(before);
    await lasting.allocate();
  });

  test('what is no TURN ends a stream, and a stranger who sends nothing is one of a few', async () => {
    const service = await open({ limits: { streamsPerHost: 2 } });
    const port = portOf(service, 'tcp', '127.0.0.1');
    const http = connect(port, '127.0.0.1', () => http.write('GET / HTTP/1.1\r\n\r\n'));
    await new Promise((resolve) => http.resume().once('close', resolve));
    expect(service.loop.counts().dropped.no_turn).toBe(1);
    const silent = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    closers.push(() => {
      for (const socket of silent) socket.destroy();
    });
    await expect.poll(() => service.loop.sizes().streams).toBe(2);
    const third = connect(port, '127.0.0.1').on('error', () => {});
    await new Promise((resolve) => third.resume().once('close', resolve));
    expect(service.loop.sizes().streams).toBe(2);
  });

  test('whatever comes, nothing throws and the next client is served', async () => {
    const service = await open({ limits: { unprovenPerSecond: 1_000_000 } });
    const garbage = fc.oneof(
      fc.uint8Array({ maxLength: 1_500 }),
      fc.tuple(fc.integer({ min: 0, max: 0x4fff }), fc.uint8Array({ maxLength: 200 })).map(([type, rest]) => {
        const head = [type >> 8, type & 255, 0, rest.length & 0xfc, 0x21, 0x12, 0xa4, 0x42];
        return Uint8Array.from([...head, ...randomBytes(12), ...rest]);
      }),
    );
    const datagrams = await wireTo(service, 'udp', '127.0.0.1');
    const port = portOf(service, 'tcp', '127.0.0.1');
    await fc.assert(
      fc.asyncProperty(fc.array(garbage, { minLength: 1, maxLength: 5 }), async (all) => {
        for (const bytes of all) datagrams.send(bytes);
        const socket = connect(port, '127.0.0.1', () => socket.end(Buffer.concat(all)));
        socket.on('error', () => {}).resume();
        await new Promise((resolve) => socket.once('close', resolve));
      }),
      { numRuns: 200 },
    );
    const client = await clientOf(service, 'udp', '127.0.0.1');
    await client.allocate();
  });

  test('metrics tell what was answered, dropped and relayed', async () => {
    const service = await open();
    const registry = new Registry();
    registerTurnMetrics(registry, service.loop);
    const client = await clientOf(service, 'udp', '127.0.0.1');
    await client.allocate();
    client.wire.send(Uint8Array.of(0x80, 1, 2, 3));
    await client.binding();
    const text = await registry.metrics();
    expect(text).toContain('madang_turn_allocations 1');
    expect(text).toContain('madang_turn_answers_total{answer="allocate_success"} 1');
    expect(text).toContain('madang_turn_answers_total{answer="allocate_401"} 1');
    expect(text).toContain('madang_turn_dropped_total{reason="no_turn"} 1');
  });

  test('a port that another program has is named', async () => {
    const service = await open();
    const port = portOf(service, 'udp', '127.0.0.1');
    const again = TurnService.open({
      udpHosts: ['127.0.0.1'],
      streamHosts: [],
      port,
      tls: null,
      turn: NO_RELAYS,
    });
    const error = await again.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TurnListenError);
    expect(error).toMatchObject({ code: 'EADDRINUSE', where: { transport: 'udp', address: '127.0.0.1', port } });
  });
});

const NO_RELAYS: TurnOptions = {
  realm: 'madang',
  secrets: [SECRET],
  relayHosts: [],
  relayPorts: { from: 40_100, to: 48_000 },
  ownHosts: [],
  servicePorts: [],
  mediaPorts: [],
  allowedPeers: [],
  tcpRelays: false,
  dontFragment: false,
  limits: DEFAULT_TURN_LIMITS,
};
