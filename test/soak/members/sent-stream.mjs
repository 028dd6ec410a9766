import {
  ntpFraction,
  ntpSeconds,
  RtcpWriter,
  SenderInfo,
  writeSenderReport,
  writeSourceDescription,
} from '../../../packages/engine/dist/rtp/index.js';
import { PAYLOAD_TYPE } from './descriptions.mjs';

const REPORT_EVERY_MS = 1_000;
const REPORT_BYTES = 200;
/** Packets that can be asked for again. */
const HISTORY = 1_024;

/** One RTP stream that a light member sends, with its sender reports and what can be asked for again. */
export class SentStream {
  ssrc;
  rtxSsrc;
  #connection;
  #kind;
  #clockHz;
  #seq16 = Math.floor(Math.random() * 0x1_0000);
  #rtxSeq16 = 1;
  #packets = 0;
  #octets = 0;
  #history = new Array(HISTORY);
  #reportAt = 0;
  #writer = new RtcpWriter();
  #info = new SenderInfo();
  #bytes = new Uint8Array(REPORT_BYTES);

  constructor({ connection, kind, ssrc, rtxSsrc }) {
    Object.assign(this, { ssrc, rtxSsrc });
    this.#connection = connection;
    this.#kind = kind;
    this.#clockHz = kind === 'audio' ? 48_000 : 90_000;
  }

  rtpTs(now) {
    return Math.round((now * this.#clockHz) / 1_000) >>> 0;
  }

  packet(payload, rtpTs, marker) {
    const seq16 = this.#seq16;
    this.#seq16 = (seq16 + 1) & 0xffff;
    this.#send({ ssrc: this.ssrc, seq16, rtpTs, marker, payload });
    this.#packets++;
    this.#octets += payload.length;
    if (this.rtxSsrc !== undefined) this.#history[seq16 % HISTORY] = { seq16, rtpTs, marker, payload };
  }

  /** Sends it once more, by the stream for that; nothing when it was too long ago. */
  repeat(seq16) {
    const packet = this.#history[seq16 % HISTORY];
    if (packet?.seq16 !== seq16) return;
    const repeated = { ssrc: this.rtxSsrc, payloadType: PAYLOAD_TYPE.repeated, repeats: seq16 };
    this.#send({ ...packet, ...repeated, seq16: this.#rtxSeq16++ & 0xffff });
  }

  /** Tells the server which time is which, once a second (RFC 3550 §6.4.1). */
  report(now) {
    if (now < this.#reportAt || this.#packets === 0) return;
    this.#reportAt = now + REPORT_EVERY_MS;
    const { ssrc } = this;
    const info = Object.assign(this.#info, { ssrc, packets: this.#packets, octets: this.#octets });
    info.rtpTs = this.rtpTs(now);
    info.ntpSeconds = ntpSeconds(now);
    info.ntpFraction = ntpFraction(now);
    const writer = this.#writer.begin(this.#bytes, 0, REPORT_BYTES);
    writeSenderReport(writer, info);
    writeSourceDescription(writer, ssrc, 'member');
    this.#connection.endpoint.report(this.#bytes.subarray(0, writer.length));
  }

  #send({ payload, ...packet }) {
    const write = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(payload);
    this.#connection.endpoint.send({ kind: this.#kind, length: payload.length, write, ...packet });
  }
}
