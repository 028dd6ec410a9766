export { readAv1 } from './av1-payload.js';
export { readBye, writeBye } from './bye.js';
export { allTargets, DependencyDescriptor } from './dependency-descriptor.js';
export { MOST_REWRITE_BYTES, rewriteActiveTargets } from './dependency-rewrite.js';
export { DependencyStructure, INDICATION, MOST_TARGETS } from './dependency-structure.js';
export { EXTENSION, EXTENSION_COUNT, EXTENSION_URI, type ExtensionName } from './extension.js';
export { ExtensionIds } from './extension-ids.js';
export { ExtensionPlaces } from './extension-places.js';
export {
  type AbsCaptureTime,
  absCaptureTime,
  absSendTime,
  audioLevel,
  extensionText,
  playoutDelay,
  transportSeq16,
  videoOrientation,
} from './extension-values.js';
export { type ExtensionForm, ExtensionWriter } from './extension-writer.js';
export { readH264 } from './h264-payload.js';
export { readH265 } from './h265-payload.js';
export { isRtcp } from './is-rtcp.js';
export { firEntries, firRequestSeq8, firSsrc, writeFir, writePli } from './keyframe-request.js';
export { readNack, writeNack } from './nack.js';
export { ntpFraction, ntpMiddle, ntpSeconds, ntpToMs } from './ntp.js';
export { isOpusSilence, isOpusStereo, opusTicks } from './opus-payload.js';
export { MOST_SPATIAL_LAYERS, PayloadMarks } from './payload-marks.js';
export { readMarks, VIDEO_CODEC } from './read-marks.js';
export { RedBlocks } from './red-blocks.js';
export { type Remb, readRemb, writeRemb } from './remb.js';
export {
  ReportBlock,
  readReportBlock,
  readSenderInfo,
  reportBlocks,
  SenderInfo,
  writeReceiverReport,
  writeReportBlock,
  writeSenderReport,
} from './report.js';
export { PAYLOAD_FEEDBACK_FORMAT, RTCP, RTCP_HEADER_BYTES, TRANSPORT_FEEDBACK_FORMAT } from './rtcp-code.js';
export { RtcpCursor } from './rtcp-cursor.js';
export { RtcpWriter } from './rtcp-writer.js';
export { RtpHeader, readRtpHeader } from './rtp-header.js';
export { type RtpParts, rtpPacket } from './rtp-packet.js';
export { originalSeq16, RTX_PREFIX_BYTES } from './rtx.js';
export { readSourceDescription, type SourceName, writeSourceDescription } from './source-description.js';
export { NOT_ARRIVED, REFERENCE_TICKS, TICK_US, TransportFeedback } from './transport-feedback.js';
export { readVp8 } from './vp8-payload.js';
export { readVp9 } from './vp9-payload.js';
