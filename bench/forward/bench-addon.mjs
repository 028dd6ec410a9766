// The bench's own C, compiled with the machine's compiler when it changed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '..', '..', 'node_modules', '.madang', 'bench');
const file = join(folder, 'forward.node');

function isCurrent(sources) {
  return existsSync(file) && sources.every((source) => statSync(source).mtimeMs < statSync(file).mtimeMs);
}

/** Compiles what changed. Throws with the compiler's words when it can't. */
export function buildBenchAddon() {
  const all = readdirSync(join(here, 'cc')).map((name) => join(here, 'cc', name));
  if (isCurrent(all)) return;
  mkdirSync(folder, { recursive: true });
  const include = join(dirname(dirname(realpathSync(process.execPath))), 'include', 'node');
  const sources = all.filter((name) => name.endsWith('.c'));
  const args = ['-O2', '-Wall', '-Wextra', '-shared', '-fPIC', `-I${include}`, ...sources, '-o', file];
  const { status, stderr } = spawnSync('cc', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`cc: ${stderr}`);
}

export const loadBenchAddon = () => createRequire(import.meta.url)(file);
