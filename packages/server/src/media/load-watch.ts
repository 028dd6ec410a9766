import { readFileSync } from 'node:fs';
import { type IntervalHistogram, monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** How busy a thread is. */
export interface ThreadLoad {
  /** Since it began, of all its work; null where the system does not tell of single threads. */
  readonly cpuSeconds: number | null;
  /** Since it began: how long its event loop was not waiting. */
  readonly busySeconds: number;
  /** How late its event loop came, since this was last read. */
  readonly lagP50Seconds: number;
  readonly lagP99Seconds: number;
  readonly lagMaxSeconds: number;
  readonly heapBytes: number;
}

/** How often the lag is measured: each time costs some 70 us, an idle thread does little else. */
const RESOLUTION_MS = 50;
const NS_PER_SECOND = 1e9;
const MS_PER_SECOND = 1_000;

/** Watches the thread that it is made in. */
export class LoadWatch {
  readonly #delay: IntervalHistogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  constructor() {
    this.#delay.enable();
  }

  read(): ThreadLoad {
    const { active } = performance.eventLoopUtilization();
    const load = {
      cpuSeconds: threadCpuSeconds(),
      busySeconds: active / MS_PER_SECOND,
      lagP50Seconds: this.#lag(this.#delay.percentile(50)),
      lagP99Seconds: this.#lag(this.#delay.percentile(99)),
      lagMaxSeconds: this.#lag(this.#delay.max),
      heapBytes: process.memoryUsage().heapUsed,
    };
    this.#delay.reset();
    return load;
  }

  /** What was measured is how long the timer took, which is never less than its interval. Of nothing: 0. */
  #lag(ns: number): number {
    if (this.#delay.count === 0) return 0;
    return Math.max(0, ns / NS_PER_SECOND - RESOLUTION_MS / MS_PER_SECOND);
  }
}

/** Linux alone keeps it where a thread can read it of itself: nanoseconds on the processor come first (proc(5)). */
function threadCpuSeconds(): number | null {
  try {
    const [ns = ''] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ');
    return Number(ns) / NS_PER_SECOND;
  } catch {
    return null;
  }
}
