import { FakePeerConnection } from './fake-peer-connection.js';
import type { IceNetwork } from './ice-network.js';

/** A constructor to hand to a `Room` that runs on `machine`. */
export function fakePeerConnections(network: IceNetwork, machine: string): new () => FakePeerConnection {
  return class extends FakePeerConnection {
    constructor() {
      super(network, machine);
    }
  };
}
