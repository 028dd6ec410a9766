import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below what systems hand out themselves (Linux begins at 32768): between the moment that a port is found free and the one it
 * is used in, a socket of another test may be given one of those, or the port after it, which coturn wants as well.
 */
const PORTS = { from: 20_000, to: 30_000 };

const given = new Set<number>();

/** A port that is free on 127.0.0.1 for UDP and for TCP, for a program that is told its port; never the same twice in a process. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const [socket, server] = [createSocket('udp4'), createServer()];
  const held = await Promise.allSettled([
    once(socket.bind(port, '127.0.0.1'), 'listening'),
    once(server.listen(port, '127.0.0.1'), 'listening'),
  ]);
  await Promise.all([once(socket.close(), 'close'), server.listening && once(server.close(), 'close')]);
  return held.every(({ status }) => status === 'fulfilled');
}
