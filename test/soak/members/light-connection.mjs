import { KIND, RX, RX_COLUMNS } from '@madang/engine';
import { DtlsIdentity, openMediaPlane } from '@madang/native';
import { Endpoint } from '../../../bench/sfu/endpoint.mjs';
import { isRtcp, RtcpCursor, RtpHeader, readRtpHeader } from '../../../packages/engine/dist/rtp/index.js';

const SIZES = { slots: 1_024, rxRows: 2_048, txRows: 512, addresses: 16, ports: 1, peers: 1, connections: 0 };

const identity = DtlsIdentity.generate().exportPem();

/** One WebRTC connection of a light member with the server, by the benches' own endpoint. */
export class LightConnection {
  endpoint;
  isConnected = false;
  /** Called for each packet: (header, bytes, now). Good during the call. */
  onRtp = () => {};
  /** Called for each packet of a compound: (cursor, now). */
  onRtcp = () => {};
  /** The server said good-bye, or the keys were refused. */
  onEnd = () => {};
  #plane;
  #header = new RtpHeader();
  #cursor = new RtcpCursor();

  constructor({ ip, serverIp }) {
    this.#plane = openMediaPlane({ sizes: SIZES, identity, onBatch: (rx) => this.#batch(rx) });
    this.endpoint = new Endpoint(this.#plane, ip, serverIp);
  }

  /** Takes the server's description and connects. Rejects after 15 s. */
  async connect(sdp) {
    this.endpoint.take(sdp, /^a=setup:active/m.test(sdp) ? 'server' : 'client');
    await this.endpoint.connect();
    this.isConnected = this.#plane !== null;
  }

  get isClosed() {
    return this.#plane === null;
  }

  keepConsent(now) {
    if (this.isConnected) this.endpoint.keepConsent(now);
  }

  flush() {
    this.#plane?.tx.flush();
  }

  /** The DTLS alert that ends a connection. */
  sayGoodbye() {
    if (this.isConnected) this.#plane.closePeer(this.endpoint.peerIx);
  }

  /** Without a word to the other side. */
  close() {
    if (this.#plane === null) return;
    this.isConnected = false;
    this.#plane = null;
    this.endpoint.close();
  }

  #batch(rx) {
    const now = performance.now();
    for (let row = 0; row < rx.count && this.#plane !== null; row++) {
      const at = row * RX_COLUMNS;
      const kind = rx.rows[at + RX.KIND];
      const begin = rx.rows[at + RX.SLOT] * rx.slotBytes;
      const length = rx.rows[at + RX.LENGTH];
      if (kind === KIND.RTP) this.#media(rx.slab, begin, length, now - rx.rows[at + RX.AGE_US] / 1_000);
      else if (kind === KIND.STUN) this.endpoint.stun(rx.slab.slice(begin, begin + length));
      else if (kind === KIND.PEER_STATE) this.#state(rx.rows, at);
    }
    this.flush();
  }

  #state(rows, at) {
    if (this.isConnected) this.onEnd();
    else this.endpoint.state(rows, at);
  }

  #media(bytes, begin, length, now) {
    if (!isRtcp(bytes[begin + 1])) {
      if (readRtpHeader(bytes, begin, length, this.#header)) this.onRtp(this.#header, bytes, now);
      return;
    }
    const cursor = this.#cursor;
    if (!cursor.start(bytes, begin, length)) return;
    while (cursor.next()) this.onRtcp(cursor, now);
  }
}
