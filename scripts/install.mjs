// Installs the packages of package-lock.json when they are not there, or no longer the ones it names.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runOrExit } from './workspace.mjs';

const stamp = join(root, 'node_modules', '.madang', 'installed');

function wanted() {
  const hash = createHash('sha256');
  hash.update(readFileSync(join(root, 'package-lock.json')));
  hash.update(`${process.platform} ${process.arch} ${process.versions.modules}`);
  return hash.digest('hex');
}

/**
 * Installs what the lockfile names, unless the last installation was of the same lockfile, system and Node.
 * Not `npm ci`: it refuses a lockfile that lacks the optional binaries of other systems, which a registry that mirrors
 * only some systems can't list.
 */
export async function ensureInstalled() {
  const hash = wanted();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  console.error('Installing packages (the first time this takes about half a minute) …');
  await runOrExit('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  mkdirSync(join(stamp, '..'), { recursive: true });
  writeFileSync(stamp, hash);
}
