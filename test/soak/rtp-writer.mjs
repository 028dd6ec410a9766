/** Packets of one stream, written by hand: what a guest of the soak sends must be RTP, but nobody decodes it. */
export class RtpWriter {
  #ssrc;
  #payloadType;
  #ticks;
  #seq16 = 0;
  #rtpTs = 0;

  /** `ticks`: of the RTP clock from one packet to the next. */
  constructor({ ssrc, payloadType, ticks }) {
    this.#ssrc = ssrc;
    this.#payloadType = payloadType;
    this.#ticks = ticks;
  }

  /** The next packet (RFC 3550 §5.1), whole a frame. */
  next(payload) {
    const packet = Buffer.alloc(12 + payload.length);
    packet.writeUInt8(0x80, 0);
    packet.writeUInt8(0x80 | this.#payloadType, 1);
    packet.writeUInt16BE(this.#seq16, 2);
    packet.writeUInt32BE(this.#rtpTs, 4);
    packet.writeUInt32BE(this.#ssrc, 8);
    payload.copy(packet, 12);
    this.#seq16 = (this.#seq16 + 1) & 0xffff;
    this.#rtpTs = (this.#rtpTs + this.#ticks) >>> 0;
    return packet;
  }
}
