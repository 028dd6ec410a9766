import { ConfigError } from '../config/index.js';
import { portHolder } from './port-holder.js';

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
      return new ConfigError(`port ${port} is in use${holder ? ` by ${holder}` : ''}; choose another one with ${flag}`);
    }
    case 'EACCES':
      return new ConfigError(`port ${port} may not be opened by this user; choose one above 1023 with ${flag}`);
    case 'EADDRNOTAVAIL':
      return new ConfigError(`this machine has no address ${address}; correct --bind`);
    default:
      return error;
  }
}
