export type { JoinOptions } from './join-payload.js';
export { Member, type Peer, type PeerState, type Track } from './member.js';
export { browserNetwork, type NetworkWatch } from './network-watch.js';
export type { Reception } from './reception.js';
export { Room } from './room.js';
export type { EndReason, Recovered, RoomEvents, RoomState } from './room-events.js';
export type { RoomOptions } from './room-options.js';
export type { SeatStorage } from './seat.js';
