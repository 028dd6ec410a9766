/** How much a type of candidate is preferred (RFC 8445 §5.1.2.2). */
const TYPE_PREFERENCE = { host: 126, prflx: 110, srflx: 100, relay: 0 } as const;

/** For TCP by its direction (RFC 6544 §4.2): what a client can open is the passive one. */
const TCP_DIRECTION = { active: 6, passive: 4, so: 2 } as const;

/** UDP before TCP of the same type: TCP is for networks that let nothing else through. */
const TCP_TYPE_LESS = 36;

export interface Preference {
  readonly type: keyof typeof TYPE_PREFERENCE;
  readonly tcpType?: keyof typeof TCP_DIRECTION;
  /** From 0 to 8191, higher is better: which of several addresses. */
  readonly rank: number;
  /** 1 for RTP, also when RTCP shares it. */
  readonly component?: number;
}

/** The priority of a candidate, from 1 to 2^31 - 1 (RFC 8445 §5.1.2.1). */
export function candidatePriority({ type, tcpType, rank, component = 1 }: Preference): number {
  const typePreference = Math.max(0, TYPE_PREFERENCE[type] - (tcpType === undefined ? 0 : TCP_TYPE_LESS));
  const local = tcpType === undefined ? 65_535 - (8191 - rank) : (TCP_DIRECTION[tcpType] << 13) | rank;
  return typePreference * 2 ** 24 + local * 2 ** 8 + (256 - component);
}

/** The priority of a pair (RFC 8445 §6.1.2.3), of 64 bits. */
export function pairPriority(controlling: number, controlled: number): bigint {
  const [low, high] = [Math.min(controlling, controlled), Math.max(controlling, controlled)];
  return (BigInt(low) << 32n) + 2n * BigInt(high) + (controlling > controlled ? 1n : 0n);
}
