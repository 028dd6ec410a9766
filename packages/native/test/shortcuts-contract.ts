import type { Shortcut } from '@madang/engine';
import { afterEach, expect, test } from 'vitest';
import { type Rig, type RigSocket, Station } from './rig.js';

const NUMBER = 0x4001;
const bytes = (...list: number[]) => Buffer.from(list);
const framed = (text: string, number = NUMBER) =>
  Buffer.concat([bytes(number >> 8, number & 255, 0, text.length), Buffer.from(text)]);

/** What every media plane does with shortcuts. */
export function shortcutsContract(makeRig: () => Rig): void {
  const rig = makeRig();
  afterEach(() => rig.close());

  async function stations(sizes = {}) {
    const station = new Station(rig, sizes, { forPeers: false });
    const out = station.plane.bind({ ip: '127.0.0.1', forPeers: false });
    const [near, far] = [await rig.socket(), await rig.socket()];
    const toFar = (more: Partial<Shortcut> = {}): Shortcut => ({
      fromPortIx: station.port.portIx,
      fromAddressIx: station.addressOf(near),
      toPortIx: out.portIx,
      toAddressIx: station.addressOf(far),
      takesNumber: NUMBER,
      putsNumber: -1,
      tally: 0,
      forMs: 600_000,
      ...more,
    });
    const say = (datagram: Uint8Array, socket: RigSocket = near) => socket.send(datagram, station.port.port);
    /** Waits for what became a row. */
    const seen = async (count: number) => {
      await rig.until(() => station.seen.length >= count);
      return station.seen.map((row) => row.bytes.toString('latin1'));
    };
    const heard = async (socket: RigSocket, count: number) => {
      await rig.until(() => socket.heard.length >= count);
      return socket.heard.map(String);
    };
    return { station, plane: station.plane, out, near, far, toFar, say, seen, heard };
  }

  test('a shortcut takes a header off, keeps order, makes no row and counts', async () => {
    const { station, plane, far, toFar, say, heard } = await stations();
    expect(plane.openShortcut(toFar({ tally: 2 }))).not.toBeNull();
    const texts = Array.from({ length: 20 }, (_, ix) => 'x'.repeat(1 + (ix % 3)) + ix);
    for (const text of texts) say(framed(text));
    expect(await heard(far, 20)).toEqual(texts);
    expect(station.seen).toEqual([]);
    expect(plane.counts().shortened).toBe(20);
    expect([...plane.shortened]).toEqual([0, 0, 0, 0, 20, texts.join('').length, 0, 0]);
  });

  test('a shortcut puts a header on, whatever the datagram is', async () => {
    const { plane, far, toFar, say, heard } = await stations();
    plane.openShortcut(toFar({ takesNumber: -1, putsNumber: 0x4fff }));
    const all = [bytes(1), bytes(22, 254, 253), framed('abc')];
    for (const datagram of all) say(datagram);
    await heard(far, 3);
    expect(far.heard).toEqual(all.map((datagram) => Buffer.concat([bytes(0x4f, 0xff, 0, datagram.length), datagram])));
  });

  test('what stands behind the length is left behind', async () => {
    const { plane, far, toFar, say, heard } = await stations();
    plane.openShortcut(toFar());
    say(Buffer.concat([framed('abc'), bytes(0)]));
    expect(await heard(far, 1)).toEqual(['abc']);
  });

  test.each([
    ['too short for its header', bytes(0x40, 0x01, 0)],
    ['shorter than it says', bytes(0x40, 0x01, 0, 5, 1, 2, 3, 4)],
    ['empty', bytes(0x40, 0x01, 0, 0)],
    ['of another number', framed('abc', NUMBER + 1)],
    ['without a header', bytes(0, 1, 0, 0)],
  ])('what is %s becomes a row', async (_, datagram) => {
    const { plane, toFar, say, seen } = await stations();
    plane.openShortcut(toFar());
    say(datagram);
    expect(await seen(1)).toEqual([datagram.toString('latin1')]);
    expect(plane.counts().shortened).toBe(0);
  });

  test('another source, and another port, take none', async () => {
    const { station, plane, out, near, far, toFar, say, seen } = await stations();
    plane.openShortcut(toFar());
    say(framed('abc'), far);
    await seen(1);
    near.send(framed('abc'), out.port);
    await seen(2);
    expect(station.seen.map((row) => row.portIx)).toEqual([station.port.portIx, out.portIx]);
    expect(plane.counts().shortened).toBe(0);
  });

  test('what comes in one batch behind a row of the same source is a row too', async () => {
    const { station, plane, far, toFar, seen, heard } = await stations();
    const source = new Station(rig);
    plane.openShortcut(toFar({ fromAddressIx: station.addressOf(source.port) }));
    const to = source.addressOf(station.port);
    for (const datagram of [framed('one'), bytes(0, 1), framed('two')]) source.sendPlain(datagram, to);
    source.plane.tx.flush();
    expect(await heard(far, 1)).toEqual(['one']);
    expect(await seen(2)).toEqual(['\0\x01', framed('two').toString('latin1')]);
    source.sendPlain(framed('three'), to);
    source.plane.tx.flush();
    expect(await heard(far, 2)).toEqual(['one', 'three']);
  });

  test('a shortcut that is closed, or whose time is over, is none', async () => {
    const { plane, toFar, say, seen } = await stations();
    const shortcutIx = plane.openShortcut(toFar());
    plane.closeShortcut(shortcutIx!);
    say(framed('one'));
    await seen(1);
    plane.openShortcut(toFar({ forMs: 0 }));
    say(framed('two'));
    await seen(2);
    expect(() => plane.closeShortcut(shortcutIx! + 100)).toThrow(RangeError);
  });

  test('a shortcut ends with its port, also when another one gets its index', async () => {
    const { plane, out, toFar, say, seen } = await stations({ ports: 2 });
    plane.openShortcut(toFar());
    plane.unbind(out.portIx);
    plane.bind({ ip: '127.0.0.1', forPeers: false });
    say(framed('one'));
    await seen(1);
    expect(plane.counts()).toMatchObject({ shortened: 0, portsOpen: 2 });
  });

  test('there is one for the same datagrams, and as many as the plane may have', async () => {
    const { plane, out, toFar } = await stations({ shortcuts: 2 });
    const first = plane.openShortcut(toFar());
    expect(first).not.toBeNull();
    expect(plane.openShortcut(toFar())).toBeNull();
    expect(plane.openShortcut(toFar({ takesNumber: NUMBER + 1 }))).not.toBeNull();
    expect(plane.openShortcut(toFar({ takesNumber: NUMBER + 2 }))).toBeNull();
    plane.closeShortcut(first!);
    expect(plane.openShortcut(toFar({ toPortIx: out.portIx + 50 }))).toBeNull();
    expect(plane.openShortcut(toFar({ toAddressIx: 900_000 }))).toBeNull();
    expect(plane.openShortcut(toFar({ fromAddressIx: -1 }))).toBeNull();
    expect(plane.openShortcut(toFar({ tally: 4 }))).toBeNull();
    const forPeers = plane.bind({ ip: '127.0.0.1' });
    expect(plane.openShortcut(toFar({ fromPortIx: forPeers.portIx }))).toBeNull();
    expect(plane.openShortcut(toFar())).not.toBeNull();
  });

  test('its addresses stay in the table until it is closed', async () => {
    const { station, plane, near, far, toFar } = await stations({ addresses: 16 });
    const shortcut = toFar();
    const shortcutIx = plane.openShortcut(shortcut);
    const fill = () => {
      for (let port = 1; port <= 60; port++) plane.addressIx('127.0.0.9', port);
    };
    fill();
    expect([station.addressOf(near), station.addressOf(far)]).toEqual([shortcut.fromAddressIx, shortcut.toAddressIx]);
    plane.closeShortcut(shortcutIx!);
    fill();
    expect(plane.address(shortcut.fromAddressIx)).toBeNull();
  });
}
