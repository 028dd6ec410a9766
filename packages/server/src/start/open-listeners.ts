import type { Config } from '../config/index.js';
import { type Listener, listen, type Traffic } from '../http/index.js';
import type { KeyPair } from '../tls/index.js';
import { listenError } from './listen-error.js';

/**
 * Opens the ports for HTTP and HTTPS on every address. Without `bind` that is one socket for IPv6 and IPv4, or for IPv4
 * alone where there is no IPv6. Closes what it has opened when one fails, and throws what the operator should read.
 */
export async function openListeners(
  config: Config,
  certificate: KeyPair | null,
  traffic: Traffic,
): Promise<Listener[]> {
  const opened: Listener[] = [];
  try {
    if (config.httpPort !== 'off') opened.push(...(await openPort(config, config.httpPort, undefined, traffic)));
    if (config.httpsPort !== 'off' && certificate !== null) {
      opened.push(...(await openPort(config, config.httpsPort, certificate, traffic)));
    }
    return opened;
  } catch (error) {
    await Promise.all(opened.map((listener) => listener.close()));
    throw error;
  }
}

/** Port 0 becomes the same free port on every address. */
async function openPort(
  config: Config,
  port: number,
  certificate: KeyPair | undefined,
  traffic: Traffic,
): Promise<Listener[]> {
  const open = (address: string, at: number) =>
    listen({ address, port: at, ...(certificate && { certificate }) }, traffic);
  const opened: Listener[] = [];
  for (const address of config.bind.length > 0 ? config.bind : ['::']) {
    const at = opened[0]?.port ?? port;
    try {
      opened.push(await open(address, at));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const noIpv6 = config.bind.length === 0 && (code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL');
      if (noIpv6) opened.push(await open('0.0.0.0', at));
      else {
        await Promise.all(opened.map((listener) => listener.close()));
        const flag = certificate ? '--https-port' : '--http-port';
        const wanted = { flag, addressFlag: '--bind', transport: 'TCP', address, port: at } as const;
        throw await listenError(error as NodeJS.ErrnoException, wanted);
      }
    }
  }
  return opened;
}
