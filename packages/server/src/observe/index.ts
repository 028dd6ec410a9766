export { gauge } from './gauge.js';
export { createLog, type LogOptions } from './log.js';
export { type Counts, createMetrics, type Metrics } from './metrics.js';
