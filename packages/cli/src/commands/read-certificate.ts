import { readFileSync } from 'node:fs';
import { ConfigError } from '@madang/server';

/** The PEM text of the file that `--ca` names. Throws `ConfigError` when there is none or it can't be read. */
export function readCertificate(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const name = `--ca ${path}`;
    throw new ConfigError(({ config }) =>
      code === 'ENOENT' ? config.noSuchFile(name) : config.unreadable(name, String(code)),
    );
  }
}
