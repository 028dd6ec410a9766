/** How whole messages travel between a client and a STUN or TURN server. */
export interface Wire {
  /** Whether messages may be lost on the way, so that requests are sent again (RFC 8489 §6.2.1). */
  readonly isLossy: boolean;
  send(message: Uint8Array): void;
  /**
   * `take` gets each message that arrives, `end` what breaks the wire: an error of the system, one with the code
   * `ENOTSTUN` when something else than STUN comes, or null when the other end closed it. To be called once.
   */
  listen(take: (message: Uint8Array) => void, end: (error: WireError | null) => void): void;
  close(): void;
}

export type WireError = Error & { readonly code?: string };

/** An error of our own with a code as the system's have. */
export function wireError(code: 'ENOTSTUN' | 'ETIMEDOUT'): WireError {
  return Object.assign(new Error(code), { code });
}
