import { loadAddon } from './addon.js';
import { BindError } from './bind-error.js';

/**
 * A TCP socket that is bound to a numeric address and no more, as a file descriptor that is the caller's to close: for
 * `net.Server` to listen on, or for `net.Socket` to connect from. With `joins` the port is that of a socket which was
 * bound here without, and listens; without, nobody else may have it. Throws `BindError`, `AddonMissing`.
 */
export function bindTcp(ip: string, port: number, { joins }: { readonly joins: boolean }): number {
  const fd = loadAddon().bindTcp(ip, port, joins);
  if (fd < 0) throw new BindError(-fd, ip, port);
  return fd;
}
