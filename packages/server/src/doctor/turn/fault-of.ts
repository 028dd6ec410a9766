import { PATIENCE_MS, type TurnReply, type WireError } from '../../turn-client/index.js';
import type { TurnFault, TurnRoute, TurnStep } from './turn-walk.js';

const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO|HOSTNAME|ALTNAME/;
const NO_ROUTE = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'ENETDOWN', 'EAFNOSUPPORT']);
const SECONDS = PATIENCE_MS / 1_000;

/** Why a wire broke, or never came about. */
export function faultOfWire({ code = 'EIO' }: WireError, { port }: TurnRoute, step: TurnStep): TurnFault {
  if (code === 'ENOTSTUN') return { cause: 'no-turn', port };
  if (code === 'ETIMEDOUT') return { cause: 'silent', port, seconds: SECONDS };
  if (code === 'ECONNREFUSED') return { cause: 'port-closed', port, code };
  if (NO_ROUTE.has(code)) return { cause: 'no-route', code };
  if (UNTRUSTED.test(code)) return { cause: 'certificate', reason: code };
  // Who knows no TLS answers a hello by something else, or hangs up.
  return step === 'tls' ? { cause: 'no-turn', port } : { cause: 'cut-off', code };
}

/** Why a reply is none that helps; 401 is for `whyRefused`. */
export function faultOfReply(reply: TurnReply, { port }: TurnRoute): TurnFault | null {
  switch (reply.kind) {
    case 'success':
      return null;
    case 'silent':
      return { cause: 'silent', port, seconds: SECONDS };
    case 'unproven':
      return { cause: 'unproven' };
    case 'error':
      return faultOfCode(reply.code);
  }
}

function faultOfCode(code: number): TurnFault {
  if (code === 438) return { cause: 'stale-nonce' };
  if (code === 486) return { cause: 'quota' };
  return code === 508 ? { cause: 'full' } : { cause: 'refused', code };
}
