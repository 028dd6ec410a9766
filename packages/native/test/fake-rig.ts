import type { MediaPlane, MediaPlaneOptions } from '@madang/native';
import { FakeMediaPlane, FakeUdpNetwork } from '@madang/testkit';
import type { Rig, RigSocket } from './rig.js';

/** Planes and sockets of a network that exists in memory. */
export class FakeRig implements Rig {
  #network = new FakeUdpNetwork();

  open(options: MediaPlaneOptions): MediaPlane {
    return new FakeMediaPlane(this.#network, options);
  }

  async socket(ip = '127.0.0.1'): Promise<RigSocket> {
    const network = this.#network;
    const heard: Buffer[] = [];
    const port = network.bind(ip, 0, { receive: (bytes) => heard.push(Buffer.from(bytes)) });
    if (typeof port === 'string') throw new Error(port);
    return { ip, port, heard, send: (bytes, to, toIp = ip) => network.send(bytes, ip, port, toIp, to) };
  }

  async until(isThere: () => boolean): Promise<void> {
    while (!isThere()) if (!this.#network.deliver()) throw new Error('it did not happen, and nothing is under way');
  }

  close(): void {
    this.#network = new FakeUdpNetwork();
  }
}
