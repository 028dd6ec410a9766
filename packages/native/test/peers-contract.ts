import { randomBytes } from 'node:crypto';
import { FORM, KIND, RX_COLUMNS } from '@madang/engine';
import { type PeerOptions, SRTP_PROFILE } from '@madang/native';
import { afterEach, expect, test } from 'vitest';
import { type Rig, Station } from './rig.js';

const SECRET_BYTES = {
  AES_CM_128_HMAC_SHA1_80: 30,
  AES_CM_128_HMAC_SHA1_32: 30,
  AEAD_AES_128_GCM: 28,
  AEAD_AES_256_GCM: 44,
};
const IDS = { mid: 4, transportSeq: 3, absSendTime: 2 };

/** Two planes that have a keyed peer in each other. */
class Pair {
  readonly left: Station;
  readonly right: Station;
  readonly leftPeer: number;
  readonly rightPeer: number;

  constructor(rig: Rig, profile: keyof typeof SECRET_BYTES = 'AEAD_AES_128_GCM', options: PeerOptions = {}) {
    const [one, two] = [randomBytes(SECRET_BYTES[profile]), randomBytes(SECRET_BYTES[profile])];
    this.left = new Station(rig);
    this.right = new Station(rig);
    this.leftPeer = this.#peer(this.left, this.right, {
      ...options,
      srtp: { profile: SRTP_PROFILE[profile], send: one, receive: two },
    });
    this.rightPeer = this.#peer(this.right, this.left, {
      ...options,
      srtp: { profile: SRTP_PROFILE[profile], send: two, receive: one },
    });
  }

  /** Sends one row from left and returns the packet that right has unprotected. */
  async send(rig: Rig, payload: Uint8Array, columns: Parameters<Station['row']>[0]): Promise<Buffer> {
    const before = this.right.seen.length;
    const OFFSET = this.left.inline(payload);
    this.left.row({ DESTINATION_IX: this.leftPeer, OFFSET, LENGTH: payload.length, PAYLOAD_TYPE: 96, ...columns });
    this.left.plane.tx.flush();
    await rig.until(() => this.right.seen.length > before);
    expect(this.right.seen.at(-1)).toMatchObject({ kind: KIND.RTP, peerIx: this.rightPeer });
    return this.right.seen.at(-1)!.bytes;
  }

  #peer(of: Station, to: Station, options: PeerOptions): number {
    const peerIx = of.plane.openPeer(options)!;
    const addressIx = of.plane.addressIx('127.0.0.1', to.port.port)!;
    of.plane.admit(peerIx, addressIx);
    of.plane.usePath(peerIx, of.port.portIx, addressIx);
    return peerIx;
  }
}

/** What every media plane does for peers whose keys are known. */
export function peersContract(makeRig: () => Rig): void {
  const rig = makeRig();
  afterEach(() => rig.close());

  test.each(Object.keys(SECRET_BYTES) as (keyof typeof SECRET_BYTES)[])(
    'what one plane protects the other unprotects, with a header of the row: %s',
    async (profile) => {
      const pair = new Pair(rig, profile);
      const packet = await pair.send(rig, Buffer.from('payload'), {
        SSRC: 0xfedc_ba98 | 0,
        SEQ16: 65_535,
        RTP_TS: 0x8000_0001 | 0,
        PAYLOAD_TYPE: 0x80 | 111,
      });
      expect(packet.toString('hex')).toBe(`80efffff80000001fedcba98${Buffer.from('payload').toString('hex')}`);
    },
  );

  test('RTCP is protected as RTCP', async () => {
    const pair = new Pair(rig);
    const report = Buffer.from('80c90001000000010000000000000000', 'hex');
    expect(await pair.send(rig, report, { FORM: FORM.RTCP })).toEqual(report);
  });

  test('on the wire there is ciphertext', async () => {
    const pair = new Pair(rig);
    const eavesdropper = await rig.socket();
    pair.left.plane.usePath(pair.leftPeer, pair.left.port.portIx, pair.left.addressOf(eavesdropper));
    pair.left.row({ DESTINATION_IX: pair.leftPeer, OFFSET: pair.left.inline(Buffer.alloc(40, 65)), LENGTH: 40 });
    pair.left.plane.tx.flush();
    await rig.until(() => eavesdropper.heard.length === 1);
    expect(eavesdropper.heard[0]!.length).toBe(12 + 40 + 16);
    expect(eavesdropper.heard[0]!.includes(Buffer.alloc(8, 65))).toBe(false);
  });

  test('forged and repeated packets are dropped and counted; RTP of a stranger is passed as it is', async () => {
    const pair = new Pair(rig);
    const stranger = await rig.socket();
    const wire = await capture(pair);
    const port = pair.right.port.port;
    pair.right.plane.admit(pair.rightPeer, pair.right.addressOf(stranger));
    const forged = Buffer.from(wire);
    forged[20]! ^= 1;
    stranger.send(forged, port);
    stranger.send(wire, port);
    stranger.send(wire, port);
    stranger.send(wire.subarray(0, 5), port);
    await rig.until(() => pair.right.plane.counts().received === 4);
    expect(pair.right.seen.map((row) => row.peerIx)).toEqual([pair.rightPeer]);
    expect(pair.right.plane.counts()).toMatchObject({
      rxSrtpAuthentication: 1,
      rxSrtpReplayed: 1,
      rxSrtpMalformed: 1,
    });
    (await rig.socket()).send(wire, port);
    await rig.until(() => pair.right.seen.length === 2);
    expect(pair.right.seen[1]).toMatchObject({ peerIx: -1, bytes: wire });
  });

  /** The bytes of one packet from left to right, as they are on the wire. */
  async function capture(pair: Pair): Promise<Buffer> {
    const tap = await rig.socket();
    pair.left.plane.usePath(pair.leftPeer, pair.left.port.portIx, pair.left.addressOf(tap));
    pair.left.row({ DESTINATION_IX: pair.leftPeer, OFFSET: pair.left.inline(Buffer.alloc(40)), LENGTH: 40, SEQ16: 7 });
    pair.left.plane.tx.flush();
    await rig.until(() => tap.heard.length === 1);
    return tap.heard[0]!;
  }

  test('header extensions in the one-byte form, padded to words', async () => {
    const pair = new Pair(rig, 'AEAD_AES_128_GCM', { extensionIds: IDS });
    const MID_IX = pair.left.plane.midIx('mid0');
    expect(pair.left.plane.midIx('mid0')).toBe(MID_IX);
    const packet = await pair.send(rig, Buffer.from([9]), {
      FORM: FORM.MID | FORM.TRANSPORT_SEQ,
      MID_IX,
      TRANSPORT_SEQ16: 0x1234,
    });
    // MID: id 4, 4 bytes; transport-wide sequence number: id 3, 2 bytes; no padding needed.
    expect(packet.subarray(12).toString('hex')).toBe(`bede000243${hex('mid0')}31123409`);
    expect(packet[0]).toBe(0x90);
  });

  test('elements that are encoded already go in as they are; two-byte form where asked', async () => {
    const pair = new Pair(rig, 'AEAD_AES_128_GCM', { extensionIds: IDS });
    const at = pair.left.inline(Buffer.from('0105aabbccddee', 'hex'));
    const packet = await pair.send(rig, Buffer.from([9]), {
      FORM: FORM.TRANSPORT_SEQ | FORM.EXTRA | FORM.TWO_BYTE_EXTENSIONS,
      TRANSPORT_SEQ16: 1,
      EXTRA: at * 256 + 7,
    });
    expect(packet.subarray(12).toString('hex')).toBe('10000003030200010105aabbccddee0009');
  });

  test('the time of sending is written by the addon', async () => {
    const pair = new Pair(rig, 'AEAD_AES_128_GCM', { extensionIds: IDS });
    const packet = await pair.send(rig, Buffer.from([9]), { FORM: FORM.ABS_SEND_TIME });
    expect(packet.subarray(12, 17).toString('hex')).toBe('bede000122');
    expect(packet.length).toBe(12 + 8 + 1);
  });

  test('a peer that negotiated no extensions gets none', async () => {
    const pair = new Pair(rig);
    const FORMS = FORM.MID | FORM.TRANSPORT_SEQ | FORM.ABS_SEND_TIME;
    const packet = await pair.send(rig, Buffer.from([9]), { FORM: FORMS, MID_IX: pair.left.plane.midIx('a') });
    expect(packet.subarray(12).toString('hex')).toBe('09');
  });

  test('RTX puts the original sequence number before the payload', async () => {
    const pair = new Pair(rig);
    const packet = await pair.send(rig, Buffer.from('abc'), {
      FORM: FORM.RTX,
      ORIGINAL_SEQ16: 0xbeef,
      PAYLOAD_TYPE: 97,
    });
    expect(packet.subarray(12).toString('hex')).toBe(`beef${hex('abc')}`);
    expect(packet[1]).toBe(97);
  });

  test('a probe is nothing but padding', async () => {
    const pair = new Pair(rig);
    const packet = await pair.send(rig, Buffer.alloc(0), { FORM: FORM.PADDING, LENGTH: 200 });
    expect(packet[0]).toBe(0xa0);
    expect(packet.length).toBe(12 + 200);
    expect(packet.at(-1)).toBe(200);
    expect(packet.subarray(12, -1).every((byte) => byte === 0)).toBe(true);
  });

  const PICTURE = FORM.PICTURE_ID | FORM.LAYER_IDS;
  test.each([
    ['VP8 with everything', 0, '90f0812244e1aa', '90f0ffff99fdaa'],
    ['VP8 with a short picture id', 0, '90801100', '90807f00'],
    ['VP8 with layers and no picture id', 0, '906022e3aa', '906099e3aa'],
    ['VP8 without extension', 0, '10aabbcc', '10aabbcc'],
    ['VP8 that ends in its picture id', 0, '90f081', '90f081'],
    ['VP9 with everything', FORM.VP9, 'a8812240ffaa', 'a8ffff4099aa'],
    ['VP9 in flexible mode', FORM.VP9, 'b8812240ffaa', 'b8ffff40ffaa'],
    ['VP9 that ends early', FORM.VP9, 'a881', 'a881'],
  ])('picture ids are replaced where they stand: %s', async (_name, form, payload, becomes) => {
    const pair = new Pair(rig);
    const packet = await pair.send(rig, Buffer.from(payload, 'hex'), {
      FORM: PICTURE | form,
      PICTURE_ID: 0x7fff,
      LAYER_IDS: (0x1d << 8) | 0x99,
    });
    expect(packet.subarray(12).toString('hex')).toBe(becomes);
  });

  test('RTP for a plain address is not protected', async () => {
    const station = new Station(rig);
    const socket = await rig.socket();
    station.row({
      FORM: FORM.CLEAR_RTP,
      DESTINATION_IX: station.addressOf(socket),
      PORT_IX: station.port.portIx,
      OFFSET: station.inline(Buffer.from('clear')),
      LENGTH: 5,
      PAYLOAD_TYPE: 100,
      SEQ16: 1,
    });
    station.plane.tx.flush();
    await rig.until(() => socket.heard.length === 1);
    expect(socket.heard[0]!.toString('hex')).toBe(`806400010000000000000000${hex('clear')}`);
  });

  test('what comes in for a peer is forwarded from its slot', async () => {
    const [pair, next] = [new Pair(rig), new Pair(rig)];
    const DESTINATION_IX = pair.right.plane.openPeer({})!;
    expect(DESTINATION_IX).not.toBe(pair.rightPeer);
    pair.right.onBatch = (rx, tx) => {
      for (let at = 0; at < rx.count * RX_COLUMNS; at += RX_COLUMNS) {
        const [SLOT = -1, LENGTH = 0] = rx.rows.subarray(at);
        const back = { SLOT, OFFSET: 12, LENGTH: LENGTH - 12, DESTINATION_IX: pair.rightPeer, SEQ16: 1, SSRC: 5 };
        pair.right.row(back, tx);
        // A peer without keys gets nothing.
        pair.right.row({ ...back, DESTINATION_IX }, tx);
      }
    };
    pair.right.plane.usePath(
      DESTINATION_IX,
      pair.right.port.portIx,
      pair.right.addressOf({ ip: '127.0.0.1', port: next.left.port.port }),
    );
    await pair.send(rig, Buffer.from('there and back'), { SEQ16: 1 });
    await rig.until(() => pair.left.seen.length === 1);
    expect(pair.left.seen[0]!.bytes.subarray(12).toString()).toBe('there and back');
    expect(pair.right.plane.counts().txNoKeys).toBe(1);
  });

  test('a closed peer is forgotten: what comes from its address is a stranger’s', async () => {
    const pair = new Pair(rig);
    const before = pair.right.plane.counts().peersOpen;
    pair.right.plane.closePeer(pair.rightPeer);
    expect(() => pair.right.plane.closePeer(pair.rightPeer)).toThrow('no such peer');
    expect(() => pair.right.plane.usePath(pair.rightPeer, pair.right.port.portIx, 0)).toThrow('no such');
    expect(pair.right.plane.counts().peersOpen).toBe(before - 1);
    pair.left.row({ DESTINATION_IX: pair.leftPeer, OFFSET: pair.left.inline(Buffer.alloc(9)), LENGTH: 9 });
    pair.left.plane.tx.flush();
    await rig.until(() => pair.right.seen.length === 1);
    expect(pair.right.seen[0]!.peerIx).toBe(-1);
  });

  test('keys of the wrong length and too many peers are refused', () => {
    const { plane } = new Station(rig, { peers: 2 });
    const bad = { profile: SRTP_PROFILE.AEAD_AES_256_GCM, send: Buffer.alloc(28), receive: Buffer.alloc(28) };
    expect(() => plane.openPeer({ srtp: bad })).toThrow('lengths');
    expect([plane.openPeer({}), plane.openPeer({})].toSorted()).toEqual([0, 1]);
    expect(plane.openPeer({})).toBeNull();
  });

  test('a packet whose number was used is not sent a second time', async () => {
    const pair = new Pair(rig);
    await pair.send(rig, Buffer.from('once'), { SEQ16: 3 });
    pair.left.row({ DESTINATION_IX: pair.leftPeer, LENGTH: 0, SEQ16: 3 });
    pair.left.plane.tx.flush();
    expect(pair.left.plane.counts().txProtectFailed).toBe(1);
  });
}

function hex(text: string): string {
  return Buffer.from(text).toString('hex');
}
