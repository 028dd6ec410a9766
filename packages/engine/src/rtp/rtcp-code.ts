/** RTCP packet types (RFC 3550 §12.1, RFC 4585 §6.1, RFC 3611 §2). */
export const RTCP = {
  SENDER_REPORT: 200,
  RECEIVER_REPORT: 201,
  SOURCE_DESCRIPTION: 202,
  BYE: 203,
  APPLICATION: 204,
  TRANSPORT_FEEDBACK: 205,
  PAYLOAD_FEEDBACK: 206,
  EXTENDED_REPORT: 207,
} as const;

/** The five bits beside the type in a `TRANSPORT_FEEDBACK` (RFC 4585 §6.2, draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1). */
export const TRANSPORT_FEEDBACK_FORMAT = { NACK: 1, TRANSPORT_WIDE: 15 } as const;

/** The five bits beside the type in a `PAYLOAD_FEEDBACK` (RFC 4585 §6.3, RFC 5104 §4.3). */
export const PAYLOAD_FEEDBACK_FORMAT = { PLI: 1, FIR: 4, APPLICATION: 15 } as const;

/** Bytes of the header that every RTCP packet has. */
export const RTCP_HEADER_BYTES = 4;
