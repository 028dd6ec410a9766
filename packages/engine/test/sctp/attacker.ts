import { readU32, writeU16, writeU32 } from '../../src/bytes/index.js';
import { packetSum } from '../../src/sctp/packet-reader.js';
import { DataStage } from './data-stage.js';

/** Of a server that is attacked. */
export const WINDOW = 65_536;

/** A chunk with any length in its head. */
export function chunk(type: number, flags: number, body: Uint8Array, length = 4 + body.length): Uint8Array {
  const bytes = new Uint8Array((4 + body.length + 3) & ~3);
  bytes.set([type, flags, length >> 8, length & 255]);
  bytes.set(body, 4);
  return bytes;
}

/** With the ports and the sum that it should have. */
export function packet(tag: number, ...chunks: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(12 + chunks.reduce((sum, { length }) => sum + length, 0));
  writeU16(bytes, 0, 5_000);
  writeU16(bytes, 2, 5_000);
  writeU32(bytes, 4, tag);
  let at = 12;
  for (const part of chunks) {
    bytes.set(part, at);
    at += part.length;
  }
  const sum = packetSum(bytes, 0, bytes.length);
  for (let ix = 0; ix < 4; ix++) bytes[8 + ix] = sum >>> (8 * ix);
  return bytes;
}

/** A DATA chunk: by default a whole message of a byte. */
export function data(
  tsn: number,
  { stream = 0, ssn = 0, flags = 3, ppid = 53, bytes = Uint8Array.of(1) as Uint8Array } = {},
): Uint8Array {
  const body = new Uint8Array(12 + bytes.length);
  writeU32(body, 0, tsn);
  writeU16(body, 4, stream);
  writeU16(body, 6, ssn);
  writeU32(body, 8, ppid);
  body.set(bytes, 12);
  return chunk(0, flags, body);
}

/** A server that has an association, and an attacker in the place of its client, who knows all that the client did. */
export function attacked(limits = { windowBytes: WINDOW, mostMessageBytes: 32_768 }) {
  const stage = new DataStage(3, {}, limits);
  stage.client.keepsSent = true;
  stage.server.keepsSent = true;
  stage.connect();
  const channel = stage.open();
  stage.client.send(channel, Uint8Array.of(1));
  stage.run(1_000);
  const last = stage.client.sent.filter((bytes) => bytes[12] === 0).at(-1)!;
  const tag = readU32(last, 4);
  const { server } = stage;
  server.other = null;
  stage.client.other = null;
  const tell = (...chunks: Uint8Array[]) => server.receive(packet(tag, ...chunks));
  return { stage, server, association: server.data.association, tag, tsn: readU32(last, 16) + 1, tell };
}
