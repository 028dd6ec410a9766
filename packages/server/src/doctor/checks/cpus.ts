import type { Sentence } from '../../messages/index.js';
import { ok, type Verdict, warn } from '../verdict.js';

export interface CpusReading {
  readonly count: number;
  /** How many processors' time a control group allows; undefined without such a limit. */
  readonly quota: number | undefined;
}

export function judgeCpus({ count, quota }: CpusReading): Verdict {
  if (quota === undefined || quota >= count) return ok((m) => m.doctor.cpus.count(count));
  const value: Sentence = (m) => m.doctor.cpus.quota(count, quota.toFixed(1));
  return quota >= 1 ? ok(value) : warn(value, (m) => m.doctor.cpus.remedy);
}
