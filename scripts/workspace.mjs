// What every script needs to know: where the checkout is, and how to run a step of it.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The oldest Node that Madang supports. */
const OLDEST_NODE = [20, 19];

/** Ends the process with one clear line when Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  console.error(`Madang needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(2);
}

/** The path of a command that an installed package brings. */
export const bin = (name) => join(root, 'node_modules', '.bin', name);

/**
 * Runs a command in the checkout and resolves with its exit code. Output goes to stderr unless `stdio` says otherwise,
 * so that stdout stays the program's own.
 */
export function run(command, args, { stdio = ['inherit', 2, 2], cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio, env });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/** As `run`, but a failing step ends the whole script with its exit code. */
export async function runOrExit(command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) process.exit(code);
}
