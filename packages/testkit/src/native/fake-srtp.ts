/**
 * Stands in for SRTP: not secret, yet what has other keys, was changed or comes twice is refused as the real thing does.
 * A packet grows by 16 bytes.
 */
export class FakeSrtp {
  static readonly TAG_BYTES = 16;
  readonly #key: Uint8Array;
  readonly #used = new Set<string>();
  readonly #reports: { next: number } = { next: 0 };

  constructor(key: Uint8Array) {
    this.#key = key.slice();
  }

  /** Null when the number of the packet was used before. */
  protect(packet: Uint8Array, isRtcp: boolean): Uint8Array | null {
    const index = isRtcp ? this.#reports.next++ : 0;
    const number = isRtcp ? `report ${index}` : numberOf(packet);
    if (this.#used.has(number)) return null;
    this.#used.add(number);
    const out = new Uint8Array(packet.length + FakeSrtp.TAG_BYTES);
    out.set(packet);
    out.set(this.#tag(packet, index), packet.length);
    return this.#scramble(out, packet.length, isRtcp);
  }

  /** The packet, or why there is none. */
  unprotect(wire: Uint8Array, isRtcp: boolean): Uint8Array | 'malformed' | 'authentication' | 'replayed' {
    const length = wire.length - FakeSrtp.TAG_BYTES;
    if (length < (isRtcp ? 8 : 12)) return 'malformed';
    const packet = this.#scramble(Uint8Array.from(wire), length, isRtcp).subarray(0, length);
    // Reports carry their number, as SRTCP does: two may say the same.
    const index = new DataView(wire.buffer, wire.byteOffset + wire.length - 4).getUint32(0);
    const tag = this.#tag(packet, index);
    if (!tag.every((byte, ix) => byte === wire[length + ix])) return 'authentication';
    const number = isRtcp ? `report ${index}` : numberOf(packet);
    if (this.#used.has(number)) return 'replayed';
    this.#used.add(number);
    return packet;
  }

  #scramble(packet: Uint8Array, length: number, isRtcp: boolean): Uint8Array {
    for (let ix = isRtcp ? 8 : 12; ix < length; ix++) packet[ix]! ^= (this.#key[ix % this.#key.length]! + ix) | 1;
    return packet;
  }

  /** FNV-1a over key, packet and index, three times with another beginning; then the index. */
  #tag(packet: Uint8Array, index: number): Uint8Array {
    const tag = new DataView(new ArrayBuffer(FakeSrtp.TAG_BYTES));
    for (let part = 0; part < 3; part++) {
      let hash = (0x811c9dc5 + part) ^ index;
      for (const bytes of [this.#key, packet]) for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
      tag.setUint32(part * 4, hash >>> 0);
    }
    tag.setUint32(12, index);
    return new Uint8Array(tag.buffer);
  }
}

/** SSRC and sequence number. */
function numberOf(packet: Uint8Array): string {
  return `${packet.subarray(8, 12).join()} ${packet.subarray(2, 4).join()}`;
}
