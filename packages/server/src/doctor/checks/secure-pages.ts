import { ok, type Verdict, warn } from '../verdict.js';

export interface SecurePagesReading {
  readonly httpsPort: number | 'off';
  /** Whether a proxy is trusted, which then speaks HTTPS. */
  readonly proxied: boolean;
  /** Whether only this machine reaches the server: its own loopback counts as secure. */
  readonly loopbackOnly: boolean;
}

/** Browsers give camera and microphone to secure contexts only (W3C mediacapture-streams §9.2). */
export function judgeSecurePages({ httpsPort, proxied, loopbackOnly }: SecurePagesReading): Verdict {
  if (httpsPort !== 'off') return ok((m) => m.doctor.securePages.https);
  if (proxied) return ok((m) => m.doctor.securePages.proxied);
  if (loopbackOnly) return ok((m) => m.doctor.securePages.loopback);
  return warn(
    (m) => m.doctor.securePages.none,
    (m) => m.doctor.securePages.remedy,
  );
}
