import { readFileSync } from 'node:fs';

/** Clock ticks a second, in which Linux counts processor time; 100 wherever Node runs. */
const TICKS_PER_S = 100;

/** User and system time of a process so far, all its threads, in milliseconds (proc(5), `stat`). */
export function cpuMsOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_S;
}

/** Resident memory of a process in bytes (proc(5), `status`). */
export function rssBytesOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)[1]) * 1024;
}

/** JavaScript heap in use, as the server's own metrics tell. */
export async function heapBytesOf(url) {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(metrics)[1]);
}
