export { FakeMediaPlane } from './fake-media-plane.js';
export { FakeUdpNetwork, type FakeUdpReceiver } from './fake-udp-network.js';
