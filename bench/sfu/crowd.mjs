import { KIND, RX, RX_COLUMNS } from '@madang/engine';
import { openMediaPlane } from '@madang/native';
import {
  isRtcp,
  PAYLOAD_FEEDBACK_FORMAT,
  RTCP,
  RtcpCursor,
  RtpHeader,
  readRtpHeader,
} from '../../packages/engine/dist/rtp/index.js';
import { Endpoint } from './endpoint.mjs';
import { readMark } from './mark.mjs';

const SLOTS = 1 << 15;
const REPORT_EVERY_MS = 1_000;

/** All endpoints of the load on one plane. */
export class Crowd {
  plane;
  endpoints = [];
  /** Called for each packet with a mark: (endpoint, mark, arrival in ms). The mark is the same object each time. */
  onMarked = () => {};
  #ip;
  #byPort = [];
  #header = new RtpHeader();
  #cursor = new RtcpCursor();
  #mark = { phase: 0, stream: 0, nth: 0, sentAt: 0 };
  #view = null;
  #rows = 0;
  /** Since when the rows of the next batch can have been read. */
  #readFrom = 0;
  #rest = new Int32Array(new SharedArrayBuffer(4));

  constructor(ip) {
    this.#ip = ip;
    this.plane = openMediaPlane({ sizes: { slots: SLOTS }, onBatch: (rx) => this.#batch(rx) });
  }

  open() {
    const endpoint = new Endpoint(this.plane, this.#ip);
    endpoint.reportAt = performance.now() + REPORT_EVERY_MS * (((this.endpoints.length * 7) % 100) / 100);
    this.#byPort[endpoint.portIx] = endpoint;
    this.endpoints.push(endpoint);
    return endpoint;
  }

  get ports() {
    return new Set(this.endpoints.map(({ port }) => port));
  }

  /**
   * Sleeps outside of the event loop, so that no datagram wakes this process: waking it would be charged to who sends,
   * and a server behind a network card does not pay that.
   */
  sleep(ms) {
    if (ms > 0) Atomics.wait(this.#rest, 0, 0, ms);
  }

  /** Reads all that has come, and does what is due of reports and consent. */
  async drain() {
    do {
      this.#rows = 0;
      this.#readFrom = performance.now();
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#rows > 0);
    const now = performance.now();
    for (const endpoint of this.endpoints) {
      endpoint.keepConsent(now);
      if (now >= endpoint.reportAt) this.#report(endpoint, now);
    }
    this.plane.tx.flush();
  }

  #report(endpoint, now) {
    endpoint.reportAt = now + REPORT_EVERY_MS;
    const bytes = endpoint.heard.report(endpoint.port, now);
    if (bytes !== null) endpoint.report(bytes);
  }

  #batch(rx) {
    const now = performance.now();
    this.#view ??= new DataView(rx.slab.buffer, rx.slab.byteOffset, rx.slab.byteLength);
    const each = (now - this.#readFrom) / rx.count;
    for (let row = 0; row < rx.count; row++) {
      const at = row * RX_COLUMNS;
      const endpoint = this.#byPort[rx.rows[at + RX.PORT_IX]];
      const kind = rx.rows[at + RX.KIND];
      // Rows are read one after the other, each with its age when it was read.
      const arrivedAt = this.#readFrom + row * each - rx.rows[at + RX.AGE_US] / 1_000;
      if (kind === KIND.RTP) this.#packet(endpoint, rx, at, arrivedAt);
      else if (kind === KIND.PEER_STATE) endpoint.state(rx.rows, at);
      else if (kind === KIND.STUN) endpoint.stun(this.#bytes(rx, at).slice());
    }
    this.#rows += rx.count;
    this.#readFrom = performance.now();
  }

  #bytes(rx, at) {
    const begin = rx.rows[at + RX.SLOT] * rx.slotBytes;
    return rx.slab.subarray(begin, begin + rx.rows[at + RX.LENGTH]);
  }

  #packet(endpoint, rx, at, arrivedAt) {
    const begin = rx.rows[at + RX.SLOT] * rx.slotBytes;
    const length = rx.rows[at + RX.LENGTH];
    if (isRtcp(rx.slab[begin + 1])) {
      this.#rtcp(endpoint, rx.slab, begin, length, arrivedAt);
      return;
    }
    if (!readRtpHeader(rx.slab, begin, length, this.#header)) return;
    endpoint.heard.packet(this.#header.ssrc, this.#header.seq16);
    if (readMark(this.#view, begin + length, this.#mark)) this.onMarked(endpoint, this.#mark, arrivedAt);
  }

  #rtcp(endpoint, slab, begin, length, now) {
    const cursor = this.#cursor;
    if (!cursor.start(slab, begin, length)) return;
    while (cursor.next()) {
      const { PLI, FIR } = PAYLOAD_FEEDBACK_FORMAT;
      if (cursor.type === RTCP.SENDER_REPORT) endpoint.heard.senderReport(cursor, now);
      else if (cursor.type === RTCP.PAYLOAD_FEEDBACK && [PLI, FIR].includes(cursor.count)) endpoint.keyframeWanted();
    }
  }
}
