export { type Clock, systemClock } from './clock.js';
export { cryptoDigest, cryptoHmac } from './crypto-hashes.js';
export { cryptoRandom } from './crypto-random.js';
export { LocalRooms, type LocalRoomsOptions, type LocalRoomsStats } from './local-rooms.js';
export { routedHosts } from './turn/routed-hosts.js';
export { turnGuest } from './turn/turn-guest.js';
export { type TurnHosts, turnHosts } from './turn/turn-hosts.js';
export { registerTurnMetrics } from './turn/turn-metrics.js';
export { type TurnAddress, TurnListenError, TurnService, type TurnServiceOptions } from './turn/turn-service.js';
