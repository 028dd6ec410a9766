import { type Caller, judgeOrigin } from '../auth/index.js';

const READABLE = 'Location, ETag, Link, Accept-Patch, Accept-Post, Retry-After, WWW-Authenticate';

/** Whether a page of the request's origin may come here, and the headers that tell its browser so. */
export type CrossOrigin =
  | { readonly kind: 'refused' }
  | { readonly kind: 'let-in'; readonly headers: Readonly<Record<string, string>> };

/** By the same list of origins as the signaling. Nothing here rests on cookies, and credentials are not allowed. */
export function crossOrigin(request: Request, caller: Caller, allowOrigin: readonly string[]): CrossOrigin {
  const origin = request.headers.get('origin') ?? undefined;
  const site = request.headers.get('sec-fetch-site') ?? undefined;
  const written = { ...(origin !== undefined && { origin }), ...(site !== undefined && { 'sec-fetch-site': site }) };
  const verdict = judgeOrigin(written, caller, allowOrigin);
  if (verdict === 'refused') return { kind: 'refused' };
  if (verdict !== 'allowed' || origin === undefined) return { kind: 'let-in', headers: { Vary: 'Origin' } };
  return {
    kind: 'let-in',
    headers: { Vary: 'Origin', 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': READABLE },
  };
}

/** What a preflight is told besides (Fetch §3.2.3). It carries no token, so it is told nothing that needs one. */
export function preflightHeaders(methods: string): Readonly<Record<string, string>> {
  return {
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': 'authorization, content-type, if-match',
    'Access-Control-Max-Age': '7200',
  };
}
