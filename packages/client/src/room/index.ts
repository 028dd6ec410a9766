export type { CandidateType, Path } from './candidate-path.js';
export { Member, type Peer, type PeerState, type Track } from './member.js';
export { browserNetwork, type NetworkWatch } from './network-watch.js';
export { type EndReason, type JoinOptions, Room, type RoomEvents, type RoomState } from './room.js';
export type { RoomOptions } from './room-options.js';
export type { SeatStorage } from './seat.js';
