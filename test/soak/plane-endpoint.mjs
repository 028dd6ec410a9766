import { KIND, RX, RX_COLUMNS } from '@madang/engine';
import { DtlsIdentity, openMediaPlane } from '@madang/native';
import { Endpoint } from '../../bench/sfu/endpoint.mjs';
import { PICTURE, SOUND } from './pictures.mjs';

const SIZES = { slots: 128, rxRows: 64, txRows: 64, addresses: 16, ports: 1, peers: 1 };
const IP = '127.0.0.1';
const CONSENT_CHECK_MS = 500;

const identity = DtlsIdentity.generate().exportPem();

/** One end of a connection by the benches' own endpoint: it restarts ICE, and can be gone without a word. */
export class PlaneEndpoint {
  #door;
  #endpoint;
  #plane;
  #consent = null;
  #sound = { kind: 'audio', ssrc: 2_001, seq16: 0, rtpTs: 0, ticks: 2_400 };
  #picture = { kind: 'video', ssrc: 2_002, seq16: 0, rtpTs: 0, ticks: 9_000 };
  #isConnected = false;

  constructor(door) {
    this.#door = door;
    this.#plane = openMediaPlane({ sizes: SIZES, identity, onBatch: (rx) => this.#batch(rx) });
    this.#endpoint = new Endpoint(this.#plane, IP);
  }

  async offer() {
    const sends = this.#door === 'whip';
    const sections = [
      { kind: 'audio', mid: '0', ...(sends && { ssrc: this.#sound.ssrc }) },
      { kind: 'video', mid: '1', ...(sends && { ssrc: this.#picture.ssrc }) },
    ];
    return { sdp: this.#endpoint.describe(sections, sends ? 'sendonly' : 'recvonly', 'actpass') };
  }

  /** Resolves when the connection is there; rejects when it fails. */
  async connect(answer) {
    this.#endpoint.take(answer);
    await this.#endpoint.connect();
    if (this.#plane === null) return;
    this.#isConnected = true;
    this.#consent = setInterval(() => this.#endpoint.keepConsent(performance.now()), CONSENT_CHECK_MS);
  }

  /** What goes to the server for an ICE restart; what comes back goes to `restarted`. */
  beginRestart() {
    return this.#endpoint.beginRestart();
  }

  /** Resolves when a check with the new credentials is answered. */
  async restarted(fragment) {
    if (this.#plane !== null) await this.#endpoint.restarted(fragment);
  }

  sendSound() {
    this.#send(this.#sound, SOUND);
  }

  /** `payload`: of VP8, in one packet; otherwise one that no decoder makes anything of. */
  sendPicture(payload = PICTURE) {
    this.#send(this.#picture, payload);
  }

  /** The DTLS alert that ends a connection. */
  sayGoodbye() {
    this.#isConnected = false;
    if (this.#plane !== null) this.#plane.closePeer(this.#endpoint.peerIx);
  }

  /** Without a word to the other side. */
  close() {
    if (this.#plane === null) return;
    clearInterval(this.#consent);
    this.#plane = null;
    this.#endpoint.close();
  }

  #send(stream, payload) {
    if (!this.#isConnected || this.#plane === null) return;
    const { kind, ssrc, seq16, rtpTs } = stream;
    const write = (view) => payload.copy(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
    this.#endpoint.send({ kind, ssrc, seq16, rtpTs, marker: true, length: payload.length, write });
    this.#plane.tx.flush();
    stream.seq16++;
    stream.rtpTs += stream.ticks;
  }

  #batch(rx) {
    for (let row = 0; row < rx.count; row++) {
      const at = row * RX_COLUMNS;
      const kind = rx.rows[at + RX.KIND];
      if (kind === KIND.PEER_STATE) this.#endpoint.state(rx.rows, at);
      else if (kind === KIND.STUN) {
        const begin = rx.rows[at + RX.SLOT] * rx.slotBytes;
        this.#endpoint.stun(rx.slab.slice(begin, begin + rx.rows[at + RX.LENGTH]));
      }
    }
  }
}
