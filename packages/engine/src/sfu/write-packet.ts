import { OVERHEAD_BYTES } from '../bwe/index.js';
import { FORM, TX } from '../ports/index.js';
import { MOST_EXTRA_BYTES } from './extra-elements.js';
import type { Leg } from './leg.js';
import type { MediaPacket } from './media-packet.js';
import { LEDGER } from './out-ledger.js';
import type { OutStream } from './out-stream.js';
import type { RowWriter } from './row-writer.js';
import type { Viewer } from './viewer.js';

/** Writes the transmit row of a packet whose ledger row at `at` is filled. Never allocates. */
export function writePacket(stream: OutStream, packet: MediaPacket, at: number, leg: Leg, writer: RowWriter): void {
  writer.reserve(MOST_EXTRA_BYTES);
  const extra = extraOf(stream, packet, leg, writer);
  const to = writer.row();
  const { rows } = writer.tx;
  const { header } = packet;
  const ledger = stream.ledger.rows;
  rows[to + TX.SLOT] = packet.slot;
  rows[to + TX.OFFSET] = packet.offset;
  rows[to + TX.LENGTH] = header.payloadBytes;
  rows[to + TX.FORM] = stream.form;
  rows[to + TX.PICTURE_ID] = ledger[at + LEDGER.PICTURE_ID]!;
  rows[to + TX.LAYER_IDS] = ledger[at + LEDGER.LAYER_IDS]!;
  rows[to + TX.PAYLOAD_TYPE] = ledger[at + LEDGER.PAYLOAD_TYPE]!;
  address(stream, at, to, writer);
  if (extra !== 0) addExtra(stream, to, extra, writer);
}

/** Writes the row of a packet without a payload: a single byte of padding, under the number of the ledger row. */
export function writeFiller(stream: OutStream, at: number, payloadType: number, writer: RowWriter): void {
  const to = writer.row();
  const { rows } = writer.tx;
  rows[to + TX.SLOT] = -1;
  rows[to + TX.OFFSET] = 0;
  rows[to + TX.LENGTH] = 1;
  rows[to + TX.FORM] = stream.viewer.form | FORM.PADDING;
  rows[to + TX.PAYLOAD_TYPE] = payloadType;
  address(stream, at, to, writer);
}

/** The columns that every packet of a stream has. */
export function address(stream: OutStream, at: number, to: number, writer: RowWriter): void {
  const { rows } = writer.tx;
  const { viewer, ledger } = stream;
  rows[to + TX.DESTINATION_IX] = viewer.planeIx;
  rows[to + TX.SSRC] = stream.ssrc;
  rows[to + TX.SEQ16] = ledger.rows[at + LEDGER.OUT]! & 0xffff;
  rows[to + TX.RTP_TS] = ledger.rows[at + LEDGER.RTP_TS]!;
  number(to, viewer, writer);
  // A receiver that has reported has put the stream to its section (RFC 8843 §9.2).
  if (stream.midIx < 0 || stream.isReported) return;
  rows[to + TX.MID_IX] = stream.midIx;
  rows[to + TX.FORM]! |= FORM.MID;
}

/** Its transport-wide number, where such are negotiated: then the packet counts for the viewer's bandwidth. */
export function number(to: number, { sending }: Viewer, { tx: { rows }, now }: RowWriter): void {
  if ((rows[to + TX.FORM]! & FORM.TRANSPORT_SEQ) === 0) return;
  rows[to + TX.TRANSPORT_SEQ16] = sending.bandwidth.sent.add(rows[to + TX.LENGTH]! + OVERHEAD_BYTES, now);
}

/** The column `EXTRA`; 0 for none. Frame numbers go on, and who gets fewer targets than there are is told. */
function extraOf(stream: OutStream, packet: MediaPacket, leg: Leg, writer: RowWriter): number {
  const { viewer } = stream;
  const { tx, extra } = writer;
  if (!packet.isDescribed) return extra.copied(packet, viewer.extensionIds, tx);
  const mask = toldTargets(stream, packet);
  if (mask === 0 && leg.frameShift === 0) return extra.copied(packet, viewer.extensionIds, tx);
  return extra.described(packet, viewer.extensionIds, tx, leg.frameShift, mask);
}

/** What a viewer is told of the targets that there are with this packet; 0 for nothing. */
export function toldTargets({ hasTurned, cap }: OutStream, { isDescribed, descriptor }: MediaPacket): number {
  if (!isDescribed) return 0;
  return descriptor.bringsStructure || descriptor.activeTargets !== -1 || hasTurned ? cap.activeTargets : 0;
}

/** Adds elements to a row, unless they have a form that the viewer does not take. */
export function addExtra(stream: OutStream, to: number, extra: number, writer: RowWriter): void {
  if (writer.extra.isTwoByte && !stream.viewer.takesTwoByteExtensions) return;
  const { rows } = writer.tx;
  rows[to + TX.EXTRA] = extra;
  rows[to + TX.FORM]! |= writer.extra.isTwoByte ? FORM.EXTRA | FORM.TWO_BYTE_EXTENSIONS : FORM.EXTRA;
}
