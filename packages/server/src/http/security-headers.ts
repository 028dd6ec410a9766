import type { Caller } from '../auth/index.js';

/** A `Host` that can stand in a header of ours: nothing in it ends a source expression. */
const PLAIN_HOST = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

/**
 * The content security policy of every page (CSP level 3). Scripts come from files of ours only, and so do programs in
 * WebAssembly ('wasm-unsafe-eval' lets them be compiled, and nothing else be evaluated): background blur and noise
 * suppression are such. A style element needs the page's nonce. The WebSocket addresses are spelled out for browsers in which 'self' does not stand for them.
 */
export function contentSecurityPolicy(caller: Caller, nonce?: string): string {
  const sockets = PLAIN_HOST.test(caller.host) ? ` ws://${caller.host} wss://${caller.host}` : '';
  return [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self'${nonce === undefined ? '' : ` 'nonce-${nonce}'`}`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    `connect-src 'self'${sockets}`,
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'self'",
    "form-action 'self'",
  ].join('; ');
}

/** Headers of every answer. No HSTS: it would outlive the local authority in the browsers of a whole household. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'SAMEORIGIN',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()',
};
