import { readU16, readU32 } from '../bytes/index.js';

/**
 * The header of an RTP packet (RFC 3550 §5.1), with the place of its extension block and of its payload:
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *     |                           timestamp                           |
 *     |                             SSRC                              |
 *     |                      CSRC, CC times                           |
 *     |    profile of the extension   |  its length in 32-bit words   |  only with X
 *     |                      extension, payload, padding              |
 *
 * One object is filled again for every packet. Places are indices into the bytes that were read, not into the packet.
 * Timestamp and SSRC stand here bit for bit, as in the batch tables: a number above 2^31 would be an object of its own
 * wherever it is passed on. Read them with `>>> 0`.
 */
export class RtpHeader {
  payloadType = 0;
  marker = false;
  seq16 = 0;
  /** Signed, bit for bit. */
  rtpTs = 0;
  /** Signed, bit for bit. */
  ssrc = 0;
  csrcCount = 0;
  /** The 16 bits that say which form the extension block has; meaningless while `extensionBytes` is 0. */
  extensionProfile = 0;
  extensionAt = 0;
  /** 0 when there is no extension, or an empty one. */
  extensionBytes = 0;
  payloadAt = 0;
  /** Without padding. 0 for a packet that only probes. */
  payloadBytes = 0;
  paddingBytes = 0;

  /** Says the same as another. */
  copy(from: RtpHeader): void {
    this.payloadType = from.payloadType;
    this.marker = from.marker;
    this.seq16 = from.seq16;
    this.rtpTs = from.rtpTs;
    this.ssrc = from.ssrc;
    this.csrcCount = from.csrcCount;
    this.extensionProfile = from.extensionProfile;
    this.extensionAt = from.extensionAt;
    this.extensionBytes = from.extensionBytes;
    this.payloadAt = from.payloadAt;
    this.payloadBytes = from.payloadBytes;
    this.paddingBytes = from.paddingBytes;
  }
}

const FIXED_BYTES = 12;
const EXTENSION_HEADER_BYTES = 4;

/**
 * Reads the header of the packet at `at` of `length` bytes, which have to lie inside `bytes`. False when they are no RTP
 * packet: another version, or CSRCs, an extension or padding that reach over its end (RFC 3550 A.1); `header` holds
 * nothing of use then. Never throws, never allocates.
 */
export function readRtpHeader(bytes: Uint8Array, at: number, length: number, header: RtpHeader): boolean {
  if (length < FIXED_BYTES) return false;
  const first = bytes[at]!;
  if (first >>> 6 !== 2) return false;
  const end = at + length;
  header.csrcCount = first & 0x0f;
  const afterCsrcs = at + FIXED_BYTES + 4 * header.csrcCount;
  const payloadAt =
    (first & 0x10) === 0 ? withoutExtension(header, afterCsrcs) : readExtension(bytes, afterCsrcs, end, header);
  if (payloadAt < 0 || payloadAt > end) return false;
  const paddingBytes = (first & 0x20) === 0 ? 0 : readPadding(bytes, payloadAt, end);
  if (paddingBytes < 0) return false;
  const second = bytes[at + 1]!;
  header.marker = second >= 0x80;
  header.payloadType = second & 0x7f;
  header.seq16 = readU16(bytes, at + 2);
  header.rtpTs = readU32(bytes, at + 4) | 0;
  header.ssrc = readU32(bytes, at + 8) | 0;
  header.payloadAt = payloadAt;
  header.payloadBytes = end - payloadAt - paddingBytes;
  header.paddingBytes = paddingBytes;
  return true;
}

function withoutExtension(header: RtpHeader, at: number): number {
  header.extensionAt = at;
  header.extensionBytes = 0;
  header.extensionProfile = 0;
  return at;
}

/** Returns where the extension ends; -1 when its header lies beyond the packet. */
function readExtension(bytes: Uint8Array, at: number, end: number, header: RtpHeader): number {
  if (at + EXTENSION_HEADER_BYTES > end) return -1;
  header.extensionProfile = readU16(bytes, at);
  header.extensionAt = at + EXTENSION_HEADER_BYTES;
  header.extensionBytes = 4 * readU16(bytes, at + 2);
  return header.extensionAt + header.extensionBytes;
}

/** How many bytes of padding there are, the last of which says so; -1 when it says none, or more than there are. */
function readPadding(bytes: Uint8Array, payloadAt: number, end: number): number {
  if (payloadAt >= end) return -1;
  const count = bytes[end - 1]!;
  return count === 0 || count > end - payloadAt ? -1 : count;
}
