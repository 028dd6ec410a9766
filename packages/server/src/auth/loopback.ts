const LOOPBACK = /^(?:127\.|::1$)/;

/** Whether a caller's address is one of the machine itself. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.test(address);
}
