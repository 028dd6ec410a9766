import { EXTENSION, readRtpHeader } from '../rtp/index.js';
import type { Leg } from './leg.js';
import type { OutStream } from './out-stream.js';
import type { RowWriter } from './row-writer.js';

/**
 * The column `EXTRA` of a packet that is sent from its slot later than in its batch: the header extensions of the original, read
 * anew; 0 for none.
 */
export function keptExtra(stream: OutStream, leg: Leg, slot: number, payloadAt: number, writer: RowWriter): number {
  const packet = writer.kept;
  packet.slab = writer.slab;
  const begin = slot * writer.slotBytes;
  if (!readRtpHeader(packet.slab, begin, payloadAt, packet.header)) return 0;
  packet.places.read(packet.slab, packet.header, leg.source!.publisher.extensionIds);
  writer.extra.forget();
  const { extensionIds } = stream.viewer;
  const isShifted = packet.places.at(EXTENSION.DEPENDENCY_DESCRIPTOR) >= 0 && leg.frameShift !== 0;
  const column = isShifted
    ? writer.extra.described(packet, extensionIds, writer.tx, leg.frameShift, 0)
    : writer.extra.copied(packet, extensionIds, writer.tx);
  writer.extra.forget();
  return column;
}
