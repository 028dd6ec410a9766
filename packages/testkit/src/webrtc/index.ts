export { FakeDataChannel } from './fake-data-channel.js';
export { type FakeDevice, FakeMediaDevices } from './fake-media-devices.js';
export { FakeMediaStreamTrack } from './fake-media-stream-track.js';
export { FakePeerConnection } from './fake-peer-connection.js';
export { fakePeerConnections } from './fake-peer-connections.js';
export { FakeReceiver, FakeSender, FakeTransceiver } from './fake-transceiver.js';
export { type FakeTime, IceNetwork } from './ice-network.js';
