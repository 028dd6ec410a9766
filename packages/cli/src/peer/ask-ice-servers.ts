import { randomUUID } from 'node:crypto';
import { Room } from '@madang/client';
import { type SocketTrust, socketOpener } from './socket-opener.js';

const PATIENCE_MS = 8_000;

/**
 * The STUN and TURN servers that a Madang server names, with credentials: as one who joins a room of its own and leaves
 * again is told them. Refuses with a `MadangError`.
 */
export async function askIceServers(url: string, trust: SocketTrust): ReturnType<Room['iceServers']> {
  const room = new Room({
    url: url.endsWith('/') ? url : `${url}/`,
    io: socketOpener(trust),
    connectTimeoutMs: PATIENCE_MS,
  });
  try {
    await room.connect({ room: `test-${randomUUID().slice(0, 13)}`, name: 'Doctor', role: 'viewer' });
    return await room.iceServers();
  } finally {
    await room.leave().catch(() => {});
  }
}
