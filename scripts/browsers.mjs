// Makes sure that what the end-to-end tests need from Debian is there: Chromium, Firefox, certutil, a sound server,
// tools for networks of their own, and Korean letters.
// As a command: `node scripts/browsers.mjs`. Nothing comes from anywhere but Debian's own packages.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What is needed: the package, and how to see that it is there. */
const NEEDS = [
  { package: 'chromium', present: () => onPath('chromium') },
  { package: 'firefox-esr', present: () => onPath('firefox-esr') },
  { package: 'libnss3-tools', present: () => onPath('certutil') },
  { package: 'pulseaudio', present: () => onPath('pulseaudio') },
  { package: 'pulseaudio-utils', present: () => onPath('pactl') },
  // For the tests of the network: namespaces, packet filters, a relay, and lines with a delay.
  { package: 'iproute2', present: () => onPath('ip') && onPath('tc') },
  { package: 'nftables', present: () => onPath('nft') },
  { package: 'coturn', present: () => onPath('turnserver') },
  { package: 'perl', present: () => spawnSync('perl', ['-MTime::HiRes', '-e', '1']).status === 0 },
  { package: 'fonts-noto-cjk', present: () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') },
];

/** The packages that are missing, in a fixed order. */
export function missingPackages() {
  return NEEDS.filter((need) => !need.present()).map((need) => need.package);
}

/** The one command that installs `packages`, as one would type it. */
export function installCommand(packages) {
  const sudo = isRoot() ? '' : 'sudo ';
  return `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/**
 * Installs what is missing when this user may, and says in a few lines what it does.
 * Returns false, after printing the command to run by hand or the whole output of the failure, when something is still
 * missing.
 */
export function ensureBrowsers() {
  const missing = missingPackages();
  if (missing.length === 0) return true;
  const prefix = installerPrefix();
  if (prefix === null) {
    console.error(`The end-to-end tests need ${missing.join(', ')}. Install with:\n\n  ${installCommand(missing)}\n`);
    return false;
  }
  console.log(`Installing ${missing.join(', ')} from Debian's packages …`);
  const steps = [
    ['apt-get', 'update', '-q'],
    ['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...missing],
  ];
  if (!steps.every((step) => run([...prefix, ...step]))) return false;
  const still = missingPackages();
  if (still.length > 0) console.error(`Installed, yet not found: ${still.join(', ')}.`);
  else console.log(`Installed ${missing.join(', ')}.`);
  return still.length === 0;
}

/** What to put before `apt-get`: nothing for root, sudo if it asks no password; null when the user may not install. */
function installerPrefix() {
  if (!onPath('apt-get')) return null;
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  if (isRoot()) return environment;
  const maySudo = onPath('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
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

function onPath(name) {
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

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (ensureBrowsers()) console.log('Chromium, Firefox, certutil, the network tools and Korean fonts are there.');
  else process.exitCode = 1;
}
