import type { Inspection } from '../../tls/index.js';
import { bad, ok, type Verdict, warn } from '../verdict.js';

/** Whether browsers that know only the roots find their way to one: each certificate signed by the one after it; null without one. */
export function judgeCertificateChain(inspection: Inspection): Verdict | null {
  if (inspection.kind === 'own' || inspection.kind === 'to-be-made') return ok((m) => m.doctor.chain.own);
  if (inspection.kind !== 'given') return null;
  const { chain } = inspection;
  const [leaf] = chain;
  if (leaf.isSelfSigned) {
    return warn(
      (m) => m.doctor.chain.selfSigned,
      (m) => m.doctor.chain.remedySelfSigned,
    );
  }
  if (leaf.isAuthority) {
    return bad(
      (m) => m.doctor.chain.leafIsAuthority,
      (m) => m.doctor.chain.remedyOrder,
    );
  }
  const loose = chain.slice(0, -1).findIndex(({ isSignedByNext }) => !isSignedByNext);
  if (loose !== -1) {
    return warn(
      (m) => m.doctor.chain.wrongOrder(loose + 2),
      (m) => m.doctor.chain.remedyOrder,
    );
  }
  if (chain.length > 1) return ok((m) => m.doctor.chain.complete(chain.length));
  return warn(
    (m) => m.doctor.chain.alone(leaf.issuer),
    (m) => m.doctor.chain.remedyAlone,
  );
}
