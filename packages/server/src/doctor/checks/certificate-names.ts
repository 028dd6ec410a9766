import type { CertificateFacts, Inspection } from '../../tls/index.js';
import { bad, ok, type Verdict, warn } from '../verdict.js';

const SHOWN_NAMES = 4;

/**
 * Whether the certificate is for what people open. With a DNS name of its own that is the name, whatever addresses the
 * machine has; without one it is every address in `addresses`, those announced or found. Null when there is none.
 */
export function judgeCertificateNames(inspection: Inspection, addresses: readonly string[]): Verdict | null {
  switch (inspection.kind) {
    case 'off':
    case 'unusable':
      return null;
    case 'to-be-made':
      return ok((m) => m.doctor.names.later);
    case 'own':
      return judgeOwn(inspection.server, inspection.leftOut);
    case 'given':
      return judgeGiven(inspection.chain[0], addresses);
  }
}

function judgeOwn(server: CertificateFacts, leftOut: readonly string[]): Verdict {
  if (leftOut.length === 0) return ok((m) => m.doctor.names.covers(shown(server)));
  return warn(
    (m) => m.doctor.names.leftOut(leftOut.join(', ')),
    (m) => m.doctor.names.remedyLeftOut,
  );
}

function judgeGiven(leaf: CertificateFacts, addresses: readonly string[]): Verdict {
  if (leaf.dnsNames.length + leaf.addresses.length === 0) {
    return bad(
      (m) => m.doctor.names.none,
      (m) => m.doctor.names.remedyNone,
    );
  }
  const hasOwnName = leaf.dnsNames.some((name) => name !== 'localhost');
  const uncovered = addresses.find((address) => !leaf.addresses.includes(address));
  if (hasOwnName || uncovered === undefined) return ok((m) => m.doctor.names.covers(shown(leaf)));
  return warn(
    (m) => m.doctor.names.uncovered(shown(leaf), uncovered),
    (m) => m.doctor.names.remedyUncovered,
  );
}

function shown({ dnsNames, addresses }: CertificateFacts): string {
  const all = [...dnsNames, ...addresses];
  const rest = all.length - SHOWN_NAMES;
  return all.slice(0, SHOWN_NAMES).join(', ') + (rest > 0 ? `, +${rest}` : '');
}
