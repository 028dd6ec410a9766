import { bad, ok, type Verdict } from '../verdict.js';

export function judgeWebApp(built: boolean): Verdict {
  if (built) return ok((m) => m.doctor.webApp.built);
  return bad(
    (m) => m.doctor.webApp.missing,
    (m) => m.doctor.webApp.remedy,
  );
}
