export { pageAddress, type SignalingAddress, signalingAddress } from './address.js';
export { type JoinPayload, SignalLink } from './link.js';
export type { LinkState } from './link-state.js';
export type { OpenSocket, SignalSocket, SocketOptions } from './socket.js';
