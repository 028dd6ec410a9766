import { ConfigError } from '../config/index.js';
import { portHolder } from '../doctor/index.js';

/** What the operator is told when a port can't be opened: one line, and what to change. */
export async function listenError(
  error: NodeJS.ErrnoException,
  scheme: 'http' | 'https',
  address: string,
  port: number,
): Promise<Error> {
  const flag = `--${scheme}-port`;
  switch (error.code) {
    case 'EADDRINUSE': {
      const holder = await portHolder(port);
      return new ConfigError(({ start }) =>
        holder === undefined ? start.portInUse(port, flag) : start.portInUseBy(port, holder, flag),
      );
    }
    case 'EACCES':
      return new ConfigError((m) => m.start.portForbidden(port, flag));
    case 'EADDRNOTAVAIL':
      return new ConfigError((m) => m.start.noSuchAddress(address));
    default:
      return error;
  }
}
