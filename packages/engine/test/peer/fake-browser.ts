import { FakeMediaPlane, type FakeUdpNetwork, nodeHmac } from '@madang/testkit';
import { latin1Bytes } from '../../src/bytes/index.js';
import {
  FORM,
  KIND,
  PEER_ROW,
  RX,
  RX_COLUMNS,
  type RxTable,
  TX,
  TX_COLUMNS,
  type TxTable,
} from '../../src/ports/index.js';
import { isRtcp } from '../../src/rtp/index.js';
import type { SessionDescription } from '../../src/sdp/index.js';
import { ATTRIBUTE, MESSAGE_CLASS, METHOD, MessageWriter, readMessage } from '../../src/stun/index.js';

export interface PacketToSend {
  readonly ssrc: number;
  readonly seq16: number;
  readonly payloadType: number;
  readonly payload: Uint8Array;
  readonly rtpTs?: number;
  readonly marker?: boolean;
  /** One-byte header extension elements by their ids. */
  readonly extensions?: readonly (readonly [id: number, data: Uint8Array])[];
}

export interface CheckToSend {
  readonly useCandidate?: boolean;
  /** Another port of the browser's than its first. */
  readonly portIx?: number;
  readonly pwd?: string;
}

/** What a browser needs of the plane at its end. */
export type BrowserPlane = Pick<
  FakeMediaPlane,
  'addressIx' | 'admit' | 'bind' | 'unbind' | 'close' | 'closePeer' | 'counts' | 'fingerprint' | 'openPeer' | 'usePath'
> & { readonly tx: TxTable };

type OpenPlane = (onBatch: (rx: RxTable, tx: TxTable) => void) => BrowserPlane;

/** What a browser is to the server: full ICE as far as it is needed, DTLS and SRTP on a plane, nothing by itself. */
export class FakeBrowser {
  readonly plane: BrowserPlane;
  readonly ports: { readonly portIx: number; readonly port: number }[] = [];
  readonly states: number[] = [];
  /** Decrypted, in the order in which they came. */
  readonly rtp: Buffer[] = [];
  readonly rtcp: Buffer[] = [];
  /** Takes what came through DTLS as data. */
  onData: (bytes: Uint8Array) => void = () => {};
  /** Successes and errors to its checks, and how many checks of the server's it has seen. */
  readonly answers: number[] = [];
  checksSeen = 0;
  /** Whether it answers checks of the server's. */
  answersChecks = true;
  peerIx = -1;
  #server = -1;
  #own = { ufrag: '', pwd: '' };
  #theirs = { ufrag: '', pwd: '' };
  #transactions = 0;

  /** On a fake plane of a network of fakes, or on one that it opens itself. */
  constructor(where: FakeUdpNetwork | OpenPlane) {
    const onBatch = (rx: RxTable, tx: TxTable) => this.#batch(rx, tx);
    this.plane = typeof where === 'function' ? where(onBatch) : new FakeMediaPlane(where, { onBatch });
    this.bind();
  }

  bind(): number {
    const bound = this.plane.bind({ ip: '127.0.0.1' });
    this.ports.push(bound);
    return bound.portIx;
  }

  /** A recorded description as this browser's own: with its credentials and its certificate. */
  own(text: string, credentials = { ufrag: 'brws', pwd: 'browserPasswordOf24Chars' }): string {
    this.#own = credentials;
    return text
      .replaceAll(/^a=ice-ufrag:.*$/gm, `a=ice-ufrag:${credentials.ufrag}`)
      .replaceAll(/^a=ice-pwd:.*$/gm, `a=ice-pwd:${credentials.pwd}`)
      .replaceAll(/^a=fingerprint:.*$/gm, `a=fingerprint:sha-256 ${this.plane.fingerprint}`);
  }

  /** Takes the server's description: where it is, its credentials and its certificate. */
  take(description: SessionDescription, fingerprint?: string): void {
    const section = description.sections.find(({ candidates }) => candidates.length > 0)!;
    const { iceUfrag, icePwd, setup, fingerprints } = section.transport;
    this.#theirs = { ufrag: iceUfrag!, pwd: icePwd! };
    const [candidate] = section.candidates;
    this.#server = this.plane.addressIx(candidate!.address, candidate!.port)!;
    if (this.peerIx >= 0) return;
    const role = setup === 'active' ? 'server' : 'client';
    this.peerIx = this.plane.openPeer({ dtls: { role, fingerprint: fingerprint ?? fingerprints[0]!.value } })!;
    this.plane.admit(this.peerIx, this.#server);
  }

  /** Sends an ICE check, signed with the server's password or with `pwd`. */
  check({ useCandidate = true, portIx = this.ports[0]!.portIx, pwd = this.#theirs.pwd }: CheckToSend = {}): void {
    const transaction = new Uint8Array(12).fill(++this.#transactions);
    const writer = new MessageWriter(METHOD.BINDING, MESSAGE_CLASS.REQUEST, transaction);
    writer.add(ATTRIBUTE.USERNAME, latin1Bytes(`${this.#theirs.ufrag}:${this.#own.ufrag}`));
    writer.addU32(ATTRIBUTE.PRIORITY, 1_853_824_767).add(ATTRIBUTE.ICE_CONTROLLING, new Uint8Array(8));
    if (useCandidate) writer.add(ATTRIBUTE.USE_CANDIDATE, new Uint8Array(0));
    this.plain(writer.addIntegrity('sha1', latin1Bytes(pwd), nodeHmac).addFingerprint().finish(), portIx);
  }

  /** From now on it sends from there; as a DTLS client it begins. */
  usePath(portIx = this.ports[0]!.portIx): void {
    this.plane.usePath(this.peerIx, portIx, this.#server);
  }

  send(packet: PacketToSend): void {
    const { tx } = this.plane;
    const extra = Uint8Array.from(
      (packet.extensions ?? []).flatMap(([id, data]) => [(id << 4) | (data.length - 1), ...data]),
    );
    const extraAt = inline(tx, extra);
    const row = nextRow(tx);
    row[TX.OFFSET] = inline(tx, packet.payload);
    row[TX.LENGTH] = packet.payload.length;
    row[TX.DESTINATION_IX] = this.peerIx;
    row[TX.FORM] = extra.length > 0 ? FORM.EXTRA : 0;
    row[TX.EXTRA] = extraAt * 256 + extra.length;
    row[TX.SSRC] = packet.ssrc | 0;
    row[TX.SEQ16] = packet.seq16 & 0xffff;
    row[TX.RTP_TS] = (packet.rtpTs ?? 0) | 0;
    row[TX.PAYLOAD_TYPE] = packet.payloadType | (packet.marker ? 0x80 : 0);
    tx.flush();
  }

  report(bytes: Uint8Array): void {
    this.#sendAs(FORM.RTCP, bytes);
  }

  /** Through DTLS. */
  data(bytes: Uint8Array): void {
    this.#sendAs(FORM.PEER_DATA, bytes);
  }

  #sendAs(form: number, bytes: Uint8Array): void {
    const { tx } = this.plane;
    const row = nextRow(tx);
    row[TX.OFFSET] = inline(tx, bytes);
    row[TX.LENGTH] = bytes.length;
    row[TX.DESTINATION_IX] = this.peerIx;
    row[TX.FORM] = form;
    tx.flush();
  }

  /** Bytes as they are, to the server. */
  plain(bytes: Uint8Array, portIx = this.ports[0]!.portIx): void {
    const { tx } = this.plane;
    const row = nextRow(tx);
    row[TX.OFFSET] = inline(tx, bytes);
    row[TX.LENGTH] = bytes.length;
    row[TX.DESTINATION_IX] = this.#server;
    row[TX.PORT_IX] = portIx;
    row[TX.FORM] = FORM.PLAIN;
    tx.flush();
  }

  #batch(rx: RxTable, _tx: TxTable): void {
    for (let at = 0; at < rx.count * RX_COLUMNS; at += RX_COLUMNS) {
      const row = rx.rows.subarray(at, at + RX_COLUMNS);
      const begin = row[RX.SLOT]! * rx.slotBytes;
      const bytes = row[RX.SLOT]! < 0 ? Buffer.alloc(0) : Buffer.from(rx.slab.subarray(begin, begin + row[RX.LENGTH]!));
      if (row[RX.KIND] === KIND.PEER_STATE) this.states.push(row[PEER_ROW.STATE]!);
      else if (row[RX.KIND] === KIND.PEER_DATA) this.onData(Uint8Array.from(bytes));
      else if (row[RX.KIND] === KIND.STUN) this.#stun(bytes, row[RX.PORT_IX]!);
      else if (row[RX.KIND] === KIND.RTP) (isRtcp(bytes[1]!) ? this.rtcp : this.rtp).push(bytes);
    }
  }

  #stun(bytes: Uint8Array, portIx: number): void {
    const message = readMessage(Uint8Array.from(bytes));
    if (typeof message === 'string') throw new Error(message);
    if (message.messageClass !== MESSAGE_CLASS.REQUEST) {
      this.answers.push(message.messageClass);
      return;
    }
    this.checksSeen++;
    if (!this.answersChecks) return;
    const answer = new MessageWriter(METHOD.BINDING, MESSAGE_CLASS.SUCCESS, message.transaction)
      .addXorAddress(ATTRIBUTE.XOR_MAPPED_ADDRESS, { host: Uint8Array.of(127, 0, 0, 1), port: 1 })
      .addIntegrity('sha1', latin1Bytes(this.#own.pwd), nodeHmac)
      .addFingerprint();
    this.plain(answer.finish(), portIx);
  }
}

function nextRow(tx: TxTable): Int32Array {
  const at = tx.count++ * TX_COLUMNS;
  tx.rows.fill(0, at, at + TX_COLUMNS);
  tx.rows[at + TX.SLOT] = -1;
  return tx.rows.subarray(at, at + TX_COLUMNS);
}

function inline(tx: TxTable, bytes: Uint8Array): number {
  const at = tx.inlineBytes;
  tx.inline.set(bytes, at);
  tx.inlineBytes += bytes.length;
  return at;
}
