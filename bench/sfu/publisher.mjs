import {
  ntpFraction,
  ntpSeconds,
  RtcpWriter,
  SenderInfo,
  writeSenderReport,
  writeSourceDescription,
} from '../../packages/engine/dist/rtp/index.js';
import { writeMark } from './mark.mjs';

const RTP_HEADER_BYTES = 12;
const VIDEO = { everyMs: 1_000 / 30, packets: 7, bytes: 1_200 - RTP_HEADER_BYTES, ticks: 3_000 };
const AUDIO = { everyMs: 20, bytes: 120 - RTP_HEADER_BYTES, ticks: 960 };
const REPORT_EVERY_MS = 1_000;
const REPORT_BYTES = 200;

/** How many packets a second are sent of each kind. */
export const PACKETS_PER_SECOND = {
  video: Math.round((1_000 / VIDEO.everyMs) * VIDEO.packets),
  audio: 1_000 / AUDIO.everyMs,
};

/** VP8 in frames of seven packets, a keyframe where one is asked for, and Opus, by the clock. */
export class Publisher {
  /** How late its bursts left, in milliseconds. */
  lateness = [];
  /** Of the phase: by stream, 0 for video and 1 for audio. */
  sent = [0, 0];
  #endpoint;
  #ix;
  #phase = 0;
  #wantsKeyframe = true;
  #frames = 0;
  #video;
  #audio;
  #reportAt;
  #writer = new RtcpWriter();
  #info = new SenderInfo();
  #bytes = new Uint8Array(REPORT_BYTES);

  /** `startAt`: when it begins; several publishers should not all send at one time. */
  constructor(endpoint, ix, startAt) {
    this.#endpoint = endpoint;
    this.#ix = ix;
    this.#video = { ssrc: 1_000 + ix, seq16: 1, rtpTs: 0, at: startAt, packets: 0, octets: 0 };
    this.#audio = { ssrc: 2_000 + ix, seq16: 1, rtpTs: 0, at: startAt + 7, packets: 0, octets: 0 };
    this.#reportAt = startAt;
    endpoint.keyframeWanted = () => {
      this.#wantsKeyframe = true;
    };
  }

  static sections(ix) {
    return [
      { kind: 'audio', mid: '0', ssrc: 2_000 + ix },
      { kind: 'video', mid: '1', ssrc: 1_000 + ix },
    ];
  }

  /** From now on packets are counted from 0 again, and carry the number of the phase. What was due before is left out. */
  begin(phase, now) {
    const behind = Math.max(0, now - this.nextAt);
    this.#video.at += behind;
    this.#audio.at += behind;
    this.#phase = phase;
    this.sent = [0, 0];
    this.lateness = [];
  }

  get nextAt() {
    return Math.min(this.#video.at, this.#audio.at);
  }

  /** Sends what is due, each frame as one burst. */
  send(now) {
    if (now >= this.#video.at) this.#sendFrame(now);
    if (now >= this.#audio.at) this.#sendSound(now);
    if (now < this.#reportAt) return;
    this.#reportAt = now + REPORT_EVERY_MS;
    this.#report(this.#video, now);
    this.#report(this.#audio, now);
    this.#endpoint.plane.tx.flush();
  }

  #sendFrame(now) {
    const stream = this.#video;
    const isKeyframe = this.#wantsKeyframe;
    this.#wantsKeyframe = false;
    this.lateness.push(now - stream.at);
    const sentAt = performance.now();
    for (let nth = 0; nth < VIDEO.packets; nth++) {
      const marker = nth === VIDEO.packets - 1;
      const write = (payload) => {
        writeVp8(payload, { isFirst: nth === 0, isKeyframe, pictureId: this.#frames });
        this.#mark(payload, VIDEO.bytes, 0, sentAt);
      };
      this.#packet({ kind: 'video', stream, marker, length: VIDEO.bytes, write });
    }
    this.#endpoint.plane.tx.flush();
    this.#frames++;
    stream.rtpTs += VIDEO.ticks;
    stream.at += VIDEO.everyMs;
  }

  #sendSound(now) {
    const stream = this.#audio;
    this.lateness.push(now - stream.at);
    const sentAt = performance.now();
    const write = (payload) => {
      payload.setUint8(0, 0x78);
      this.#mark(payload, AUDIO.bytes, 1, sentAt);
    };
    this.#packet({ kind: 'audio', stream, marker: false, length: AUDIO.bytes, write });
    this.#endpoint.plane.tx.flush();
    stream.rtpTs += AUDIO.ticks;
    stream.at += AUDIO.everyMs;
  }

  #mark(payload, length, kind, sentAt) {
    writeMark(payload, length, { phase: this.#phase, stream: 2 * this.#ix + kind, nth: this.sent[kind]++, sentAt });
  }

  #packet({ kind, stream, marker, length, write }) {
    const { ssrc, rtpTs } = stream;
    this.#endpoint.send({ kind, ssrc, seq16: stream.seq16++, rtpTs, marker, length, write });
    stream.packets++;
    stream.octets += length;
  }

  #report({ ssrc, rtpTs, packets, octets }, now) {
    const info = Object.assign(this.#info, { ssrc, rtpTs: rtpTs >>> 0, packets, octets });
    info.ntpSeconds = ntpSeconds(now);
    info.ntpFraction = ntpFraction(now);
    const writer = this.#writer.begin(this.#bytes, 0, REPORT_BYTES);
    writeSenderReport(writer, info);
    writeSourceDescription(writer, ssrc, 'load');
    this.#endpoint.report(this.#bytes.subarray(0, writer.length));
  }
}

/** The descriptor with a picture id of 15 bits (RFC 7741 §4.2), and of a frame's first packet the frame's header. */
function writeVp8(payload, { isFirst, isKeyframe, pictureId }) {
  payload.setUint8(0, isFirst ? 0x90 : 0x80);
  payload.setUint8(1, 0x80);
  payload.setUint16(2, 0x8000 | (pictureId & 0x7fff));
  if (!isFirst) return;
  payload.setUint8(4, isKeyframe ? 0x10 : 0x11);
  if (!isKeyframe) return;
  // RFC 6386 §9.1: the start code, 640 by 480.
  payload.setUint32(6, 0x009d012a);
  payload.setUint32(10, 0x8002e001);
}
