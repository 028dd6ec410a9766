import { PayloadMarks, readVp8 } from '../../../packages/engine/dist/rtp/index.js';
import { InboundStream, SenderClock } from '../../../packages/engine/dist/stream/index.js';

/** How long a gap may stand before a keyframe is asked for, and how often it is asked for then. */
const PATIENCE_MS = 300;
const ASK_EVERY_MS = 500;
const MOST_WAITING = 2_000;

/**
 * A picture as a decoder has to see it: in the order of its numbers, each frame whole, and the first one, or the first behind a
 * gap that is not filled any more, a keyframe. Calls `onFrame(now)` for each that could be decoded.
 */
export class PictureReceiver {
  stream;
  #onFrame;
  #marks = new PayloadMarks();
  /** Packets that came and were not decoded, by extended number: {begins, marker, keyframe, isEmpty}. */
  #waiting = new Map();
  #next = -1;
  #canDecode = false;
  /** Of the frame that is being put together: null between two frames. */
  #frame = null;
  #stuckSince = null;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(ssrc, onFrame) {
    this.stream = new InboundStream({ ssrc, clockHz: 90_000, asksAgain: true, senderClock: new SenderClock() });
    this.#onFrame = onFrame;
  }

  /** A packet came as such. */
  received(header, bytes, now) {
    const extended = this.stream.received(header.seq16, header.rtpTs, now);
    this.#take(extended, bytes, header.payloadAt, header.payloadBytes, header.marker, now);
  }

  /** A packet came by a retransmission: its payload begins with its number (RFC 4588 §4). */
  repeated(header, bytes, now) {
    if (header.payloadBytes < 2) return;
    const seq16 = (bytes[header.payloadAt] << 8) | bytes[header.payloadAt + 1];
    const extended = this.stream.recovered(seq16, now);
    this.#take(extended, bytes, header.payloadAt + 2, header.payloadBytes - 2, header.marker, now);
  }

  /** Whether a keyframe has to be asked for now: asked for again after a while. */
  wantsKeyframe(now) {
    const isStuck = this.#stuckSince !== null && now - this.#stuckSince > PATIENCE_MS;
    if (this.#next < 0 || (!isStuck && this.#canDecode) || now - this.#askedAt < ASK_EVERY_MS) return false;
    this.#askedAt = now;
    return true;
  }

  #take(extended, bytes, at, length, marker, now) {
    if (extended < 0 || extended < this.#next) return;
    const isEmpty = length === 0;
    if (!isEmpty && !readVp8(bytes, at, length, this.#marks)) return;
    const { beginsFrame: begins, keyframe } = this.#marks;
    if (this.#next < 0) this.#next = extended;
    this.#waiting.set(extended, { begins: begins && !isEmpty, keyframe: keyframe && !isEmpty, marker, isEmpty });
    this.#skipToKeyframe();
    this.#decode(now);
    this.#stuckSince = this.#waiting.size === 0 ? null : (this.#stuckSince ?? now);
  }

  #decode(now) {
    for (;;) {
      const packet = this.#waiting.get(this.#next);
      if (packet === undefined) return;
      this.#waiting.delete(this.#next++);
      this.#stuckSince = null;
      if (!packet.isEmpty) this.#put(packet, now);
    }
  }

  #put({ begins, keyframe, marker }, now) {
    if (begins) this.#frame = { isDecodable: keyframe || this.#canDecode };
    if (!marker) return;
    this.#canDecode = this.#frame?.isDecodable ?? false;
    this.#frame = null;
    if (this.#canDecode) this.#onFrame(now);
  }

  /** Behind a gap a whole keyframe makes all before it needless. */
  #skipToKeyframe() {
    if (this.#waiting.has(this.#next)) return;
    for (const [extended, { keyframe }] of this.#waiting) {
      if (keyframe && this.#isWhole(extended)) {
        this.#leaveOut(extended);
        return;
      }
    }
    if (this.#waiting.size > MOST_WAITING) this.#leaveOut(Math.min(...this.#waiting.keys()));
  }

  #isWhole(first) {
    for (let extended = first; ; extended++) {
      const packet = this.#waiting.get(extended);
      if (packet === undefined) return false;
      if (packet.marker) return true;
    }
  }

  #leaveOut(until) {
    for (const extended of this.#waiting.keys()) if (extended < until) this.#waiting.delete(extended);
    this.stream.nacks.forgetBefore(until);
    this.#next = until;
    this.#frame = null;
    this.#canDecode = false;
  }
}
