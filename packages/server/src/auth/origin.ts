import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from './client-address.js';

/**
 * What the `Origin` of a request says. `none`: no browser's page stands behind it. `own`: our own page. `allowed`:
 * another one, listed. `refused`: another one, not listed.
 */
export type OriginVerdict = 'none' | 'own' | 'allowed' | 'refused';

/**
 * Judges the `Origin` header (RFC 6454 §7) against the request's own origin and the list of `--allow-origin`, in which
 * `*` stands for any. The origin `null` (a sandboxed frame, a file) is refused always: anybody can have it. A request
 * without `Origin` is refused when the browser says (`Sec-Fetch-Site`) that a page of another origin caused it.
 */
export function judgeOrigin(
  headers: IncomingHttpHeaders,
  caller: Caller,
  allowOrigin: readonly string[],
): OriginVerdict {
  const written = headers.origin;
  if (written === undefined) {
    const site = headers['sec-fetch-site'];
    return site === 'cross-site' || site === 'same-site' ? 'refused' : 'none';
  }
  const origin = normaliseOrigin(written);
  if (origin === undefined) return 'refused';
  if (origin === normaliseOrigin(`${caller.protocol}://${caller.host}`)) return 'own';
  return allowOrigin.some((entry) => entry === '*' || normaliseOrigin(entry) === origin) ? 'allowed' : 'refused';
}

/** Scheme, host and port in one spelling (default ports left out); undefined when it is no origin of a web page. */
export function normaliseOrigin(text: string): string | undefined {
  if (!/^https?:\/\/[^/?#@\s\\]+$/i.test(text)) return undefined;
  return URL.canParse(text) ? new URL(text).origin : undefined;
}
