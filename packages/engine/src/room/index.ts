export { carryOut } from './commands/carry-out.js';
export { P2P_MEMBERS, type RoomLimits } from './limits.js';
export type { Outcome, Refusal } from './outcome.js';
export { ACTIONS, type Action, may, PERMISSIONS } from './permissions.js';
export { type RoomCounts, Rooms } from './rooms.js';
