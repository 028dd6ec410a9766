import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ListeningPort,
  type MediaPlane,
  type MediaPlaneOptions,
  openMediaPlane,
  type TcpOptions,
  type TcpPorts,
} from '@madang/native';
import type { Rig, RigSocket } from './rig.js';

const PATIENCE_MS = 5_000;

/** Planes of the addon, and sockets of Node, on the loopback interface. */
export class NativeRig implements Rig {
  readonly #planes: (MediaPlane & TcpPorts)[] = [];
  readonly #sockets: Socket[] = [];

  open(options: MediaPlaneOptions): MediaPlane {
    const plane = openMediaPlane(options);
    this.#planes.push(plane);
    return plane;
  }

  /** Opens a TCP port on one of these planes. */
  listen(plane: MediaPlane, options: TcpOptions): ListeningPort {
    return this.#planes.find((own) => own === plane)!.listenTcp(options);
  }

  async socket(ip = '127.0.0.1'): Promise<RigSocket> {
    const socket = createSocket(ip.includes(':') ? 'udp6' : 'udp4');
    this.#sockets.push(socket);
    const heard: Buffer[] = [];
    socket.on('message', (bytes) => heard.push(bytes));
    socket.bind(0, ip);
    await once(socket, 'listening');
    const { port } = socket.address();
    return { ip, port, heard, send: (bytes, to, toIp = ip) => socket.send(bytes, to, toIp) };
  }

  async until(isThere: () => boolean): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while (!isThere()) {
      if (performance.now() > end) throw new Error('it did not happen');
      await sleep(2);
    }
  }

  close(): void {
    for (const plane of this.#planes.splice(0)) plane.close();
    for (const socket of this.#sockets.splice(0)) socket.close();
  }
}
