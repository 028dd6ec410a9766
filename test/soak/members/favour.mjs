import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Gives what this process has started more of the processors than what others have, where the kernel shares them among sessions
 * first (sched(7), autogroup), and this may be.
 */
export function favourChildren() {
  try {
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean);
    for (const pid of children) writeFileSync(`/proc/${pid}/autogroup`, '-15');
  } catch {
    // There are no such shares, or one may not.
  }
}
