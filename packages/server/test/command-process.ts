import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The program as it is installed: built. */
export const PROGRAM = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** Runs the command in a directory and an environment of its own, by `prefix` if there is one, and waits for its end. */
export function runCommand(
  args: readonly string[],
  { env = {}, prefix = [] }: { env?: Record<string, string>; prefix?: readonly string[] } = {},
): Promise<Ended> {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing; run: npm run build`);
  const [file = '', ...rest] = [...prefix, process.execPath, PROGRAM, ...args];
  const cwd = mkdtempSync(join(tmpdir(), 'madang-command-'));
  const child = spawn(file, rest, { cwd, env: { PATH: process.env.PATH ?? '', ...env } });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, errors }));
  });
}
