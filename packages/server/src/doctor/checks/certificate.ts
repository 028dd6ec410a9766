import { type CertificateFacts, type Inspection, RENEW_BEFORE_MS } from '../../tls/index.js';
import { day, moment } from '../amount.js';
import { bad, ok, type Verdict, warn } from '../verdict.js';

const DAY_MS = 86_400_000;
const SOON_DAYS = 14;

/** Whether the certificate can be used, and for how long. */
export function judgeCertificate(inspection: Inspection, wallMs: number): Verdict {
  switch (inspection.kind) {
    case 'off':
      return ok((m) => m.doctor.certificate.off);
    case 'to-be-made':
      return ok((m) => m.doctor.certificate.toBeMade);
    case 'unusable':
      return bad(inspection.why, ({ doctor: { certificate } }) =>
        inspection.origin === 'given' ? certificate.remedyUnusable : certificate.remedyOwnUnusable,
      );
    case 'own':
      return judgeOwn(inspection.authority, inspection.server, wallMs);
    case 'given':
      return judgeGiven(inspection.chain[0], wallMs);
  }
}

/** A start renews by itself; only a new authority costs people something. */
function judgeOwn(authority: CertificateFacts, server: CertificateFacts, wallMs: number): Verdict {
  if (authority.validToMs - wallMs <= RENEW_BEFORE_MS) {
    return warn(
      (m) => m.doctor.certificate.authorityEnds(day(authority.validToMs)),
      (m) => m.doctor.certificate.remedyAuthority,
    );
  }
  const until = day(server.validToMs);
  if (server.validToMs - wallMs <= RENEW_BEFORE_MS) return ok((m) => m.doctor.certificate.ownRenews(until));
  return ok((m) => m.doctor.certificate.own(until));
}

function judgeGiven({ name, validFromMs, validToMs }: CertificateFacts, wallMs: number): Verdict {
  if (wallMs > validToMs) {
    return bad(
      (m) => m.doctor.certificate.expired(name, day(validToMs)),
      (m) => m.doctor.certificate.remedyRenew,
    );
  }
  if (wallMs < validFromMs) {
    return bad(
      (m) => m.doctor.certificate.notYet(name, moment(validFromMs)),
      (m) => m.doctor.certificate.remedyNotYet,
    );
  }
  const days = Math.floor((validToMs - wallMs) / DAY_MS);
  if (days >= SOON_DAYS) return ok((m) => m.doctor.certificate.given(name, day(validToMs)));
  return warn(
    (m) => m.doctor.certificate.ends(name, days),
    (m) => m.doctor.certificate.remedyRenew,
  );
}
