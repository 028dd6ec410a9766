import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pinned } from './pinned.mjs';

const MAIN = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'dist', 'main.js');
/** One media thread; no relay; as many guests from one address as a bench has. */
const FLAGS = ['--json', '--http-port', '0', '--https-port', 'off', '--turn-port', 'off', '--turns-port', 'off'];
const MEDIA = ['--media-port', '0', '--media-threads', '1'];
const LIMITS = [
  '--max-members',
  '1000',
  '--max-connections-per-address',
  '10000',
  '--message-rate',
  '0',
  '--log-level',
  'warn',
];

/** `madang start` as an operator starts it, on free ports, with its media at `ip`. */
export async function startMadang({ core, ip }) {
  const folder = mkdtempSync(join(tmpdir(), 'madang-bench-sfu-'));
  const own = ['--data-dir', folder, '--bind', ip];
  const command = pinned(core, [process.execPath, MAIN, 'start', ...FLAGS, ...MEDIA, ...LIMITS, ...own]);
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  const { value, done } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  if (done) throw new Error('madang does not start');
  return {
    pid: child.pid,
    door: { http: { url: `http://${ip}:${JSON.parse(value).httpPort}`, room: 'bench' } },
    async stop() {
      const isOver = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      // Members are still there; a second signal does not wait for them.
      const patience = setTimeout(() => child.kill(), 500);
      await isOver;
      clearTimeout(patience);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
