import { FORM, KIND, RX, RX_COLUMNS } from '@madang/engine';
import { hasAddon, type ListeningPort, type PlaneSizes, type TcpOptions } from '@madang/native';
import { afterEach, describe, expect, test } from 'vitest';
import { NativeRig } from './native-rig.js';
import { Station } from './rig.js';
import { stunRequest } from './stun-request.js';
import { TcpClient } from './tcp-client.js';

describe.runIf(hasAddon())('datagrams in frames over TCP', () => {
  const rig = new NativeRig();
  const clients: TcpClient[] = [];
  afterEach(() => {
    for (const { socket } of clients.splice(0)) socket.destroy();
    rig.close();
  });

  async function connected(port: number, host?: string): Promise<TcpClient> {
    const client = await TcpClient.open(port, host);
    clients.push(client);
    return client;
  }

  function listening(sizes: Partial<PlaneSizes> = {}, options: Partial<TcpOptions> = {}) {
    const station = new Station(rig, sizes);
    return { station, tcp: rig.listen(station.plane, { ip: '127.0.0.1', ...options }) };
  }

  /** Answers each row with its own bytes, by the way it came. */
  function echo(station: Station): void {
    station.onBatch = (rx, tx) => {
      for (let at = 0; at < rx.count * RX_COLUMNS; at += RX_COLUMNS) {
        const column = (name: keyof typeof RX) => rx.rows[at + RX[name]]!;
        const way = { DESTINATION_IX: column('ADDRESS_IX'), PORT_IX: column('PORT_IX') };
        station.row({ SLOT: column('SLOT'), LENGTH: column('LENGTH'), FORM: FORM.PLAIN, ...way }, tx);
      }
    };
  }

  /** Sends a datagram to a connection. */
  function sendTo(station: Station, { portIx }: ListeningPort, addressIx: number, bytes: Uint8Array): void {
    const way = { DESTINATION_IX: addressIx, PORT_IX: portIx };
    station.row({ OFFSET: station.inline(bytes), LENGTH: bytes.length, FORM: FORM.PLAIN, ...way });
  }

  test('a frame is a row with the port and an address of its own, and is answered as a frame', async () => {
    const { station, tcp } = listening();
    echo(station);
    const client = await connected(tcp.port);
    client.send(stunRequest());
    await rig.until(() => client.heard.length === 1);
    const row = station.seen[0]!;
    expect(row).toMatchObject({ kind: KIND.STUN, peerIx: -1, portIx: tcp.portIx, bytes: stunRequest() });
    expect(client.heard).toEqual([stunRequest()]);
    expect(station.plane.address(row.addressIx)).toEqual({ ip: '127.0.0.1', port: client.port });
    // A socket of UDP with the same address and port is somebody else.
    expect(station.addressOf({ ip: '127.0.0.1', port: client.port })).not.toBe(row.addressIx);
    const ends = { connectionsAccepted: 1, connectionsOpen: 1, framesReceived: 1, framesSent: 1, sent: 1 };
    expect(station.plane.counts()).toMatchObject(ends);
  });

  test('the port may be that of a UDP port, and IPv6 is taken too', async () => {
    const { station } = listening();
    const same = rig.listen(station.plane, { ip: '127.0.0.1', port: station.port.port });
    expect(same.port).toBe(station.port.port);
    const { port } = rig.listen(station.plane, { ip: '::', dualStack: true });
    for (const host of ['127.0.0.1', '::1']) (await connected(port, host)).send(stunRequest());
    await rig.until(() => station.seen.length === 2);
    expect(station.seen.map((row) => station.plane.address(row.addressIx)?.ip).sort()).toEqual(['127.0.0.1', '::1']);
    expect(() => rig.listen(station.plane, { ip: '127.0.0.1', port: same.port })).toThrow('EADDRINUSE');
    expect(() => rig.listen(station.plane, { ip: 'nonsense' })).toThrow('EINVAL');
  });

  test('two frames that come in any two pieces, or at once, are the same two rows', async () => {
    const { station, tcp } = listening();
    const datagrams = [stunRequest(8), Buffer.from('@ second')];
    const stream = Buffer.concat(datagrams.flatMap((bytes) => [Buffer.from([0, bytes.length]), bytes]));
    for (let cut = 1; cut <= stream.length; cut++) {
      const before = station.plane.counts();
      const client = await connected(tcp.port);
      client.socket.write(stream.subarray(0, cut));
      await rig.until(() => station.plane.counts().receiveCalls > before.receiveCalls);
      client.socket.write(stream.subarray(cut));
      await rig.until(() => station.seen.length === 2);
      expect(station.seen.splice(0).map(({ bytes }) => bytes)).toEqual(datagrams);
      client.socket.destroy();
      await rig.until(() => station.plane.counts().connectionsOpen === 0);
    }
  });

  test('a thousand frames at once come whole and in order, also through a batch that is smaller', async () => {
    const { station, tcp } = listening({ rxRows: 64, slots: 128 });
    const client = await connected(tcp.port);
    const numbered = Array.from({ length: 1_000 }, (_, ix) => Buffer.from(`@ number ${ix}`));
    client.send(stunRequest(), ...numbered);
    await rig.until(() => station.seen.length === 1_001);
    expect(station.seen.slice(1).map(({ bytes }) => bytes)).toEqual(numbered);
    expect(station.plane.counts()).toMatchObject({ rxNoSlot: 0, framesReceived: 1_001 });
  });

  test('a frame that is longer than a slot is passed over, an empty one too, and what follows is read', async () => {
    const { station, tcp } = listening({ slotBytes: 512 });
    const client = await connected(tcp.port);
    client.send(stunRequest(), Buffer.alloc(65_535, 64), Buffer.alloc(0), Buffer.from('@ behind'));
    await rig.until(() => station.seen.length === 2);
    expect(station.seen[1]!.bytes.toString()).toBe('@ behind');
    expect(station.plane.counts()).toMatchObject({ rxTooLong: 1, rxEmpty: 1, connectionsOpen: 1, framesReceived: 4 });
  });

  test.each([
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n')],
    ['TLS', Buffer.from('16030100ea0100', 'hex')],
    ['a frame of DTLS', Buffer.from('004016feff000000', 'hex')],
    ['STUN without a frame', stunRequest()],
    ['a frame without the cookie', Buffer.from('0014000100002112a443', 'hex')],
  ])('who begins with %s is closed at once', async (_, begin) => {
    const { station, tcp } = listening();
    const client = await connected(tcp.port);
    client.socket.write(begin);
    await rig.until(() => client.isOver);
    expect(station.plane.counts()).toMatchObject({ connectionsForeign: 1, connectionsOpen: 0 });
    expect(station.seen).toEqual([]);
  });

  test('of a connection that is over the address is nobody’s any more, but stays while it is kept', async () => {
    const { station, tcp } = listening();
    const client = await connected(tcp.port);
    client.send(stunRequest());
    await rig.until(() => station.seen.length === 1);
    const { addressIx } = station.seen[0]!;
    station.plane.keepAddress(addressIx);
    client.socket.resetAndDestroy();
    await rig.until(() => station.plane.counts().connectionsOpen === 0);
    sendTo(station, tcp, addressIx, Buffer.from('too late'));
    station.plane.tx.flush();
    expect(station.plane.counts()).toMatchObject({ connectionsEnded: 1, txNoAddress: 1, framesSent: 0 });
    expect(station.plane.address(addressIx)).toEqual({ ip: '127.0.0.1', port: client.port || expect.any(Number) });
    station.plane.releaseAddress(addressIx);
    const again = await connected(tcp.port);
    again.send(stunRequest());
    await rig.until(() => station.seen.length === 2);
    expect(station.seen[1]!.addressIx).not.toBe(addressIx);
  });

  test('ports and connections do not mix: UDP rows to a connection and TCP rows to an address are not sent', async () => {
    const { station, tcp } = listening();
    const client = await connected(tcp.port);
    const socket = await rig.socket();
    client.send(stunRequest());
    await rig.until(() => station.seen.length === 1);
    station.sendPlain(Buffer.from('@'), station.seen[0]!.addressIx);
    sendTo(station, tcp, station.addressOf(socket), Buffer.from('@'));
    station.plane.tx.flush();
    expect(station.plane.counts()).toMatchObject({ txNoAddress: 2, sent: 0 });
    const peerIx = station.plane.openPeer({})!;
    expect(() => station.plane.usePath(peerIx, station.port.portIx, station.seen[0]!.addressIx)).toThrow(RangeError);
    expect(() => station.plane.usePath(peerIx, tcp.portIx, station.addressOf(socket))).toThrow(RangeError);
  });

  test('who does not read is queued for up to a bound, then loses whole frames, and reads on behind them', async () => {
    const { station, tcp } = listening({}, { queueBytes: 64 * 1024, sendBufferBytes: 4_096 });
    const client = await connected(tcp.port);
    client.send(stunRequest());
    await rig.until(() => station.seen.length === 1);
    client.socket.pause();
    const { addressIx } = station.seen[0]!;
    const bytes = Buffer.alloc(1_000, 64);
    let sent = 0;
    for (; station.plane.counts().framesDropped < 100; sent++) {
      bytes.writeUInt32BE(sent);
      sendTo(station, tcp, addressIx, bytes);
      station.plane.tx.flush();
    }
    const { framesSent, framesDropped, queued } = station.plane.counts();
    expect(framesSent + framesDropped).toBe(sent);
    expect(queued).toBeGreaterThan(50);
    client.socket.resume();
    await rig.until(() => client.heard.length === framesSent);
    expect(client.heard.every((frame) => frame.length === bytes.length)).toBe(true);
    const numbers = client.heard.map((frame) => frame.readUInt32BE());
    expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
    sendTo(station, tcp, addressIx, Buffer.from('again'));
    station.plane.tx.flush();
    await rig.until(() => client.heard.at(-1)!.toString() === 'again');
  });

  test('connections are bounded, in all and for each host', async () => {
    const { station, tcp } = listening({ connections: 4, connectionsPerHost: 3 });
    const { port } = rig.listen(station.plane, { ip: '::1' });
    for (let ix = 0; ix < 3; ix++) await connected(tcp.port);
    const fourth = await connected(tcp.port);
    await rig.until(() => fourth.isOver);
    await connected(port, '::1');
    const fifth = await connected(port, '::1');
    await rig.until(() => fifth.isOver);
    const counts = { connectionsAccepted: 4, connectionsRefused: 2, connectionsOpen: 4 };
    expect(station.plane.counts()).toMatchObject(counts);
    clients[0]!.socket.destroy();
    await rig.until(() => station.plane.counts().connectionsOpen === 3);
    (await connected(port, '::1')).send(stunRequest());
    await rig.until(() => station.seen.length === 1);
  });

  test('a port that is closed takes its connections with it, also in the middle of their frames', async () => {
    const { station, tcp } = listening({ rxRows: 64 });
    const client = await connected(tcp.port);
    station.onBatch = () => {
      station.onBatch = () => {};
      station.plane.unbind(tcp.portIx);
    };
    client.send(stunRequest(), ...Array.from({ length: 300 }, () => Buffer.from('@')));
    await rig.until(() => client.isOver);
    expect(station.seen).toHaveLength(1);
    expect(station.plane.counts()).toMatchObject({ connectionsLeft: 1, connectionsOpen: 0, portsOpen: 1 });
    expect(() => station.plane.unbind(tcp.portIx)).toThrow('no such port');
  });

  test('a connection that was let go of is closed, and no other', { timeout: 20_000 }, async () => {
    const { station, tcp } = listening();
    const [left, kept] = [await connected(tcp.port), await connected(tcp.port)];
    for (const client of [left, kept]) client.send(stunRequest());
    await rig.until(() => station.seen.length === 2);
    const own = station.seen.filter(({ addressIx }) => station.plane.address(addressIx)?.port === left.port);
    for (const { addressIx } of station.seen) station.plane.keepAddress(addressIx);
    // The sweep has to have seen them kept: it comes every second.
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    station.plane.releaseAddress(own[0]!.addressIx);
    await rig.until(() => left.isOver);
    expect(station.plane.counts()).toMatchObject({ connectionsLeft: 1, connectionsOpen: 1 });
    expect(kept.isOver).toBe(false);
  });
});
