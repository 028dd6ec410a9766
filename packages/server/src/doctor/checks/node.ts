import { bad, ok, type Verdict } from '../verdict.js';

const LEAST = [20, 19] as const;

/** `version` as in `v20.19.0`. */
export function judgeNode(version: string): Verdict {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const enough = major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
  const shown = version.replace(/^v/, '');
  if (enough) return ok(() => shown);
  return bad(
    (m) => m.doctor.node.tooOld(shown),
    (m) => m.doctor.node.remedy(LEAST.join('.')),
  );
}
