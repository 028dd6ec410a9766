import { FrameSplitter, frame } from '@madang/engine';
import { openTcp } from './stream-wire.js';
import { PATIENCE_MS } from './turn-client.js';
import { type Wire, wireError } from './wire.js';

/** More than any STUN message here. */
const MOST_BYTES = 2_048;

/**
 * A wire over a TCP connection on which each message has its length in front, as media ports speak it (RFC 4571, RFC 6544).
 * Rejects with what keeps the connection from coming about.
 */
export async function openFrameWire(address: string, port: number): Promise<Wire> {
  const socket = await openTcp(address, port, PATIENCE_MS);
  return {
    isLossy: false,
    send: (message) => {
      if (socket.writable) socket.write(frame(message));
    },
    listen: (take, end) => {
      const splitter = new FrameSplitter(MOST_BYTES);
      socket.on('data', (chunk: Buffer) => {
        if (splitter.push(chunk, (bytes, at, length) => take(bytes.slice(at, at + length)))) return;
        socket.destroy();
        end(wireError('ENOTSTUN'));
      });
      socket.on('error', end).on('close', () => end(null));
    },
    close: () => socket.destroy(),
  };
}
