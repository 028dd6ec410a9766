import { bad, ok, type Verdict, warn } from '../verdict.js';

/** What came of asking a STUN or TURN server. */
export type IceProbe =
  /** `sees` is this machine's address and port as the server sees them. */
  | { readonly kind: 'answered'; readonly tookMs: number; readonly sees: string | undefined }
  | { readonly kind: 'connected'; readonly tookMs: number }
  | { readonly kind: 'unprobed' }
  | { readonly kind: 'silent'; readonly afterMs: number }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unresolved'; readonly host: string }
  | { readonly kind: 'untrusted'; readonly reason: string }
  | { readonly kind: 'no-stun' }
  | { readonly kind: 'bad-credentials' };

/** One configured URL. A server that was named and is not there is what calls fail by. */
export function judgeIceServer(probe: IceProbe): Verdict {
  switch (probe.kind) {
    case 'answered': {
      const { sees, tookMs } = probe;
      return ok(({ doctor: { ice } }) => (sees === undefined ? ice.answered(tookMs) : ice.seesUs(tookMs, sees)));
    }
    case 'connected':
      return ok((m) => m.doctor.ice.connected(probe.tookMs));
    case 'unprobed':
      return ok((m) => m.doctor.ice.unprobed);
    case 'silent':
      return bad(
        (m) => m.doctor.ice.silent(Math.round(probe.afterMs / 1_000)),
        (m) => m.doctor.ice.remedySilent,
      );
    case 'refused':
      return bad(
        (m) => m.doctor.ice.refused(probe.code),
        (m) => m.doctor.ice.remedySilent,
      );
    case 'unresolved':
      return bad(
        (m) => m.doctor.ice.unresolved(probe.host),
        (m) => m.doctor.ice.remedyUnresolved,
      );
    case 'untrusted':
      return bad(
        (m) => m.doctor.ice.untrusted(probe.reason),
        (m) => m.doctor.ice.remedyUntrusted,
      );
    case 'no-stun':
      return bad(
        (m) => m.doctor.ice.noStun,
        (m) => m.doctor.ice.remedyNoStun,
      );
    case 'bad-credentials':
      return bad(
        (m) => m.doctor.ice.badCredentials,
        (m) => m.doctor.ice.remedyCredentials,
      );
  }
}

export interface RelayReading {
  readonly urls: readonly string[];
  /** Whether this server relays itself. */
  readonly embedded: boolean;
  /** Whether people of other networks are expected: there is a public or an announced address. */
  readonly reachedFromOutside: boolean;
}

/** Whether there is a relay for those who need one; null when there is, and its own row speaks. */
export function judgeRelay({ urls, embedded, reachedFromOutside }: RelayReading): Verdict | null {
  if (embedded) return ok((m) => m.doctor.ice.embedded);
  if (urls.some((url) => /^turns?:/i.test(url))) return null;
  const [first] = urls;
  if (!reachedFromOutside) return first === undefined ? ok((m) => m.doctor.ice.noneNeeded) : null;
  return warn(
    (m) => (first === undefined ? m.doctor.ice.none : m.doctor.ice.noRelay(first)),
    (m) => m.doctor.ice.remedyNone,
  );
}
