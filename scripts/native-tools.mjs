// Makes sure that what the tests of the media addon need from Debian is there: a compiler and OpenSSL's headers for the
// programs that run the C++ code by itself, libsrtp2 to agree with, valgrind, the openssl command as a DTLS peer,
// and coturn's tools as TURN clients.
// As a command: `node scripts/native-tools.mjs`.
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ensurePackages, isOnPath, missingPackages } from './debian.mjs';

const NEEDS = [
  { package: 'g++', present: () => isOnPath('g++') },
  { package: 'make', present: () => isOnPath('make') },
  { package: 'libssl-dev', present: () => existsSync('/usr/include/openssl/ssl.h') },
  { package: 'libsrtp2-dev', present: () => existsSync('/usr/include/srtp2/srtp.h') },
  { package: 'openssl', present: () => isOnPath('openssl') },
  { package: 'valgrind', present: () => isOnPath('valgrind') },
  { package: 'coturn', present: () => isOnPath('turnutils_uclient') },
];

/** The packages that are missing. */
export function missingNativeTools() {
  return missingPackages(NEEDS);
}

/** Installs what is missing when this user may. Returns false, after saying what to do, when something is still missing. */
export function ensureNativeTools() {
  return ensurePackages(NEEDS, 'The tests of the media addon');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (ensureNativeTools()) console.log('What the tests of the media addon need is there.');
  else process.exitCode = 1;
}
