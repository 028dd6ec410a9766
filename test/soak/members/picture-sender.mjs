const PACKET_BYTES = 1_100;
const DESCRIPTOR_BYTES = 4;

/**
 * One encoding of a camera or a screen: plays a recorded clip (VP8, the first picture a keyframe) over and over without its
 * keyframe, which is shown only when somebody asks for one. Real pictures: browsers decode them.
 */
export class PictureSender {
  stream;
  /** Whether anybody is to be sent it, as the server says. */
  isWanted = true;
  #clip;
  #nth = 0;
  #wantsKeyframe = true;
  #pictureId = Math.floor(Math.random() * 0x8000);

  constructor(stream, clip) {
    this.stream = stream;
    this.#clip = clip;
  }

  wantKeyframe() {
    this.#wantsKeyframe = true;
  }

  /** The server says whether it is to be sent. An encoder that begins again begins with a keyframe. */
  setWanted(isWanted) {
    if (isWanted && !this.isWanted) this.#wantsKeyframe = true;
    this.isWanted = isWanted;
  }

  /** The next picture. */
  show(now) {
    if (!this.isWanted) return;
    this.#nth = this.#wantsKeyframe ? 0 : Math.max(1, (this.#nth + 1) % this.#clip.length);
    this.#wantsKeyframe = false;
    const frame = this.#clip[this.#nth];
    const rtpTs = this.stream.rtpTs(now);
    this.#pictureId = (this.#pictureId + 1) & 0x7fff;
    for (let at = 0; at < frame.length; at += PACKET_BYTES) {
      const end = Math.min(frame.length, at + PACKET_BYTES);
      this.stream.packet(this.#payload(frame.subarray(at, end), at === 0), rtpTs, end === frame.length);
    }
  }

  /** The descriptor of RFC 7741 §4.2 with a picture id of 15 bits. */
  #payload(part, isFirst) {
    const payload = new Uint8Array(DESCRIPTOR_BYTES + part.length);
    payload.set([isFirst ? 0x90 : 0x80, 0x80, 0x80 | (this.#pictureId >>> 8), this.#pictureId & 0xff]);
    payload.set(part, DESCRIPTOR_BYTES);
    return payload;
  }
}
