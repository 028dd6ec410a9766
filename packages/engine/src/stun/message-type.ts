/** Methods: of STUN (RFC 8489 §18.2), TURN (RFC 8656 §17) and TURN with TCP (RFC 6062 §6.1). */
export const METHOD = {
  BINDING: 0x001,
  ALLOCATE: 0x003,
  REFRESH: 0x004,
  SEND: 0x006,
  DATA: 0x007,
  CREATE_PERMISSION: 0x008,
  CHANNEL_BIND: 0x009,
  CONNECT: 0x00a,
  CONNECTION_BIND: 0x00b,
  CONNECTION_ATTEMPT: 0x00c,
} as const;

/** The class bits of a message type, where they stand in it. */
export const MESSAGE_CLASS = { REQUEST: 0x000, INDICATION: 0x010, SUCCESS: 0x100, ERROR: 0x110 } as const;

/**
 * The 14 bits of a message type: the class between the bits of the method (RFC 8489 §5).
 *
 *     13 12 11 10  9  8  7  6  5  4  3  2  1  0
 *     M11 … … … M7 C1 M6 M5 M4 C0 M3 M2 M1 M0
 */
export function messageType(method: number, messageClass: number): number {
  return ((method & 0xf80) << 2) | ((method & 0x070) << 1) | (method & 0x00f) | messageClass;
}

export function methodOf(type: number): number {
  return ((type & 0x3e00) >> 2) | ((type & 0x00e0) >> 1) | (type & 0x000f);
}

/** One of `MESSAGE_CLASS`. */
export function classOf(type: number): number {
  return type & 0x110;
}
