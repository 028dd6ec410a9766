import { RX, RX_COLUMNS } from '@madang/engine';
import { hasAddon } from '@madang/native';
import { afterEach, describe, expect, test } from 'vitest';
import { NativeRig } from './native-rig.js';
import { Station } from './rig.js';

const RUN = 20;

/** A datagram of no kind that the plane itself takes, with a number in it. */
function numbered(bytes: number, number: number): Buffer {
  const datagram = Buffer.alloc(bytes, number);
  datagram[0] = 64;
  return datagram;
}

describe.runIf(hasAddon() && process.platform === 'linux')('what Linux saves', () => {
  const rig = new NativeRig();
  afterEach(() => rig.close());

  /** Sends a run of datagrams of one length, and a shorter one behind it. */
  function sendRun(from: Station, to: Station): void {
    const addressIx = from.addressOf({ ip: '127.0.0.1', port: to.port.port });
    for (let ix = 0; ix < RUN; ix++) from.sendPlain(numbered(1_000, ix), addressIx);
    from.sendPlain(numbered(10, RUN), addressIx);
    from.plane.tx.flush();
  }

  const expected = [...Array.from({ length: RUN }, (_, ix) => numbered(1_000, ix)), numbered(10, RUN)];

  test('a run goes out as one message, and comes in as one where the port coalesces', async () => {
    const [from, to] = [new Station(rig), new Station(rig)];
    expect([from.port.segments, to.port.coalesces]).toEqual([true, true]);
    sendRun(from, to);
    await rig.until(() => to.seen.length === RUN + 1);
    expect(to.seen.map((row) => row.bytes)).toEqual(expected);
    expect(from.plane.counts()).toMatchObject({ sent: RUN + 1, segmented: RUN + 1, sendCalls: 1 });
    expect(to.plane.counts()).toMatchObject({ received: RUN + 1, coalesced: RUN + 1 });
  });

  test('without either the same datagrams come', async () => {
    const from = new Station(rig, {}, { segments: false });
    const to = new Station(rig, {}, { coalesces: false });
    sendRun(from, to);
    await rig.until(() => to.seen.length === RUN + 1);
    expect(to.seen.map((row) => row.bytes)).toEqual(expected);
    expect(from.plane.counts()).toMatchObject({ sent: RUN + 1, segmented: 0 });
    expect(to.plane.counts()).toMatchObject({ coalesced: 0 });
  });

  test('more than the kernel takes as one message becomes several', async () => {
    const [from, to] = [new Station(rig), new Station(rig, { slots: 1_024 })];
    const addressIx = from.addressOf({ ip: '127.0.0.1', port: to.port.port });
    for (let ix = 0; ix < 500; ix++) from.sendPlain(numbered(400, ix), addressIx);
    from.plane.tx.flush();
    await rig.until(() => to.seen.length === 500);
    expect(to.seen.map((row) => row.bytes[1])).toEqual(Array.from({ length: 500 }, (_, ix) => ix & 0xff));
  });

  test('datagrams of rising length are runs of their own', async () => {
    const [from, to] = [new Station(rig), new Station(rig)];
    const addressIx = from.addressOf({ ip: '127.0.0.1', port: to.port.port });
    const lengths = [5, 5, 9, 9, 3, 3, 12, 1];
    for (const length of lengths) from.sendPlain(Buffer.alloc(length, 64), addressIx);
    from.plane.tx.flush();
    await rig.until(() => to.seen.length === lengths.length);
    expect(to.seen.map((row) => row.bytes.length)).toEqual(lengths);
  });

  test.each([0, 1, 2, 3])('ECN %d of the sender is seen, for IPv4 and IPv6', async (ecn) => {
    for (const ip of ['127.0.0.1', '::1']) {
      const [from, to] = [new Station(rig, {}, { ip, ecn, dscp: 46 }), new Station(rig, {}, { ip })];
      from.sendPlain(Buffer.from('@'), from.addressOf({ ip, port: to.port.port }));
      from.plane.tx.flush();
      await rig.until(() => to.seen.length === 1);
      expect(to.seen[0]!.ipFlags & 3).toBe(ecn);
      expect(to.plane.address(to.seen[0]!.addressIx)).toEqual({ ip, port: from.port.port });
    }
  });

  test('a port for both families sees IPv4 as IPv4, and answers', async () => {
    const station = new Station(rig, {}, { ip: '::', dualStack: true });
    const [four, six] = [await rig.socket('127.0.0.1'), await rig.socket('::1')];
    station.onBatch = (rx, tx) => {
      for (let at = 0; at < rx.count * RX_COLUMNS; at += RX_COLUMNS)
        station.sendPlain(Buffer.from('!'), rx.rows[at + RX.ADDRESS_IX]!, tx);
    };
    for (const socket of [four, six]) {
      socket.send(Buffer.from('@'), station.port.port);
      await rig.until(() => socket.heard.length === 1);
    }
    expect(station.seen.map((row) => station.plane.address(row.addressIx)?.ip)).toEqual(['127.0.0.1', '::1']);
  });

  test('a port of one family can’t reach the other: counted', () => {
    const station = new Station(rig);
    station.sendPlain(Buffer.from('@'), station.addressOf({ ip: '::1', port: 9 }));
    station.plane.tx.flush();
    expect(station.plane.counts()).toMatchObject({ txRefused: 1, sent: 0 });
  });

  test('the kernel’s time of arrival counts the wait before the batch', async () => {
    const [from, to] = [new Station(rig), new Station(rig)];
    from.sendPlain(Buffer.from('@'), from.addressOf({ ip: '127.0.0.1', port: to.port.port }));
    from.plane.tx.flush();
    const until = performance.now() + 20;
    while (performance.now() < until);
    await rig.until(() => to.seen.length === 1);
    // It was there before this thread was kept busy for 20 ms, and could be read only afterwards.
    expect(to.seen[0]!.ageUs).toBeGreaterThan(19_000);
  });

  test('a thousand ports in one plane, each opened, used and closed', async () => {
    const station = new Station(rig, { ports: 1_001 });
    const ports = Array.from({ length: 1_000 }, () =>
      station.plane.bind({ ip: '127.0.0.1', receiveBufferBytes: 65_536, sendBufferBytes: 65_536 }),
    );
    const socket = await rig.socket();
    for (const { port } of ports) socket.send(Buffer.from('@'), port);
    await rig.until(() => station.seen.length === ports.length);
    expect(new Set(station.seen.map((row) => row.portIx))).toEqual(new Set(ports.map((port) => port.portIx)));
    for (const { portIx } of ports) station.plane.unbind(portIx);
    expect(station.plane.counts().portsOpen).toBe(1);
  });
});
