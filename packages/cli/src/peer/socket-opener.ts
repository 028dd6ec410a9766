import { rootCertificates } from 'node:tls';
import type { OpenSocket } from '@madang/client';
import { io } from 'socket.io-client';

/** Which certificates a socket takes. */
export interface SocketTrust {
  /** A certificate in PEM to trust besides Node's own. */
  readonly ca?: string | undefined;
  /** Trust any certificate. */
  readonly insecure?: boolean | undefined;
}

/** The SDK opens sockets as a page does; what a page leaves to its browser is said here. */
export function socketOpener({ ca, insecure }: SocketTrust): OpenSocket {
  const tls = {
    ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
    ...(insecure && { rejectUnauthorized: false }),
  };
  return ((url: string, socketOptions: object) => io(url, { ...socketOptions, ...tls })) as OpenSocket;
}
