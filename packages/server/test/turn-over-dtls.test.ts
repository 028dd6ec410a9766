import { createHash, X509Certificate } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { hasAddon } from '@madang/native';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { TurnService } from '../src/media/index.js';
import type { KeyPair } from '../src/tls/index.js';
import { DtlsWire } from './dtls-wire.js';
import { HOSTS, newCertificate, openTurnService, portOf, type TurnRigOptions, testAuthority } from './turn-rig.js';
import { udpWire, WireClient } from './turn-wire.js';

const HOST = '127.0.0.1';
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const fingerprintOf = (pair: KeyPair) => new X509Certificate(pair.cert).fingerprint256;

async function open(options?: TurnRigOptions) {
  const service = await openTurnService(options);
  closers.push(() => service.close());
  const certificate = await newCertificate();
  service.useCertificate(certificate);
  return { service, fingerprint: fingerprintOf(certificate) };
}

async function dial({ service, fingerprint }: { service: TurnService; fingerprint: string }, host = HOST) {
  const wire = await DtlsWire.connect(host, portOf(service, 'udp', host), fingerprint);
  closers.push(() => wire.close());
  return wire;
}

async function udpClient(service: TurnService, account: string): Promise<WireClient> {
  const wire = await udpWire(HOST, portOf(service, 'udp', HOST));
  closers.push(() => wire.close());
  return new WireClient(wire, account);
}

describe.runIf(hasAddon())('a TURN server over DTLS, on its port for UDP', () => {
  test.each(HOSTS)('relays at %s, in indications and in channels, messages of all lengths', async (host) => {
    const rig = await open();
    const near = new WireClient(await dial(rig, host), 'near');
    const far = await udpClient(rig.service, 'far');
    const [nearRelay, farRelay] = [await near.allocate(4), await far.allocate(4)];
    expect((await near.binding()).port).toBeGreaterThan(0);
    await near.permit(farRelay);
    await far.permit(nearRelay);
    near.sendTo(farRelay, 'odd');
    expect(await far.heard(1)).toEqual(['odd']);
    far.sendTo(nearRelay, 'even');
    expect(await near.heard(1)).toEqual(['even']);
    await near.bind(0x4001, farRelay);
    await far.bind(0x4001, nearRelay);
    const all = [1, 2, 3, 4, 5, 1_200, 1_400, 1_900].map((length) => 'x'.repeat(length));
    for (const [ix, text] of all.entries()) {
      near.say(0x4001, text);
      expect((await far.heard(ix + 2)).at(-1)).toBe(text);
      far.say(0x4001, text);
      expect((await near.heard(ix + 2)).at(-1)).toBe(text);
    }
  });

  test('a message is a record, however many come at once', async () => {
    const rig = await open();
    const near = new WireClient(await dial(rig), 'near');
    const far = await udpClient(rig.service, 'far');
    const [nearRelay, farRelay] = [await near.allocate(), await far.allocate()];
    await near.bind(0x4001, farRelay);
    await far.bind(0x4001, nearRelay);
    const all = Array.from({ length: 50 }, (_, ix) => `number ${ix}`);
    for (const text of all) far.say(0x4001, text);
    expect(await near.heard(50)).toEqual(all);
  });

  test('the same address may be a client over UDP and one over DTLS, and neither is the other', async () => {
    const rig = await open();
    const wire = await dial(rig);
    const client = new WireClient(wire, 'near');
    await client.allocate();
    // In the clear, from the same port: a permission for the allocation that the session has.
    const plain = new WireClient(
      {
        ...wire,
        closed: wire.closed,
        send: (bytes) => void wire.udp.send(bytes),
        onMessage: (take) => void wire.udp.on('message', (bytes) => bytes[0]! < 4 && take(bytes)),
        close() {},
      },
      'near',
    );
    const peer = await (await udpClient(rig.service, 'far')).allocate();
    expect((await plain.permit(peer)).errorCode()).toBe(437);
    expect((await client.permit(peer)).errorCode()).toBeNull();
    expect(rig.service.loop.sizes()).toMatchObject({ allocations: 2, streams: 1 });
  });

  test('gives no TCP relays over DTLS (RFC 6062 §5.1)', async () => {
    const client = new WireClient(await dial(await open({ tcpRelays: true })));
    const reply = await client.ask(3, [[0x0019, [6, 0, 0, 0]]]);
    expect(reply.errorCode()).toBe(400);
  });

  test('a client that says good-bye leaves nothing behind', async () => {
    const rig = await open();
    const wire = await dial(rig);
    await new WireClient(wire).allocate();
    expect(rig.service.loop.sizes()).toMatchObject({ allocations: 1, streams: 1 });
    wire.send(Uint8Array.of(0x80));
    for (const datagram of wire.session.close().datagrams) wire.udp.send(datagram);
    await expect.poll(() => rig.service.loop.sizes()).toMatchObject({ allocations: 0, streams: 0, relays: 0 });
  });

  test('a client that has forgotten everything begins anew from the same port', async () => {
    const rig = await open();
    const wire = await dial(rig);
    await new WireClient(wire).allocate();
    await wire.beginAnew(rig.fingerprint);
    expect(rig.service.loop.sizes()).toMatchObject({ allocations: 0, streams: 1 });
    await new WireClient(wire).allocate();
    expect(rig.service.loop.sizes()).toMatchObject({ allocations: 1, streams: 1 });
  });

  test('a hello without a cookie, or repeated, disturbs no session', async () => {
    const rig = await open();
    const wire = await dial(rig);
    const client = new WireClient(wire);
    await client.allocate();
    wire.udp.send(HELLO);
    await expect.poll(() => wire.datagrams.at(-1)?.[13]).toBe(HELLO_VERIFY_REQUEST);
    await client.binding();
    expect(rig.service.loop.sizes()).toMatchObject({ allocations: 1, streams: 1 });
  });

  test('a flood of hellos keeps nothing, and is answered with less than it sent', async () => {
    const { service } = await open();
    const socket = createSocket('udp4');
    closers.push(() => socket.close());
    let heard = 0;
    socket.on('message', (bytes) => {
      expect(bytes.length).toBeLessThan(HELLO.length);
      heard++;
    });
    socket.connect(portOf(service, 'udp', HOST), HOST);
    await once(socket, 'connect');
    for (let ix = 0; ix < 1_000; ix++) {
      const hello = Buffer.from(HELLO);
      hello.writeUInt32BE(ix, 27);
      socket.send(hello);
    }
    await expect.poll(() => heard).toBeGreaterThan(100);
    expect(service.loop.sizes()).toMatchObject({ streams: 0 });
  });

  test('one address has so many sessions and no more', async () => {
    const rig = await open({ limits: { streamsPerHost: 2 } });
    await dial(rig);
    await dial(rig);
    const socket = createSocket('udp4');
    closers.push(() => socket.close());
    void dial(rig).catch(() => {});
    await expect.poll(() => rig.service.loop.dtls!.refused).toBeGreaterThan(0);
    expect(rig.service.loop.sizes().streams).toBe(2);
  });

  test('a new certificate is for new sessions, and comes with those that lead to its issuer', async () => {
    const rig = await open();
    const lasting = new WireClient(await dial(rig));
    const next = await newCertificate();
    rig.service.useCertificate({ ...next, cert: `${next.cert}\n${testAuthority.cert}` });
    const wire = await dial({ ...rig, fingerprint: fingerprintOf(next) });
    const issuer = new X509Certificate(testAuthority.cert).raw;
    const handshake = Buffer.concat(wire.datagrams.map((datagram) => datagram.subarray(25)));
    expect(handshake.includes(issuer.subarray(-20))).toBe(true);
    await lasting.allocate();
  });

  test('whatever comes in records or instead of them, nothing throws and the next client is served', async () => {
    const rig = await open();
    const wire = await dial(rig);
    const record = fc
      .tuple(fc.integer({ min: 20, max: 63 }), fc.uint8Array({ maxLength: 300 }))
      .map(([type, rest]) => Uint8Array.of(type, ...rest));
    const hello = fc.tuple(fc.nat(HELLO.length - 1), fc.nat(255)).map(([at, byte]) => {
      const bytes = Buffer.from(HELLO);
      bytes[at] = byte;
      return bytes;
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(record, hello)),
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        async (all, inside) => {
          for (const bytes of all) wire.udp.send(bytes);
          wire.send(inside);
          await new Promise(setImmediate);
        },
      ),
      { numRuns: 300 },
    );
    await new WireClient(await dial(rig)).allocate();
    await new WireClient(wire).binding();
  });
});

const HELLO_VERIFY_REQUEST = 3;

/** A ClientHello without cookie, as `openssl s_client -dtls1_2` begins, with one suite. */
const HELLO = (() => {
  const random = createHash('sha256').update('a client').digest();
  const body = Buffer.from([0xfe, 0xfd, ...random, 0, 0, 0, 2, 0xc0, 0x2b, 1, 0]);
  const padded = Buffer.concat([body, Buffer.from([0, 20, 0, 21, 0, 16]), Buffer.alloc(16)]);
  const length = padded.length;
  const message = Buffer.from([1, 0, 0, length, 0, 0, 0, 0, 0, 0, 0, length]);
  return Buffer.concat([Buffer.from([22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12 + length]), message, padded]);
})();
