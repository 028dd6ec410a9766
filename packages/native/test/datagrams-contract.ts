import { FORM, KIND, RX } from '@madang/engine';
import { afterEach, expect, test } from 'vitest';
import { type Rig, Station } from './rig.js';

const bytes = (...list: number[]) => Buffer.from(list);

/** What every media plane does with datagrams, slots and addresses. */
export function datagramsContract(makeRig: () => Rig): void {
  const rig = makeRig();
  afterEach(() => rig.close());

  test('a datagram is a row with its bytes, source, port and kind', async () => {
    const station = new Station(rig);
    const socket = await rig.socket();
    socket.send(Buffer.from('hello'), station.port.port);
    await rig.until(() => station.seen.length === 1);
    const row = station.seen[0]!;
    expect(row.bytes.toString()).toBe('hello');
    expect(row).toMatchObject({ kind: KIND.QUIC, peerIx: -1, portIx: station.port.portIx });
    expect(row.ageUs).toBeGreaterThanOrEqual(0);
    expect(station.plane.address(row.addressIx)).toEqual({ ip: '127.0.0.1', port: socket.port });
    expect(station.addressOf(socket)).toBe(row.addressIx);
  });

  test.each([
    ['UNKNOWN', [4, 15]],
    ['STUN', [0, 3]],
    ['ZRTP', [16, 19]],
    ['TURN_CHANNEL', [64, 79]],
    ['QUIC', [80, 127, 192, 255]],
    ['RTP', [128, 191]],
  ] as const)('kind %s by the first byte', async (kind, firstBytes) => {
    const station = new Station(rig);
    const socket = await rig.socket();
    for (const first of firstBytes) socket.send(bytes(first, 0, 0, 0), station.port.port);
    await rig.until(() => station.seen.length === firstBytes.length);
    expect(station.seen.map((row) => row.kind)).toEqual(firstBytes.map(() => KIND[kind]));
  });

  test('on a port that is not for peers everything is a row, DTLS too', async () => {
    const station = new Station(rig, {}, { forPeers: false });
    const socket = await rig.socket();
    const firstBytes = [20, 22, 63, 128, 191, 0, 64];
    for (const first of firstBytes) socket.send(bytes(first, 254, 253, 0, 1, 2, 3), station.port.port);
    await rig.until(() => station.seen.length === firstBytes.length);
    expect(station.seen.map((row) => row.bytes[0])).toEqual(firstBytes);
    expect(station.plane.counts().rxDtlsUnproven).toBe(0);
  });

  test('on a port without stamps rows tell neither age nor ECN', async () => {
    const station = new Station(rig, {}, { stamps: false });
    const sender = new Station(rig, {}, { ecn: 2 });
    sender.sendPlain(bytes(64, 1), sender.addressOf(station.port));
    sender.plane.tx.flush();
    await rig.until(() => station.seen.length === 1);
    expect(station.seen[0]).toMatchObject({ ageUs: 0, ipFlags: 0 });
  });

  test('each source has one index, and is told apart from others', async () => {
    const station = new Station(rig);
    const [one, two] = [await rig.socket(), await rig.socket()];
    for (const socket of [one, two, one]) {
      const before = station.seen.length;
      socket.send(bytes(64), station.port.port);
      await rig.until(() => station.seen.length > before);
    }
    const [first, second, third] = station.seen.map((row) => row.addressIx);
    expect(third).toBe(first);
    expect(second).not.toBe(first);
  });

  test('rows written during a batch are sent when it ends, bytes from slots and from the inline area', async () => {
    const station = new Station(rig);
    const socket = await rig.socket();
    station.onBatch = (rx, tx) => {
      const [slot = -1, length = 0, addressIx = -1] = rx.rows;
      station.row({ ...plain(addressIx), SLOT: slot, OFFSET: 1, LENGTH: length - 1 }, tx);
      station.sendPlain(Buffer.from('inline'), addressIx, tx);
    };
    const plain = (DESTINATION_IX: number) => ({ FORM: FORM.PLAIN, DESTINATION_IX, PORT_IX: station.port.portIx });
    socket.send(Buffer.from('@from the slot'), station.port.port);
    await rig.until(() => socket.heard.length === 2);
    expect(socket.heard.map(String)).toEqual(['from the slot', 'inline']);
  });

  test('rows are sent outside of a batch when the table is flushed, in their order', async () => {
    const station = new Station(rig);
    const [one, two] = [await rig.socket(), await rig.socket()];
    for (let ix = 0; ix < 20; ix++) {
      station.sendPlain(bytes(ix, ...Array(ix % 3)), station.addressOf(one));
      station.sendPlain(bytes(100 + ix), station.addressOf(two));
    }
    station.plane.tx.flush();
    expect(station.plane.tx.count).toBe(0);
    await rig.until(() => one.heard.length === 20 && two.heard.length === 20);
    expect(one.heard.map((heard) => heard[0])).toEqual(Array.from({ length: 20 }, (_, ix) => ix));
    expect(two.heard.map((heard) => heard[0])).toEqual(Array.from({ length: 20 }, (_, ix) => 100 + ix));
    expect(station.plane.counts().sent).toBe(40);
  });

  test('a prefix goes before the bytes, and zeros behind them up to a multiple of four', async () => {
    const station = new Station(rig);
    const socket = await rig.socket();
    const prefix = station.inline(bytes(0x40, 0x01, 0x00, 0x05));
    const body = station.inline(bytes(1, 2, 3, 4, 5));
    const common = {
      OFFSET: body,
      LENGTH: 5,
      DESTINATION_IX: station.addressOf(socket),
      PORT_IX: station.port.portIx,
      EXTRA: prefix * 256 + 4,
    };
    station.row({ ...common, FORM: FORM.PLAIN | FORM.EXTRA });
    station.row({ ...common, FORM: FORM.PLAIN | FORM.EXTRA | FORM.PAD4 });
    station.plane.tx.flush();
    await rig.until(() => socket.heard.length === 2);
    expect(socket.heard).toEqual([
      bytes(0x40, 0x01, 0x00, 0x05, 1, 2, 3, 4, 5),
      bytes(0x40, 0x01, 0x00, 0x05, 1, 2, 3, 4, 5, 0, 0, 0),
    ]);
  });

  test('a held slot keeps its bytes until it is released, and can be sent from', async () => {
    const station = new Station(rig);
    const socket = await rig.socket();
    const free = station.plane.counts().freeSlots;
    let held = -1;
    station.onBatch = (rx) => {
      if (held >= 0) return;
      held = rx.rows[RX.SLOT]!;
      station.plane.slots.hold(held);
    };
    socket.send(Buffer.from('keep this'), station.port.port);
    await rig.until(() => station.seen.length === 1);
    for (let ix = 0; ix < 200; ix++) {
      socket.send(Buffer.alloc(100, 64), station.port.port);
      await rig.until(() => station.seen.length === ix + 2);
    }
    const DESTINATION_IX = station.addressOf(socket);
    station.row({ SLOT: held, LENGTH: 9, FORM: FORM.PLAIN, DESTINATION_IX, PORT_IX: station.port.portIx });
    station.plane.tx.flush();
    await rig.until(() => socket.heard.length === 1);
    expect(socket.heard.map(String)).toEqual(['keep this']);
    expect(station.plane.counts().freeSlots).toBe(free - 1);
    station.plane.slots.release(held);
    expect(() => station.plane.slots.release(held)).toThrow('not held');
    socket.send(bytes(64), station.port.port);
    await rig.until(() => station.plane.counts().freeSlots === free);
  });

  test('without a free slot datagrams are dropped and counted, and taken again once there is one', async () => {
    const station = new Station(rig, { slots: 128 });
    const socket = await rig.socket();
    const held: number[] = [];
    station.onBatch = (rx) => {
      for (let row = 0; row < rx.count; row++) {
        const slot = rx.rows[row * 8 + RX.SLOT]!;
        station.plane.slots.hold(slot);
        held.push(slot);
      }
    };
    while (station.plane.counts().rxNoSlot === 0) {
      socket.send(bytes(64), station.port.port);
      const sent = () => station.seen.length + station.plane.counts().rxNoSlot;
      const before = sent();
      await rig.until(() => sent() > before);
    }
    expect(held.length).toBe(128);
    for (const slot of held) station.plane.slots.release(slot);
    socket.send(Buffer.from('Again'), station.port.port);
    await rig.until(() => station.seen.at(-1)?.bytes.toString() === 'Again');
  });

  test('what is empty or longer than a slot is dropped and counted', async () => {
    const station = new Station(rig, { slotBytes: 256 });
    const socket = await rig.socket();
    socket.send(Buffer.alloc(0), station.port.port);
    socket.send(Buffer.alloc(257, 64), station.port.port);
    socket.send(Buffer.alloc(256, 65), station.port.port);
    await rig.until(() => station.seen.length === 1);
    expect(station.seen[0]!.bytes).toEqual(Buffer.alloc(256, 65));
    expect(station.plane.counts()).toMatchObject({ rxEmpty: 1, rxTooLong: 1, received: 3 });
  });

  test('a full table of addresses lets go of one that was not seen lately, and its index names nothing then', async () => {
    const station = new Station(rig, { addresses: 16 });
    const kept = station.plane.addressIx('192.0.2.1', 1)!;
    station.plane.keepAddress(kept);
    const first = station.plane.addressIx('192.0.2.1', 2)!;
    for (let port = 3; port < 40; port++) expect(station.plane.addressIx('192.0.2.1', port)).not.toBe(first);
    expect(station.plane.address(first)).toBeNull();
    expect(station.plane.address(kept)).toEqual({ ip: '192.0.2.1', port: 1 });
    expect(station.plane.addressIx('192.0.2.1', 1)).toBe(kept);
    station.sendPlain(bytes(1), first);
    station.plane.tx.flush();
    expect(station.plane.counts()).toMatchObject({ txNoAddress: 1, sent: 0, addresses: 16 });
    expect(station.plane.counts().addressesEvicted).toBeGreaterThan(20);
  });

  test('a table full of kept addresses takes no other', () => {
    const station = new Station(rig, { addresses: 16 });
    const kept = Array.from({ length: 16 }, (_, ix) => station.plane.addressIx('192.0.2.1', ix + 1)!);
    for (const addressIx of kept) station.plane.keepAddress(addressIx);
    expect(station.plane.addressIx('192.0.2.2', 1)).toBeNull();
    station.plane.releaseAddress(kept[3]!);
    expect(station.plane.addressIx('192.0.2.2', 1)).not.toBeNull();
    expect(station.plane.address(kept[3]!)).toBeNull();
    expect(() => station.plane.releaseAddress(kept[3]!)).toThrow('no such');
  });

  test('IPv4 inside IPv6 is the same address', () => {
    const { plane } = new Station(rig);
    expect(plane.addressIx('::ffff:192.0.2.1', 5)).toBe(plane.addressIx('192.0.2.1', 5));
    expect(plane.address(plane.addressIx('::ffff:192.0.2.1', 5)!)).toEqual({ ip: '192.0.2.1', port: 5 });
    expect(() => plane.addressIx('localhost', 5)).toThrow('no numeric');
  });

  test('rows that name bytes, ports or peers that are not there are counted and harm nobody', async () => {
    const station = new Station(rig, { inlineBytes: 1_024 });
    const socket = await rig.socket();
    const DESTINATION_IX = station.addressOf(socket);
    const good = { FORM: FORM.PLAIN, DESTINATION_IX, PORT_IX: station.port.portIx };
    station.inline(bytes(64, 65, 66, 67));
    const bad = [
      { LENGTH: 5 },
      { OFFSET: -1, LENGTH: 2 },
      { OFFSET: 3, LENGTH: 2 },
      { OFFSET: 0x7fff_ffff, LENGTH: 0x7fff_ffff },
      { LENGTH: -1 },
      { LENGTH: 0 },
      { SLOT: 0, LENGTH: 4 },
      { SLOT: 0x7fff_ffff, LENGTH: 4 },
      { LENGTH: 4, FORM: FORM.PLAIN | FORM.EXTRA, EXTRA: 2 * 256 + 3 },
      { LENGTH: 4, FORM: FORM.PLAIN | FORM.EXTRA, EXTRA: -1 },
      { LENGTH: 0, FORM: FORM.CLEAR_RTP | FORM.PADDING },
      { LENGTH: 4, FORM: FORM.CLEAR_RTP | FORM.MID, MID_IX: 7 },
    ];
    for (const columns of bad) station.row({ ...good, ...columns });
    station.row({ ...good, LENGTH: 4, PORT_IX: 77 });
    station.row({ ...good, LENGTH: 4, PORT_IX: -1 });
    station.row({ ...good, LENGTH: 4, DESTINATION_IX: 9_999 });
    station.row({ LENGTH: 4, DESTINATION_IX: 0 });
    station.row({ ...good, LENGTH: 4 });
    station.plane.tx.flush();
    await rig.until(() => socket.heard.length === 1);
    expect(socket.heard[0]).toEqual(bytes(64, 65, 66, 67));
    const counts = station.plane.counts();
    expect(counts).toMatchObject({ txBadRow: bad.length, txNoPort: 2, txNoAddress: 1, txNoPeer: 1, sent: 1 });
  });

  test('a count that is larger than the table changes nothing', () => {
    const station = new Station(rig, { txRows: 16 });
    station.plane.tx.count = 1_000_000;
    station.plane.tx.inlineBytes = -5;
    station.plane.tx.flush();
    expect(station.plane.counts().sent).toBe(0);
  });

  test('a port that is taken or an address that is not ours is refused by name', async () => {
    const station = new Station(rig);
    expect(() => station.plane.bind({ ip: '127.0.0.1', port: station.port.port })).toThrow('EADDRINUSE');
    expect(() => station.plane.bind({ ip: '192.0.2.77' })).toThrow('EADDRNOTAVAIL');
    expect(() => station.plane.bind({ ip: 'nonsense' })).toThrow('EINVAL');
    expect(() => station.plane.bind({ ip: '127.0.0.1', dscp: 64 })).toThrow(RangeError);
  });

  test('ports come and go, up to a bound; what comes in names its port', async () => {
    const station = new Station(rig, { ports: 3 });
    const second = station.plane.bind({ ip: '127.0.0.1' });
    const third = station.plane.bind({ ip: '127.0.0.1' });
    expect(() => station.plane.bind({ ip: '127.0.0.1' })).toThrow('ENFILE');
    station.plane.unbind(second.portIx);
    expect(() => station.plane.unbind(second.portIx)).toThrow('no such port');
    const again = station.plane.bind({ ip: '127.0.0.1', port: second.port });
    expect(again.port).toBe(second.port);
    const socket = await rig.socket();
    for (const { port, portIx } of [third, again, station.port]) {
      const before = station.seen.length;
      socket.send(bytes(64), port);
      await rig.until(() => station.seen.length > before);
      expect(station.seen.at(-1)!.portIx).toBe(portIx);
    }
  });

  test('a port closed during its batch is closed, and the rest of the batch goes on', async () => {
    const station = new Station(rig);
    const socket = await rig.socket();
    station.onBatch = () => {
      station.onBatch = () => {};
      station.plane.unbind(station.port.portIx);
    };
    socket.send(bytes(64), station.port.port);
    await rig.until(() => station.seen.length === 1);
    expect(station.plane.counts().portsOpen).toBe(0);
  });

  test('a closed plane is silent, and its calls throw', async () => {
    const station = new Station(rig);
    const socket = await rig.socket();
    station.plane.close();
    station.plane.close();
    expect(() => station.plane.bind({ ip: '127.0.0.1' })).toThrow('closed');
    expect(() => station.plane.tx.flush()).toThrow('closed');
    expect(() => station.plane.counts()).toThrow('closed');
    const other = new Station(rig, {}, { port: station.port.port });
    socket.send(bytes(64), station.port.port);
    await rig.until(() => other.seen.length === 1);
    expect(station.seen).toEqual([]);
  });

  test('a plane can be closed during its own batch', async () => {
    const station = new Station(rig);
    const socket = await rig.socket();
    station.onBatch = () => station.plane.close();
    socket.send(bytes(64), station.port.port);
    await rig.until(() => station.seen.length === 1);
    expect(() => station.plane.counts()).toThrow('closed');
  });
}
