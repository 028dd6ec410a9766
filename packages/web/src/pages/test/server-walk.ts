/** How a STUN or TURN server is reached, by its URL (RFC 7064, RFC 7065). */
export type ServerTransport = 'udp' | 'tcp' | 'tls';

/** What may be in the way to a server, or through it. */
export type ServerCause =
  | 'bad-url'
  | 'unreachable'
  | 'unauthorized'
  | 'quota'
  | 'full'
  | 'refused'
  | 'silent'
  /** It gave a relayed address, and nothing came through. */
  | 'no-echo';

/** What a try of one URL came to. */
export interface ServerWalk {
  readonly url: string;
  readonly kind: 'stun' | 'turn';
  readonly transport: ServerTransport;
  readonly end: /** `gatheredMs`: until the address was there. `echoMs`: there and back through two relayed addresses; of TURN only. */
    | { readonly state: 'works'; readonly gatheredMs: number; readonly echoMs?: number }
    | { readonly state: 'failed'; readonly step: ServerStep; readonly cause: ServerCause; readonly code: number };
}

/** `answer` of a STUN server; `relay` and then `echo` of a TURN server. */
export type ServerStep = 'answer' | 'relay' | 'echo';

/** What a browser says of a server that gave nothing (`icecandidateerror`). */
export interface ServerError {
  readonly code: number;
}

const UNREACHABLE = 701;
const BY_CODE: Readonly<Record<number, ServerCause>> = {
  401: 'unauthorized',
  438: 'unauthorized',
  486: 'quota',
  508: 'full',
};

/** Why a server gave nothing. A refusal says more than a time-out on another interface. */
export function causeOf(errors: readonly ServerError[]): { readonly cause: ServerCause; readonly code: number } {
  const refusal = errors.find(({ code }) => code !== UNREACHABLE);
  if (refusal !== undefined) return { cause: BY_CODE[refusal.code] ?? 'refused', code: refusal.code };
  return errors.length > 0 ? { cause: 'unreachable', code: UNREACHABLE } : { cause: 'silent', code: 0 };
}

export function kindOf(url: string): ServerWalk['kind'] {
  return /^turns?:/i.test(url) ? 'turn' : 'stun';
}

/** DTLS, which no browser speaks to a TURN server, counts as TLS. */
export function transportOf(url: string): ServerTransport {
  if (/^(?:turns|stuns):/i.test(url)) return 'tls';
  return /\?transport=tcp$/i.test(url) ? 'tcp' : 'udp';
}
