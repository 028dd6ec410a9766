export { type Clock, systemClock } from './clock.js';
export { cryptoRandom } from './crypto-random.js';
export { LocalRooms, type LocalRoomsStats, type LocalRoomsOptions } from './local-rooms.js';
