import { type Config, ConfigError } from '../config/index.js';
import { keptTurnSecret } from '../media/index.js';

/**
 * What TURN credentials are made with, and the others that are accepted: those of the settings, or else the one kept in the
 * data directory, which is made if need be. Empty when nobody needs one. Throws `ConfigError`.
 */
export async function turnSecrets(config: Config): Promise<readonly string[]> {
  const { turnSecret, turnPort, turnsPort, share443, dataDir } = config;
  if (turnSecret.length > 0) return turnSecret;
  if (turnPort === 'off' && turnsPort === 'off' && !share443) return [];
  try {
    return [await keptTurnSecret(dataDir)];
  } catch (error) {
    const { code, path, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new ConfigError((m) => m.config.certificate.noDataDir(dataDir, String(code), path ?? syscall));
  }
}

/** Without HTTPS browsers know no authority of ours: then TURN speaks TLS only with a certificate that was given. */
export function needsCertificate({ httpsPort, turnsPort, tlsCert }: Config): boolean {
  return httpsPort !== 'off' || (turnsPort !== 'off' && tlsCert !== undefined);
}
