import { ConfigError } from '../config/index.js';
import { portHolder } from '../doctor/index.js';

/** A port that was wanted, and the setting that says which. */
export interface WantedPort {
  readonly flag: string;
  /** The setting that says at which address. */
  readonly addressFlag: string;
  readonly transport: 'TCP' | 'UDP';
  readonly address: string;
  readonly port: number;
}

/** What the operator is told when a port can't be opened: one line, and what to change. */
export async function listenError(
  error: NodeJS.ErrnoException,
  { flag, addressFlag, transport, address, port }: WantedPort,
): Promise<Error> {
  switch (error.code) {
    case 'EADDRINUSE': {
      const holder = await portHolder(port, transport);
      return new ConfigError(({ start }) =>
        holder === undefined ? start.portInUse(port, flag) : start.portInUseBy(port, holder, flag),
      );
    }
    case 'EACCES':
      return new ConfigError((m) => m.start.portForbidden(port, flag));
    case 'EADDRNOTAVAIL':
      return new ConfigError((m) => m.start.noSuchAddress(address, addressFlag));
    default:
      return error;
  }
}
