import {
  NOT_ARRIVED,
  ReportBlock,
  RtcpWriter,
  SenderInfo,
  TransportFeedback,
  writeBye,
  writeFir,
  writeNack,
  writePli,
  writeReceiverReport,
  writeRemb,
  writeReportBlock,
  writeSenderReport,
  writeSourceDescription,
} from '../../packages/engine/src/rtp/index.js';

/** Who the packets speak of, and as whom: of a call that is fuzzed its own. */
export interface RtcpStreams {
  readonly senderSsrc: number;
  readonly mediaSsrc: number;
}

function compound(write: (writer: RtcpWriter) => void): Uint8Array {
  const writer = new RtcpWriter().begin(new Uint8Array(1200), 0, 1200);
  write(writer);
  return writer.bytes.slice(0, writer.length);
}

function feedbackOf(ticks: readonly number[]): TransportFeedback {
  const feedback = new TransportFeedback(64);
  Object.assign(feedback, { baseSeq16: 65_530, count: ticks.length, reference24: 0xff_fffe, feedbackSeq8: 255 });
  feedback.arrivalTicks.set(ticks);
  return feedback;
}

/** Compounds of every kind of RTCP, as senders and receivers write them. */
export function rtcpSeeds({ senderSsrc, mediaSsrc }: RtcpStreams): Uint8Array[] {
  const info = { ssrc: senderSsrc, ntpSeconds: 0xffff_ffff, ntpFraction: 7, rtpTs: 9, packets: 10, octets: 11 };
  const block = { ssrc: mediaSsrc, fractionLost: 9, cumulativeLost: -3, highestSeq32: 0x1_0005, jitterTs: 4 };
  const sender = Object.assign(new SenderInfo(), info);
  const report = Object.assign(new ReportBlock(), { ...block, lastSr: 5, sinceLastSr: 65_536 });
  const apart = Array.from({ length: 30 }, (_, ix) => (ix % 3 === 1 ? NOT_ARRIVED : ix * 40 * (ix % 7)));
  return [
    compound((writer) => {
      writeSenderReport(writer, sender);
      for (let count = 0; count < 3; count++) writeReportBlock(writer, report);
      writeSourceDescription(writer, senderSsrc, 'anna@madang');
    }),
    compound((writer) => {
      writeReceiverReport(writer, senderSsrc);
      writeReportBlock(writer, report);
      writeBye(writer, [senderSsrc, mediaSsrc]);
    }),
    compound((writer) => writeNack(writer, senderSsrc, mediaSsrc, Uint16Array.of(65_535, 0, 3, 16, 17, 40), 6)),
    compound((writer) => feedbackOf(apart).write(writer, senderSsrc, mediaSsrc)),
    compound((writer) => feedbackOf(Array<number>(60).fill(NOT_ARRIVED)).write(writer, senderSsrc, mediaSsrc)),
    compound((writer) => feedbackOf(apart.map((_, ix) => ix)).write(writer, senderSsrc, mediaSsrc)),
    compound((writer) => {
      writePli(writer, senderSsrc, mediaSsrc);
      writeFir(writer, senderSsrc, mediaSsrc, 200);
      writeRemb(writer, senderSsrc, { bitrateBps: 2_500_000, ssrcs: [mediaSsrc, 5] });
    }),
    compound((writer) => writeRemb(writer, senderSsrc, { bitrateBps: 2 ** 70, ssrcs: [] })),
    // An application's own (204), an extended report (207, RFC 3611 §4.1), and one that nobody has heard of.
    Uint8Array.of(0x81, 204, 0, 3, 0, 0, 0, 9, 0x74, 0x65, 0x73, 0x74, 1, 2, 3, 4),
    Uint8Array.of(0x80, 207, 0, 5, 0, 0, 0, 9, 4, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8, 6, 0, 0, 0),
    Uint8Array.of(0xa1, 222, 0, 2, 0, 0, 0, 9, 0, 0, 0, 4),
  ];
}
