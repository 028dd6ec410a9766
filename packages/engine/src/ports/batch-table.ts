/**
 * The tables in which datagrams pass between the addon and the engine: one row of Int32 columns per packet, so that no
 * object is made for any. The addon owns the memory; a table is valid during the call that it is passed to.
 *
 * Unsigned 32-bit values (SSRC, RTP timestamp) stand in a column bit for bit: read them with `>>> 0`.
 */

/** Columns of a receive row. */
export const RX = {
  /** Where the datagram begins: at `slot * slotBytes` of the slab. */
  SLOT: 0,
  /** Bytes of the datagram, at most `slotBytes`. For SRTP already without the authentication tag. */
  LENGTH: 1,
  /** Index of the source address in the addon's table of addresses. */
  ADDRESS_IX: 2,
  /** What the addon took the datagram for: one of `KIND`. */
  KIND: 3,
  /** Index of the peer whose keys opened the packet; -1 when it was not protected or the address is new. */
  PEER_IX: 4,
  /** How long before the time of the batch the kernel took it in, in microseconds, from 0. */
  AGE_US: 5,
  /** Low two bits: the ECN field of the IP header (RFC 3168 §5). */
  IP_FLAGS: 6,
  /** Index of the local port that it came in on. */
  PORT_IX: 7,
} as const;

export const RX_COLUMNS = 8;

/** Columns of a row of kind `PEER_STATE`, besides PEER_IX and PORT_IX. Its slot is -1. */
export const PEER_ROW = {
  /** One of `PEER_STATE`. */
  STATE: 1,
  /** One of `PEER_FAILURE`. */
  FAILURE: 2,
  /** Description of the fatal alert that was received, else of the one that was sent (RFC 5246 §7.2); -1 without one. */
  ALERT: 5,
  /** The agreed SRTP profile by its number in `use_srtp`; 0 when none was. */
  SRTP_PROFILE: 6,
} as const;

/** What became of a peer's DTLS session. Each comes at most once for a peer, in this order. */
export const PEER_STATE = {
  /** The handshake is done, the certificate is the announced one, the keys are in use. */
  CONNECTED: 1,
  /** The peer has said good-bye. */
  CLOSED: 2,
  FAILED: 3,
} as const;

export const PEER_FAILURE = {
  NONE: 0,
  /** No answer, or no end of the handshake after 30 s. */
  TIMEOUT: 1,
  /** The certificate is not the one that signaling announced. */
  FINGERPRINT: 2,
  NO_PROFILE: 3,
  /** The peer gave up. */
  ALERT: 4,
  /** We gave up. */
  PROTOCOL: 5,
  /** No memory, and the like. */
  OPENSSL: 6,
} as const;

/** What a datagram is by its first byte (RFC 7983 §7, with the ranges of RFC 9443 §2), or what else a row tells. */
export const KIND = {
  UNKNOWN: 0,
  STUN: 1,
  ZRTP: 2,
  DTLS: 3,
  TURN_CHANNEL: 4,
  QUIC: 5,
  /** RTP or RTCP, which the second byte tells apart (RFC 5761 §4). */
  RTP: 6,
  /** No datagram: something happened to the connection of the row's peer. */
  PEER_STATE: 7,
  /** What a peer sent through DTLS as data: one SCTP packet (RFC 8261). */
  PEER_DATA: 8,
} as const;

export type KindName = keyof typeof KIND;

/**
 * Columns of a transmit row. What a row becomes:
 *
 * - by default an RTP packet for a peer, protected: a new header from the columns, header extensions, the payload
 * - `FORM.CLEAR_RTP` the same for an address, not protected; `FORM.RTCP` the bytes as RTCP for a peer, protected
 * - `FORM.PLAIN` the bytes as they are for an address: STUN, TURN
 * - `FORM.PEER_DATA` the bytes for a peer through DTLS
 *
 * Rows for one destination are sent in their order; packets of one length that follow each other cost the least.
 */
export const TX = {
  /** The slot whose bytes are sent, one of this batch or a held one; -1 when they stand in the table's inline area. */
  SLOT: 0,
  /** Where the bytes begin: in the slot, or in the inline area. */
  OFFSET: 1,
  LENGTH: 2,
  /** Index of the peer; with `FORM.PLAIN` and `FORM.CLEAR_RTP` of the address. */
  DESTINATION_IX: 3,
  /** Bits of `FORM`, saying which of the other columns count. */
  FORM: 4,
  SSRC: 5,
  SEQ16: 6,
  RTP_TS: 7,
  /** Low seven bits the payload type, bit 7 the marker. */
  PAYLOAD_TYPE: 8,
  /** Transport-wide sequence number, 16 bits. */
  TRANSPORT_SEQ16: 9,
  /** Index of the MID string in the addon's table of strings. */
  MID_IX: 10,
  /** The sequence number that an RTX packet repeats (RFC 4588 §4). */
  ORIGINAL_SEQ16: 11,
  /** VP8 or VP9 picture id to write into the payload, 15 bits. */
  PICTURE_ID: 12,
  /** VP8 TL0PICIDX in the low byte, KEYIDX in the next (RFC 7741 §4.2). Of VP9 only the low byte (RFC 9628 §4.2). */
  LAYER_IDS: 13,
  /** Index of the local port to send from, when DESTINATION_IX is an address. A peer has its own. */
  PORT_IX: 14,
  /** With `FORM.EXTRA`: more bytes of the inline area, `offset * 256 + length`, the length at most 255. */
  EXTRA: 15,
} as const;

export const TX_COLUMNS = 16;

/** Bits of the column `TX.FORM`. Those of header extensions do nothing for a peer that negotiated none. */
export const FORM = {
  PLAIN: 1 << 0,
  CLEAR_RTP: 1 << 1,
  TRANSPORT_SEQ: 1 << 2,
  MID: 1 << 3,
  /** The addon writes the time at which it sends. */
  ABS_SEND_TIME: 1 << 4,
  RTX: 1 << 5,
  PICTURE_ID: 1 << 6,
  LAYER_IDS: 1 << 7,
  RTCP: 1 << 8,
  /** RTP: the column EXTRA names header extension elements, encoded. PLAIN: what goes before the bytes. */
  EXTRA: 1 << 9,
  /** Header extensions in the two-byte form (RFC 8285 §4.3), those in EXTRA included. */
  TWO_BYTE_EXTENSIONS: 1 << 10,
  /** PICTURE_ID and LAYER_IDS are of VP9; without it of VP8. */
  VP9: 1 << 11,
  /** No payload but LENGTH bytes of padding, 1 to 255: a probe. */
  PADDING: 1 << 12,
  /** PLAIN: zeros at the end up to a multiple of four (RFC 8656 §12). */
  PAD4: 1 << 13,
  PEER_DATA: 1 << 14,
} as const;

/** A batch of received datagrams. */
export interface RxTable {
  /** `count` rows of `RX_COLUMNS`. */
  readonly rows: Int32Array;
  readonly count: number;
  readonly slab: Uint8Array;
  /** Bytes of a slot of the slab. */
  readonly slotBytes: number;
}

/** The datagrams to send, filled by the engine. What it holds when the call returns is sent. */
export interface TxTable {
  /** Room for `capacity` rows of `TX_COLUMNS`. */
  readonly rows: Int32Array;
  readonly capacity: number;
  /** How many rows are filled. */
  count: number;
  /** Bytes that come from no slot, such as a STUN response. */
  readonly inline: Uint8Array;
  /** How many of them are in use. */
  inlineBytes: number;
  /** Sends what is filled and empties the table: for when it is full. The fewer calls, the longer the runs. */
  flush(): void;
}
