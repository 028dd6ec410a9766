export { pageAddress, type SignalingAddress, signalingAddress } from './address.js';
export type { JoinPayload } from './entry-request.js';
export { SignalLink } from './link.js';
export type { LinkState } from './link-state.js';
export type { OpenSocket, SignalSocket, SocketOptions } from './socket.js';
