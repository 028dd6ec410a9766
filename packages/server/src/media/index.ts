export { type Clock, systemClock } from './clock.js';
export { cryptoRandom } from './crypto-random.js';
export { LocalRooms, type LocalRoomsOptions, type LocalRoomsStats } from './local-rooms.js';
