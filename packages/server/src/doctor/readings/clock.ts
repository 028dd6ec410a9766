import { execFile } from 'node:child_process';
import { access, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ClockReading } from '../checks/clock.js';

const PATIENCE_MS = 1_500;

/** `ask` also asks the system's time service, which takes a process and a moment. */
export async function readClock(certificateFromMs: number | undefined, ask: boolean): Promise<ClockReading> {
  const wallMs = Date.now();
  const own = await stat(fileURLToPath(import.meta.url));
  return {
    wallMs,
    jumpedMs: wallMs - (performance.timeOrigin + performance.now()),
    builtMs: own.mtimeMs,
    certificateFromMs,
    synchronized: ask ? await readSynchronized() : undefined,
  };
}

/** systemd-timesyncd leaves a file; `timedatectl` knows of others. Neither says anything in most containers. */
async function readSynchronized(): Promise<boolean | undefined> {
  const marked = await access('/run/systemd/timesync/synchronized').then(
    () => true,
    () => false,
  );
  if (marked) return true;
  const { stdout } = await promisify(execFile)('timedatectl', ['show', '--property=NTPSynchronized', '--value'], {
    timeout: PATIENCE_MS,
  }).catch(() => ({ stdout: '' }));
  const answer = stdout.trim();
  return answer === 'yes' ? true : answer === 'no' ? false : undefined;
}
