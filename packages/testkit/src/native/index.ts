export { FakeMediaPlane } from './fake-media-plane.js';
export { FakeTxTable } from './fake-tx-table.js';
export { FakeUdpNetwork, type FakeUdpReceiver } from './fake-udp-network.js';
