// One client of a TURN server over TCP or TLS.
import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

const HEADER_BYTES = 20;

/** Connects; `replied` is called with the bytes of each STUN message that comes. */
export async function openStreamClient({ host, port, isTls }, replied) {
  const socket = isTls ? connectTls({ host, port, rejectUnauthorized: false }) : connect({ host, port });
  await once(socket, isTls ? 'secureConnect' : 'connect');
  socket.setNoDelay(true);
  let kept = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    kept = Buffer.concat([kept, bytes]);
    while (kept.length >= HEADER_BYTES && kept.length >= HEADER_BYTES + kept.readUInt16BE(2)) {
      const length = HEADER_BYTES + kept.readUInt16BE(2);
      replied(new Uint8Array(kept.subarray(0, length)));
      kept = kept.subarray(length);
    }
  });
  return socket;
}
