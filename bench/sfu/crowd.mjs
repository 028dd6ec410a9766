import { KIND, RX, RX_COLUMNS } from '@madang/engine';
import { DtlsIdentity, openMediaPlane } from '@madang/native';
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

/** Of one endpoint. */
const SIZES = { slots: 1_024, rxRows: 4_096, txRows: 256, addresses: 64, ports: 1, peers: 1 };
const REPORT_EVERY_MS = 1_000;

/** All endpoints of the load, each on a plane of its own: one plane tells peers apart by their addresses alone. */
export class Crowd {
  endpoints = [];
  /** Called for each packet with a mark: (endpoint, mark, arrival in ms). The mark is the same object each time. */
  onMarked = () => {};
  #ip;
  #identity = DtlsIdentity.generate().exportPem();
  #header = new RtpHeader();
  #cursor = new RtcpCursor();
  #mark = { phase: 0, stream: 0, nth: 0, sentAt: 0 };
  #rows = 0;
  /** Since when the rows of the next batch can have been read. */
  #readFrom = 0;
  #rest = new Int32Array(new SharedArrayBuffer(4));

  constructor(ip) {
    this.#ip = ip;
  }

  open() {
    const plane = openMediaPlane({
      sizes: SIZES,
      identity: this.#identity,
      onBatch: (rx) => this.#batch(endpoint, rx),
    });
    const endpoint = new Endpoint(plane, this.#ip);
    endpoint.reportAt = performance.now() + REPORT_EVERY_MS * (((this.endpoints.length * 7) % 100) / 100);
    this.endpoints.push(endpoint);
    return endpoint;
  }

  get ports() {
    return new Set(this.endpoints.map(({ port }) => port));
  }

  /** The counts of all planes, summed by name. */
  counts(name) {
    return this.endpoints.reduce((sum, { plane }) => sum + plane.counts()[name], 0);
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
  }

  #report(endpoint, now) {
    endpoint.reportAt = now + REPORT_EVERY_MS;
    const bytes = endpoint.heard.report(endpoint.port, now);
    if (bytes === null) return;
    endpoint.report(bytes);
    endpoint.plane.tx.flush();
  }

  #batch(endpoint, rx) {
    const now = performance.now();
    endpoint.view ??= new DataView(rx.slab.buffer, rx.slab.byteOffset, rx.slab.byteLength);
    const each = (now - this.#readFrom) / rx.count;
    for (let row = 0; row < rx.count; row++) {
      const at = row * RX_COLUMNS;
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
    if (readMark(endpoint.view, begin + length, this.#mark)) this.onMarked(endpoint, this.#mark, arrivedAt);
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
