import { addressKind, reaching } from '../address-kind.js';
import { bad, ok, type Verdict, warn } from '../verdict.js';

export interface AnnounceReading {
  readonly announce: readonly string[];
  readonly addresses: readonly string[];
}

/** Addresses come well-formed from the settings; here is whether anybody gets anywhere with them. */
export function judgeAnnounce({ announce, addresses }: AnnounceReading): Verdict {
  if (announce.length === 0) return ok((m) => m.doctor.announce.found);
  const unusable = announce.find((address) => !['public', 'private', 'carrier'].includes(addressKind(address)));
  if (unusable !== undefined) {
    return bad(
      (m) => m.doctor.announce.unusable(unusable),
      (m) => m.doctor.announce.remedyUnusable,
    );
  }
  const unbound = announce.filter((address) => !addresses.includes(address));
  const own = reaching(addresses);
  const doubtful = unbound.find((address) => !mayBeTranslated(address, own));
  if (doubtful !== undefined) {
    return warn(
      (m) => m.doctor.announce.unbound(doubtful),
      (m) => m.doctor.announce.remedyUnbound(own.join(', ') || '127.0.0.1'),
    );
  }
  if (unbound.length === 0) return ok((m) => m.doctor.announce.bound(announce.join(', ')));
  return ok((m) => m.doctor.announce.oneToOne(unbound.join(', '), own.join(', ')));
}

/** As clouds do it: the machine has private addresses only, and a public one is translated to them. */
function mayBeTranslated(address: string, own: readonly string[]): boolean {
  const noneIsPublic = own.length > 0 && own.every((known) => addressKind(known) !== 'public');
  return addressKind(address) === 'public' && noneIsPublic;
}
