import { randomBytes } from 'node:crypto';
import { FORM, KIND, PEER_ROW, RX, RX_COLUMNS, type RxTable, TX, TX_COLUMNS, type TxTable } from '@madang/engine';
import { type BoundPort, type MediaPlane, openMediaPlane } from '../src/index.js';
import { mirrorAnswer } from './mirror-answer.js';
import { stunAnswer } from './stun-answer.js';

const PLI = Buffer.from('80c900010badcafe81ce00020badcafe00000000', 'hex');

/**
 * A media plane with one peer that it takes by ICE-lite and DTLS and whose RTP it sends back under another SSRC: rows in,
 * rows out, as a media server does it. It asks for a keyframe with the first packet, and again whenever the peer asks it
 * for one: as it sends nothing twice, that is the way on after a loss.
 */
export class MirrorPlane {
  readonly ssrc = 0x0badcafe;
  readonly states: { state: number; failure: number; srtpProfile: number }[] = [];
  rtpRows = 0;
  rtcpRows = 0;
  readonly data: Buffer[] = [];
  readonly plane: MediaPlane;
  readonly #port: BoundPort;
  readonly #peerIx: number;
  readonly #role: 'client' | 'server';
  readonly #ufrag = randomBytes(4).toString('hex');
  readonly #password = randomBytes(16).toString('hex');
  /** The SSRC of the peer's picture. */
  #source = 0;

  constructor(role: 'client' | 'server') {
    this.#role = role;
    this.plane = openMediaPlane({ onBatch: (rx, tx) => this.#take(rx, tx) });
    this.#port = this.plane.bind({ ip: '127.0.0.1' });
    this.#peerIx = this.plane.openPeer({ dtls: { role } })!;
  }

  /** Answers an offer, whose fingerprint it trusts. */
  answer(offer: string): string {
    this.plane.setFingerprint(this.#peerIx, /^a=fingerprint:sha-256 (\S+)/m.exec(offer)![1]!);
    return mirrorAnswer(offer, {
      ufrag: this.#ufrag,
      password: this.#password,
      fingerprint: this.plane.fingerprint,
      role: this.#role,
      port: this.#port.port,
      ssrc: this.ssrc,
    });
  }

  closePeer(): void {
    this.plane.closePeer(this.#peerIx);
  }

  close(): void {
    this.plane.close();
  }

  #take(rx: RxTable, tx: TxTable): void {
    for (let at = 0; at < rx.count * RX_COLUMNS; at += RX_COLUMNS) {
      const row = rx.rows.subarray(at, at + RX_COLUMNS);
      const begin = row[RX.SLOT]! * rx.slotBytes;
      const bytes = Buffer.from(rx.slab.buffer, rx.slab.byteOffset + begin, row[RX.SLOT]! < 0 ? 0 : row[RX.LENGTH]!);
      switch (row[RX.KIND]) {
        case KIND.STUN:
          this.#answerCheck(bytes, row, tx);
          break;
        case KIND.RTP:
          if (row[RX.PEER_IX] === this.#peerIx) this.#mirror(bytes, row, tx);
          break;
        case KIND.PEER_DATA:
          this.data.push(Buffer.from(bytes));
          break;
        case KIND.PEER_STATE:
          this.states.push({
            state: row[PEER_ROW.STATE]!,
            failure: row[PEER_ROW.FAILURE]!,
            srtpProfile: row[PEER_ROW.SRTP_PROFILE]!,
          });
      }
    }
  }

  #answerCheck(check: Buffer, row: Int32Array, tx: TxTable): void {
    const addressIx = row[RX.ADDRESS_IX]!;
    const from = this.plane.address(addressIx)!;
    const answer = stunAnswer(check, { port: from.port, address: from.ip }, this.#password);
    if (answer === null) return;
    this.plane.admit(this.#peerIx, addressIx);
    this.plane.usePath(this.#peerIx, row[RX.PORT_IX]!, addressIx);
    const out = inline(tx, answer);
    out[TX.DESTINATION_IX] = addressIx;
    out[TX.PORT_IX] = row[RX.PORT_IX]!;
    out[TX.FORM] = FORM.PLAIN;
  }

  #mirror(packet: Buffer, row: Int32Array, tx: TxTable): void {
    if (packet[1]! >= 192 && packet[1]! <= 223) {
      this.rtcpRows += 1;
      if (asksForKeyframe(packet)) this.#askForKeyframe(tx);
      return;
    }
    this.rtpRows += 1;
    this.#source = packet.readUInt32BE(8);
    if (this.rtpRows === 1) this.#askForKeyframe(tx);
    const payloadAt = headerBytes(packet);
    const out = nextRow(tx);
    out[TX.SLOT] = row[RX.SLOT]!;
    out[TX.OFFSET] = payloadAt;
    out[TX.LENGTH] = packet.length - payloadAt;
    out[TX.DESTINATION_IX] = this.#peerIx;
    out[TX.FORM] = 0;
    out[TX.SSRC] = this.ssrc | 0;
    out[TX.SEQ16] = packet.readUInt16BE(2);
    out[TX.RTP_TS] = packet.readInt32BE(4);
    out[TX.PAYLOAD_TYPE] = packet[1]!;
  }

  #askForKeyframe(tx: TxTable): void {
    const report = Buffer.from(PLI);
    report.writeUInt32BE(this.#source, 16);
    const out = inline(tx, report);
    out[TX.DESTINATION_IX] = this.#peerIx;
    out[TX.FORM] = FORM.RTCP;
  }
}

/** A new row at the end of the table. */
function nextRow(tx: TxTable): Int32Array {
  const at = tx.count * TX_COLUMNS;
  tx.count += 1;
  return tx.rows.subarray(at, at + TX_COLUMNS);
}

/** A new row for bytes that stand in the inline area. */
function inline(tx: TxTable, bytes: Uint8Array): Int32Array {
  const row = nextRow(tx);
  tx.inline.set(bytes, tx.inlineBytes);
  row[TX.SLOT] = -1;
  row[TX.OFFSET] = tx.inlineBytes;
  row[TX.LENGTH] = bytes.length;
  tx.inlineBytes += bytes.length;
  return row;
}

/** Whether a picture loss indication is among the packets of an RTCP datagram (RFC 4585 §6.3.1). */
function asksForKeyframe(datagram: Buffer): boolean {
  for (let at = 0; at + 4 <= datagram.length; at += 4 + 4 * datagram.readUInt16BE(at + 2)) {
    if ((datagram[at]! & 0x1f) === 1 && datagram[at + 1] === 206) return true;
  }
  return false;
}

/** Fixed header, CSRCs and header extension. */
function headerBytes(packet: Buffer): number {
  const extensionAt = 12 + 4 * (packet[0]! & 0x0f);
  if ((packet[0]! & 0x10) === 0) return extensionAt;
  return extensionAt + 4 + 4 * packet.readUInt16BE(extensionAt + 2);
}
