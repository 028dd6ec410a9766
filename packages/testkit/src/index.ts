export { SeededRandom } from './random/seeded-random.js';
export { VirtualTime } from './time/virtual-time.js';
