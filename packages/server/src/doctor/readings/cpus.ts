import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { CpusReading } from '../checks/cpus.js';

/** Processors this process may run on, and the share that a control group (v2, else v1) allows of their time. */
export async function readCpus(): Promise<CpusReading> {
  const read = (path: string) => readFile(path, 'utf8').catch(() => '');
  const [v2 = '', v1Quota = '', v1Period = ''] = await Promise.all(
    ['cpu.max', 'cpu/cpu.cfs_quota_us', 'cpu/cpu.cfs_period_us'].map((name) => read(`/sys/fs/cgroup/${name}`)),
  );
  const [quota, period] = (v2 || `${v1Quota} ${v1Period}`).trim().split(/\s+/).map(Number);
  const limited = quota !== undefined && period !== undefined && quota > 0 && period > 0;
  return { count: availableParallelism(), quota: limited ? quota / period : undefined };
}
