import type { Server as HttpsServer } from 'node:https';
import type { TLSSocket } from 'node:tls';

/** Another protocol inside TLS on the port of HTTPS. */
export interface TlsGuest {
  /** What its clients may say in ALPN that they want (RFC 7301). */
  readonly alpn: readonly string[];
  /** Whether a connection that begins with this byte is its own. */
  begins(firstByte: number): boolean;
  /** The connection is its own from now on; `early` is what was read of it. */
  take(socket: TLSSocket, early: Uint8Array): void;
}

/** What a client names in ALPN that wants HTTP; what others may name is the guest's. */
export const HTTP_ALPN = 'http/1.1';

/**
 * Lets a guest have the connections of an HTTPS server that are its own. ALPN tells at once, and so does the first byte
 * after the handshake; who sends none within `silentMs` is cut off.
 */
export function shareTls(server: HttpsServer, guest: TlsGuest, silentMs: number): void {
  const serve = server.listeners('secureConnection') as ((socket: TLSSocket) => void)[];
  server.removeAllListeners('secureConnection');
  server.on('secureConnection', (socket: TLSSocket) => {
    const toHttp = () => {
      for (const listener of serve) listener.call(server, socket);
    };
    if (socket.alpnProtocol === HTTP_ALPN) toHttp();
    else if (socket.alpnProtocol) guest.take(socket, new Uint8Array(0));
    else awaitFirstBytes(socket, silentMs, (bytes) => tellApart(socket, bytes, guest, toHttp));
  });
}

function tellApart(socket: TLSSocket, bytes: Buffer, guest: TlsGuest, toHttp: () => void): void {
  if (guest.begins(bytes[0]!)) {
    guest.take(socket, bytes);
    return;
  }
  socket.unshift(bytes);
  toHttp();
}

function awaitFirstBytes(socket: TLSSocket, silentMs: number, come: (bytes: Buffer) => void): void {
  const deadline = setTimeout(() => socket.destroy(), silentMs);
  // Its end is told by `close`, whatever the error was.
  socket.on('error', () => {});
  socket.once('close', () => clearTimeout(deadline));
  socket.once('readable', () => {
    clearTimeout(deadline);
    const bytes: Buffer | null = socket.read();
    if (bytes !== null) come(bytes);
    else socket.destroy();
  });
}
