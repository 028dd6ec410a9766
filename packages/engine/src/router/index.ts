export type { DataSums } from './data-sums.js';
export { ESTIMATE_STEPS_BPS, type LineCounts, QUEUE_STEPS_MS } from './line-counts.js';
export { DEFAULT_MEDIA_LIMITS, type MediaLimits } from './media-limits.js';
export { MediaRouter, type MediaRouterOptions, type MediaRouterPorts } from './media-router.js';
export type { MediaSums } from './media-sums.js';
export type { RouterCounts } from './router-counts.js';
export type { RouterPlane } from './router-plane.js';
