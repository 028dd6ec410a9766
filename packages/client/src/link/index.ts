export { pageAddress, type SignalingAddress, signalingAddress } from './address.js';
export { type JoinPayload, type LinkDeps, type MemberRequest, type MemberResult, SignalLink } from './link.js';
export type { LinkState } from './link-state.js';
export type { OpenSocket, SignalSocket, SocketOptions } from './socket.js';
