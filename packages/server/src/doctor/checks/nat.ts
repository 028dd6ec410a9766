import { addressKind, reaching } from '../address-kind.js';
import { ok, type Verdict, warn } from '../verdict.js';

export interface NatReading {
  readonly addresses: readonly string[];
  readonly announce: readonly string[];
  /** Whether the server listens on loopback only: then what is before it meets the NAT. */
  readonly loopbackOnly: boolean;
  /** The ports a router would have to forward. */
  readonly ports: readonly (number | 'off')[];
}

/** A guess from the addresses alone: nobody outside is asked. */
export function judgeNat({ addresses, announce, loopbackOnly, ports }: NatReading): Verdict {
  if (loopbackOnly) return ok((m) => m.doctor.nat.bound);
  const usable = reaching(addresses);
  if (usable.length === 0) return ok((m) => m.doctor.nat.noNetwork);
  const open = usable.find((address) => addressKind(address) === 'public');
  if (open !== undefined) return ok((m) => m.doctor.nat.none(open));
  const known = announce.find((address) => !addresses.includes(address));
  if (known !== undefined) return ok((m) => m.doctor.nat.announced(known));
  const carrier = usable.find((address) => addressKind(address) === 'carrier');
  if (carrier !== undefined && usable.every((address) => addressKind(address) === 'carrier')) {
    return warn(
      (m) => m.doctor.nat.carrier(carrier),
      (m) => m.doctor.nat.remedyCarrier,
    );
  }
  const forwarded = ports.filter((port) => port !== 'off').join(', ');
  return warn(
    (m) => m.doctor.nat.private(usable.join(', ')),
    (m) => m.doctor.nat.remedyPrivate(forwarded),
  );
}
