// Makes sure that what the end-to-end tests need from Debian is there: Chromium, Firefox, certutil, a sound server,
// tools for networks of their own, and Korean letters.
// As a command: `node scripts/browsers.mjs`. Nothing comes from anywhere but Debian's own packages.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ensurePackages, isOnPath } from './debian.mjs';

/** What is needed: the package, and how to see that it is there. */
const NEEDS = [
  { package: 'chromium', present: () => isOnPath('chromium') },
  { package: 'firefox-esr', present: () => isOnPath('firefox-esr') },
  { package: 'libnss3-tools', present: () => isOnPath('certutil') },
  { package: 'pulseaudio', present: () => isOnPath('pulseaudio') },
  { package: 'pulseaudio-utils', present: () => isOnPath('pactl') },
  // For the tests of the network: namespaces, packet filters, a relay, and lines with a delay.
  { package: 'iproute2', present: () => isOnPath('ip') && isOnPath('tc') },
  { package: 'nftables', present: () => isOnPath('nft') },
  { package: 'coturn', present: () => isOnPath('turnserver') },
  { package: 'perl', present: () => spawnSync('perl', ['-MTime::HiRes', '-e', '1']).status === 0 },
  { package: 'fonts-noto-cjk', present: () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') },
];

/** Installs what is missing when this user may. Returns false, after saying what to do, when something is still missing. */
export function ensureBrowsers() {
  return ensurePackages(NEEDS, 'The end-to-end tests');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (ensureBrowsers()) console.log('Chromium, Firefox, certutil, the network tools and Korean fonts are there.');
  else process.exitCode = 1;
}
