import { ReportBlock, RTCP, RtcpCursor, RtcpWriter, readReportBlock, reportBlocks } from '../../src/rtp/index.js';

/** The packets of compounds, in order: type, count or format, and who and what they are about. */
export function packetsOf(compounds: readonly Uint8Array[]) {
  return compounds.flatMap((bytes) => {
    const cursor = new RtcpCursor();
    if (!cursor.start(bytes, 0, bytes.length)) throw new Error('no compound');
    const packets = [];
    while (cursor.next()) {
      const { type, count, senderSsrc, mediaSsrc } = cursor;
      const isReport = type === RTCP.RECEIVER_REPORT || type === RTCP.SENDER_REPORT;
      const blocks = Array.from({ length: isReport ? reportBlocks(cursor) : 0 }, (_, ix) => {
        const block = new ReportBlock();
        readReportBlock(cursor, ix, block);
        return block;
      });
      const body = Uint8Array.from(bytes.subarray(cursor.at, cursor.end));
      packets.push({ type, count, senderSsrc, mediaSsrc, blocks, body });
    }
    return packets;
  });
}

/** One compound. */
export function compound(...writes: ((writer: RtcpWriter) => boolean)[]): Uint8Array {
  const writer = new RtcpWriter().begin(new Uint8Array(1_400), 0, 1_400);
  for (const write of writes) if (!write(writer)) throw new Error('no room');
  return writer.bytes.slice(0, writer.length);
}
