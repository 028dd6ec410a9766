import { createSocket } from 'node:dgram';
import { type UdpBuffersReading, WANTED_BUFFER_BYTES } from '../checks/udp-buffers.js';

/** Asks a socket, rather than reading sysctls: in a container those of the host may not be there to read. */
export async function readUdpBuffers(): Promise<UdpBuffersReading> {
  const socket = createSocket('udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject).bind(0, '127.0.0.1', resolve);
    });
    socket.setRecvBufferSize(WANTED_BUFFER_BYTES);
    socket.setSendBufferSize(WANTED_BUFFER_BYTES);
    // Linux doubles what was asked for its own book-keeping, and tells the double (socket(7)).
    const share = process.platform === 'linux' ? 2 : 1;
    const granted = {
      receiveBytes: socket.getRecvBufferSize() / share,
      sendBytes: socket.getSendBufferSize() / share,
    };
    return { granted };
  } catch {
    return { granted: undefined };
  } finally {
    socket.close();
  }
}
