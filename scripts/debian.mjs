// Installs Debian packages that tests need, where it may; elsewhere it says the one command that does.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The packages of `needs` that are missing, in their order. A need: `{ package, present() }`. */
export function missingPackages(needs) {
  return needs.filter((need) => !need.present()).map((need) => need.package);
}

/** The one command that installs `packages`, as one would type it. */
export function installCommand(packages) {
  const sudo = isRoot() ? '' : 'sudo ';
  return `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/**
 * Installs what is missing of `needs` when this user may, and says in a few lines what it does. `who` needs them, as the
 * beginning of a sentence: "The end-to-end tests".
 * Returns false, after printing the command to run by hand or the whole output of the failure, when something is still
 * missing.
 */
export function ensurePackages(needs, who) {
  const missing = missingPackages(needs);
  if (missing.length === 0) return true;
  const prefix = installerPrefix();
  if (prefix === null) {
    console.error(`${who} need ${missing.join(', ')}. Install with:\n\n  ${installCommand(missing)}\n`);
    return false;
  }
  console.log(`Installing ${missing.join(', ')} from Debian's packages …`);
  const steps = [
    ['apt-get', 'update', '-q'],
    ['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...missing],
  ];
  if (!steps.every((step) => run([...prefix, ...step]))) return false;
  const still = missingPackages(needs);
  if (still.length > 0) console.error(`Installed, yet not found: ${still.join(', ')}.`);
  else console.log(`Installed ${missing.join(', ')}.`);
  return still.length === 0;
}

/** What to put before `apt-get`: nothing for root, sudo if it asks no password; null when the user may not install. */
function installerPrefix() {
  if (!isOnPath('apt-get')) return null;
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  if (isRoot()) return environment;
  const maySudo = isOnPath('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  return maySudo ? ['sudo', '-n', ...environment] : null;
}

/** Runs a command silently; when it fails, prints all that it said. */
function run([command, ...args]) {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (done.status === 0) return true;
  console.error(`${[command, ...args].join(' ')} failed${done.error ? `: ${done.error.message}` : ''}`);
  console.error(`${done.stdout ?? ''}${done.stderr ?? ''}`);
  return false;
}

function isRoot() {
  return process.getuid?.() === 0;
}

/** Whether a program of this name can be run. */
export function isOnPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...folders, '/usr/bin', '/usr/sbin'].some((folder) => isExecutable(join(folder, name)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
