export { nodeDigest, nodeHmac } from './crypto/node-hashes.js';
export { FakeMediaPlane, FakeTxTable, FakeUdpNetwork, type FakeUdpReceiver } from './native/index.js';
export { Bottleneck, type BottleneckOptions } from './net/bottleneck.js';
export { freePort } from './net/free-port.js';
export { SeededRandom } from './random/seeded-random.js';
export { VirtualTime } from './time/virtual-time.js';
export { FakeAddressBook } from './turn/fake-address-book.js';
export {
  FakeDataChannel,
  type FakeDevice,
  FakeMediaDevices,
  FakeMediaStreamTrack,
  FakePeerConnection,
  FakeReceiver,
  FakeSender,
  type FakeTime,
  FakeTransceiver,
  fakePeerConnections,
  IceNetwork,
} from './webrtc/index.js';
