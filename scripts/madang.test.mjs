import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from 'vitest';
import { root } from './workspace.mjs';

const undo = [];
afterEach(() => {
  for (const step of undo.splice(0)) step();
});

/** `npm start` as somebody types it; resolves with its process and its `ready` line. */
async function npmStart(...flags) {
  const data = mkdtempSync(join(tmpdir(), 'madang-'));
  const npm = spawn(
    'npm',
    [
      'start',
      '--',
      '--http-port',
      '0',
      '--https-port',
      'off',
      '--turn-port',
      '0',
      '--media-port',
      '0',
      '--data-dir',
      data,
      ...flags,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  undo.push(() => {
    npm.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  });
  for await (const line of createInterface(npm.stdout)) {
    if (line.startsWith('ready')) return { npm, url: line.split(' ')[1] };
  }
  throw new Error('npm start ended without being ready');
}

const answers = (url) =>
  fetch(`${url}/healthz`).then(
    (response) => response.status,
    () => 'nobody',
  );

it('npm start runs the server, and what npm is told the server hears', { timeout: 60_000 }, async () => {
  const { npm, url } = await npmStart('--bind', '127.0.0.1');
  expect(await answers(url)).toBe(200);
  npm.kill('SIGTERM');
  const [code] = await once(npm, 'exit');
  expect(code).toBe(0);
  expect(await answers(url)).toBe('nobody');
});
