import { addressKind, reaching } from '../address-kind.js';
import { bad, ok, type Verdict, warn } from '../verdict.js';

export interface BindReading {
  readonly bind: readonly string[];
  readonly addresses: readonly string[];
  /** Whether a proxy is trusted, which then is what others reach. */
  readonly proxied: boolean;
}

const ANY = ['::', '0.0.0.0'];

/** Whether these bound addresses are for this machine alone. */
export function isLoopbackOnly(bind: readonly string[]): boolean {
  return bind.length > 0 && bind.every((address) => addressKind(address) === 'loopback');
}

export function judgeBind({ bind, addresses, proxied }: BindReading): Verdict {
  if (bind.length === 0) return ok((m) => m.doctor.bind.all);
  const list = bind.join(', ');
  const missing = bind.find((address) => !isHere(address, addresses));
  if (missing !== undefined) {
    return bad(
      (m) => m.doctor.bind.missing(missing),
      (m) => m.doctor.bind.remedyMissing(reaching(addresses).join(', ') || '127.0.0.1'),
    );
  }
  if (!isLoopbackOnly(bind)) return ok((m) => m.doctor.bind.some(list));
  if (proxied) return ok((m) => m.doctor.bind.proxied(list));
  return warn(
    (m) => m.doctor.bind.loopback(list),
    (m) => m.doctor.bind.remedyLoopback,
  );
}

/** All of 127.0.0.0/8 is bound to where one of it is (RFC 1122 §3.2.1.3). */
function isHere(address: string, addresses: readonly string[]): boolean {
  if (ANY.includes(address) || addresses.includes(address)) return true;
  return address.startsWith('127.') && addresses.some((known) => known.startsWith('127.'));
}
