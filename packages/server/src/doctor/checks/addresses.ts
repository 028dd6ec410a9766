import { reaching } from '../address-kind.js';
import { ok, type Verdict, warn } from '../verdict.js';

/** `addresses` are those of all interfaces, loopback among them. */
export function judgeAddresses(addresses: readonly string[]): Verdict {
  const usable = reaching(addresses);
  const ipv4 = usable.filter((address) => !address.includes(':'));
  const ipv6 = usable.filter((address) => address.includes(':'));
  if (usable.length === 0) {
    return warn(
      (m) => m.doctor.addresses.loopbackOnly,
      (m) => m.doctor.addresses.remedyNetwork,
    );
  }
  if (ipv4.length === 0) {
    return warn(
      (m) => m.doctor.addresses.noIpv4(ipv6.join(', ')),
      (m) => m.doctor.addresses.remedyIpv4,
    );
  }
  return ok((m) => m.doctor.addresses.found(ipv4.join(', '), ipv6.join(', ') || m.doctor.addresses.none));
}
