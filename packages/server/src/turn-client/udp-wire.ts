import { createSocket } from 'node:dgram';
import type { Wire, WireError } from './wire.js';

/** A wire over UDP to an address. Rejects when the system has no way there (`ENETUNREACH`). */
export function openUdpWire(address: string, port: number): Promise<Wire> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  let isOpen = true;
  socket.once('close', () => {
    isOpen = false;
  });
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      socket.close();
      reject(error);
    };
    socket.once('error', fail);
    socket.connect(port, address, () => {
      // Until somebody listens nobody waits for anything that could fail.
      socket.off('error', fail).on('error', () => {});
      resolve({
        isLossy: true,
        send: (message) => {
          if (isOpen) socket.send(message);
        },
        listen: (take, end) => {
          socket.on('message', take).on('error', (error: WireError) => end(error));
        },
        close: () => {
          if (isOpen) socket.close();
        },
      });
    });
  });
}
