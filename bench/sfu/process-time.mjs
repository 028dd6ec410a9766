import { readdirSync, readFileSync } from 'node:fs';

/**
 * What the scheduler has given a process so far, all its threads that still live, in microseconds (proc(5), `schedstat`:
 * nanoseconds on a core, nanoseconds that it waited for one). User and system time together, finer than the ticks of
 * `stat`.
 */
export function processTime(pid) {
  const total = { cpuUs: 0, waitedUs: 0 };
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const [ran, waited] = schedstat(`/proc/${pid}/task/${thread}/schedstat`);
    total.cpuUs += ran / 1_000;
    total.waitedUs += waited / 1_000;
  }
  return total;
}

function schedstat(file) {
  try {
    return readFileSync(file, 'utf8').split(' ').map(Number);
  } catch (error) {
    // A thread may end between the listing and this.
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return [0, 0];
    throw error;
  }
}

/** Resident memory of a process in KiB. */
export function residentKib(pid) {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}
