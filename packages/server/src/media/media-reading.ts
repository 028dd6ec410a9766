import type { LineCounts, RouterCounts } from '@madang/engine';
import type { PlaneCounts } from '@madang/native';
import type { ThreadLoad } from './load-watch.js';

/** How one media thread stands. */
export interface MediaReading {
  readonly plane: PlaneCounts;
  readonly router: RouterCounts;
  readonly lines: LineCounts;
  readonly load: ThreadLoad;
}
