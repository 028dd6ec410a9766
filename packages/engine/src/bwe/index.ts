export { Bandwidth, type BandwidthStats, LEAST_BPS, MOST_BPS, OVERHEAD_BYTES, START_BPS } from './bandwidth.js';
export { freshShare, type Share, split } from './split.js';
