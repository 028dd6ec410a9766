import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A home folder whose certificate store (NSS) is as after a person has installed one authority in it. */
export class TrustingHome {
  readonly path = mkdtempSync(join(tmpdir(), 'madang-home-'));

  /** Certificates in PEM; without one, the store is there and trusts nobody in addition. */
  constructor(...authorities: string[]) {
    const store = join(this.path, '.pki', 'nssdb');
    mkdirSync(store, { recursive: true });
    const certutil = (...args: string[]) => execFileSync('certutil', ['-d', `sql:${store}`, ...args]);
    certutil('-N', '--empty-password');
    for (const [ix, authority] of authorities.entries()) {
      const file = join(this.path, `authority-${ix}.pem`);
      writeFileSync(file, authority);
      certutil('-A', '-t', 'C,,', '-n', `Madang local authority ${ix}`, '-i', file);
    }
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
