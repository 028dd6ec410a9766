import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Limits off and rooms enough: what is measured is the path of a message, not the refusal of one. */
const MADANG = [
  here('../../packages/cli/dist/main.js'),
  ...[
    'start',
    '--bind',
    '127.0.0.1',
    '--http-port',
    '0',
    '--https-port',
    'off',
    '--turn-port',
    'off',
    '--media-port',
    'off',
    '--log-level',
    'warn',
    '--drain-seconds',
    '0',
  ],
  ...['--message-rate', '0', '--max-connections-per-address', '100000', '--max-rooms', '10000'],
];

/** Starts `bare` or `madang` and resolves when it is ready. */
export async function startServer(kind, nodeFlags = []) {
  const dataDir = mkdtempSync(join(tmpdir(), 'madang-bench-'));
  const args = kind === 'bare' ? [here('bare.mjs')] : [...MADANG, '--data-dir', dataDir];
  const child = spawn(process.execPath, [...nodeFlags, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let url;
  for await (const line of createInterface({ input: child.stdout })) {
    url = /^ready (\S+)/.exec(line)?.[1];
    if (url !== undefined) break;
  }
  if (url === undefined) throw new Error(`${kind} did not start`);
  child.stdout.resume();
  return {
    pid: child.pid,
    url: url.replace('localhost', '127.0.0.1'),
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 3_000);
      await gone;
      clearTimeout(force);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts the load generator; `line()` resolves with the next line it prints. */
export function startLoad(...args) {
  const child = spawn(process.execPath, [here('load.mjs'), ...args.map(String)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async line() {
      const { value, done } = await lines.next();
      if (done) throw new Error('the load generator ended early');
      return JSON.parse(value);
    },
    async stop() {
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}
