/** A plain RTP packet without extensions. Sequence numbers wrap. */
export function rtpPacket(options: { ssrc: number; seq16: number; payload: Uint8Array }): Buffer {
  const header = Buffer.alloc(12);
  header[0] = 0x80;
  header[1] = 96;
  header.writeUInt16BE(options.seq16 % 65_536, 2);
  header.writeUInt32BE(options.ssrc, 8);
  return Buffer.concat([header, options.payload]);
}

/** `packet` with room behind it, for protecting in place. */
export function withRoom(packet: Uint8Array, room: number): Buffer {
  return Buffer.concat([packet, Buffer.alloc(room)]);
}
