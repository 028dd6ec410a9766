import type { Family } from '@madang/engine';

/** What is walked, in this order. Of `udp`, `tcp` and `tls` each transport has its own: UDP, TCP, or TCP and then TLS. */
export type TurnStep = 'dns' | 'udp' | 'tcp' | 'tls' | 'allocate' | 'permission' | 'echo';

export interface PassedStep {
  readonly step: TurnStep;
  /** For the way there and back; of `tcp` and `tls` until they stood. */
  readonly tookMs: number;
}

/** Why a step failed. */
export type TurnFault =
  /** The name has no address. */
  | { readonly cause: 'no-address'; readonly host: string }
  /** This machine has no way to an address of that kind. */
  | { readonly cause: 'no-route'; readonly code: string }
  | { readonly cause: 'port-closed'; readonly port: number; readonly code: string }
  | { readonly cause: 'silent'; readonly port: number; readonly seconds: number }
  | { readonly cause: 'cut-off'; readonly code: string }
  | { readonly cause: 'certificate'; readonly reason: string }
  /** Something else than STUN answers. */
  | { readonly cause: 'no-turn'; readonly port: number }
  /** The credential's time is over. */
  | { readonly cause: 'expired'; readonly username: string; readonly expiredMs: number }
  /** Both clocks differ by so much that what is valid by one has expired by the other. */
  | { readonly cause: 'clock-skew'; readonly lifetimeMs: number }
  /** A name that is not time-limited: unknown, or with another password, which servers do not tell apart. */
  | { readonly cause: 'unknown-user'; readonly username: string }
  /** A time-limited name with a password that the server does not come to. */
  | { readonly cause: 'wrong-secret'; readonly username: string }
  | { readonly cause: 'no-credential' }
  /** The server calls itself something else than it should. */
  | { readonly cause: 'realm'; readonly realm: string; readonly wanted: string }
  /** An answer of somebody who does not know the password. */
  | { readonly cause: 'unproven' }
  /** A nonce that the server has just given is refused, again and again. */
  | { readonly cause: 'stale-nonce' }
  | { readonly cause: 'quota' }
  | { readonly cause: 'full' }
  | { readonly cause: 'peer-refused'; readonly peer: string }
  | { readonly cause: 'refused'; readonly code: number }
  | { readonly cause: 'echo-lost'; readonly peer: string; readonly seconds: number };

export type TurnCause = TurnFault['cause'];

/** One way to a relay: a URL, over a transport, at an address, for a relayed address of a family. */
export interface TurnRoute {
  readonly url: string;
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly host: string;
  /** Null when the name has none. */
  readonly address: string | null;
  readonly port: number;
  /** How long the name took to resolve; null for an address. */
  readonly resolvedMs: number | null;
}

/** How far a route led. */
export interface TurnWalk {
  readonly route: TurnRoute;
  /** Of the relayed address. */
  readonly family: Family;
  readonly passed: readonly PassedStep[];
  readonly end:
    | { readonly kind: 'whole' }
    /** The server gives no relayed addresses of this family (440), which it may. */
    | { readonly kind: 'not-given' }
    | { readonly kind: 'failed'; readonly step: TurnStep; readonly fault: TurnFault };
}
