import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, rootCertificates } from 'node:tls';
import { HEADER_BYTES, MAGIC_COOKIE, padded } from '@madang/engine';
import { type Wire, type WireError, wireError } from './wire.js';

/** Rejects with what keeps a connection from coming about; `ETIMEDOUT` after `patienceMs`. */
export function openTcp(address: string, port: number, patienceMs: number): Promise<Socket> {
  return opened(connectTcp({ host: address, port, noDelay: true }), 'connect', patienceMs);
}

export interface TlsWishes {
  /** The name in the certificate, or the address. */
  readonly host: string;
  /** A certificate in PEM to trust besides Node's own. */
  readonly ca?: string | undefined;
  /** Trust any certificate. */
  readonly insecure?: boolean | undefined;
}

/** TLS over a connection. Rejects with the code of what is wrong with the certificate, or of the system. */
export function secure(socket: Socket, { host, ca, insecure }: TlsWishes, patienceMs: number): Promise<Socket> {
  // Without a servername the certificate is compared with `host`, which may be an address.
  const name = isIP(host) ? { host } : { host, servername: host };
  const trust = { ...(ca !== undefined && { ca: [...rootCertificates, ca] }), rejectUnauthorized: !insecure };
  return opened(connectTls({ socket, ...name, ...trust }), 'secureConnect', patienceMs);
}

function opened<S extends Socket>(socket: S, event: string, patienceMs: number): Promise<S> {
  return new Promise((resolve, reject) => {
    const fail = (error: WireError) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => fail(wireError('ETIMEDOUT')), patienceMs);
    const cut = () => fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    socket.once('error', fail).once('close', cut);
    socket.once(event, () => {
      clearTimeout(timer);
      socket.off('error', fail).off('close', cut);
      socket.on('error', () => {});
      resolve(socket);
    });
  });
}

/** A wire over a connection: messages one after the other, ChannelData padded (RFC 8656 §3.1, §12.5). */
export function streamWire(socket: Socket): Wire {
  return {
    isLossy: false,
    send: (message) => {
      if (socket.writable)
        socket.write(Buffer.concat([message, Buffer.alloc(padded(message.length) - message.length)]));
    },
    listen: (take, end) => {
      const cut = cutter(take);
      socket.on('data', (bytes: Buffer) => {
        if (cut(bytes)) return;
        socket.destroy();
        end(wireError('ENOTSTUN'));
      });
      socket.on('error', end).on('close', () => end(null));
    },
    close: () => socket.destroy(),
  };
}

/** Cuts what arrives into messages. False when it is no STUN: a server's first message answers a request of ours. */
function cutter(take: (message: Uint8Array) => void): (bytes: Buffer) => boolean {
  let arrived: Buffer = Buffer.alloc(0);
  let isStun = false;
  return (bytes) => {
    arrived = Buffer.concat([arrived, bytes]);
    while (arrived.length >= 4) {
      if (!isStun && arrived[0]! > 3) return false;
      if (!isStun && arrived.length < 8) return true;
      if (!isStun && arrived.readUInt32BE(4) !== MAGIC_COOKIE) return false;
      isStun = true;
      const length = arrived.readUInt16BE(2) + (arrived[0]! >= 0x40 ? 4 : HEADER_BYTES);
      if (arrived.length < padded(length)) return true;
      take(new Uint8Array(arrived.subarray(0, length)));
      arrived = arrived.subarray(padded(length));
    }
    return true;
  };
}
