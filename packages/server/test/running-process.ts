import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { PROGRAM } from './command-process.js';

/** The command while it runs. */
export interface Running {
  readonly child: ChildProcess;
  out(): string;
  errors(): string;
  /** The exit code, or the signal. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

const children: ChildProcess[] = [];

/** Starts the command as it is installed, built, in a directory and an environment of its own. */
export function run(args: readonly string[], env: Record<string, string> = {}): Running {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing; run: npm run build`);
  const cwd = mkdtempSync(join(tmpdir(), 'madang-process-'));
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd, env: { PATH: process.env.PATH ?? '', ...env } });
  children.push(child);
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal!));
  });
  return { child, out: () => out, errors: () => errors, ended };
}

/** Waits until it says that it is ready, and gives its address. */
export async function ready(running: Running): Promise<string> {
  await expect.poll(() => running.out(), { timeout: 30_000 }).toMatch(/^ready .*\n$/m);
  return /^ready (\S+)/m.exec(running.out())![1]!;
}

/** Ends all that were started, without a word. */
export function endAll(): void {
  for (const child of children.splice(0)) child.kill('SIGKILL');
}
