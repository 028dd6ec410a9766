import type { PlaneCounts } from '@madang/native';
import type { ThreadLoad } from './load-watch.js';

/** How one media thread stands. */
export interface MediaReading {
  readonly plane: PlaneCounts;
  readonly load: ThreadLoad;
}
