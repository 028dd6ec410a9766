import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { PortState } from '../checks/ports.js';
import { portHolder, type Transport } from './port-holder.js';

/**
 * Opens a port for a moment on each address, as a start would: without any, on all addresses of both families, or of
 * IPv4 where there is no IPv6. `madang` is false in what it returns: who answers there is another question.
 */
export async function tryPort(transport: Transport, port: number, bind: readonly string[]): Promise<PortState> {
  const open = transport === 'TCP' ? openTcp : openUdp;
  for (const address of bind.length > 0 ? bind : ['::']) {
    let code = await open(port, address);
    const noIpv6 = bind.length === 0 && (code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL');
    if (noIpv6) code = await open(port, '0.0.0.0');
    if (code === undefined) continue;
    if (code === 'EADDRINUSE') return { kind: 'taken', by: await portHolder(port, transport), madang: false };
    return code === 'EACCES' ? { kind: 'forbidden' } : { kind: 'failed', code };
  }
  return { kind: 'free' };
}

/** The code of the error, or undefined when it could be opened. */
function openTcp(port: number, address: string): Promise<string | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EIO'));
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function openUdp(port: number, address: string): Promise<string | undefined> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  return new Promise((resolve) => {
    socket.once('error', (error: NodeJS.ErrnoException) => {
      socket.close();
      resolve(error.code ?? 'EIO');
    });
    socket.bind({ port, address, exclusive: true }, () => socket.close(() => resolve(undefined)));
  });
}
