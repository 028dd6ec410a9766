/**
 * Whether a packet that is RTP or RTCP is RTCP, by its second byte: packet types 192 to 223 (RFC 5761 §4). An RTP payload
 * type from 64 to 95 is therefore never negotiated.
 */
export function isRtcp(secondByte: number): boolean {
  return secondByte >= 192 && secondByte <= 223;
}
