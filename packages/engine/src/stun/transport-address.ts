/** A host and a port. The family is told by the host: 4 bytes are IPv4, 16 are IPv6, in network order. */
export interface TransportAddress {
  readonly host: Uint8Array;
  readonly port: number;
}

export type Family = 4 | 6;

export function familyOf(host: Uint8Array): Family {
  return host.length === 4 ? 4 : 6;
}

/** The number of the family in attributes (RFC 8489 §14.1). */
export const FAMILY_CODE = { 4: 1, 6: 2 } as const;

/** The family that an attribute names; null for any other number. */
export function familyFromCode(code: number): Family | null {
  if (code === FAMILY_CODE[4]) return 4;
  return code === FAMILY_CODE[6] ? 6 : null;
}
