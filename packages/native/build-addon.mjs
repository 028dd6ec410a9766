// Builds the addon when its sources, Node or the system changed since the last time: called by `npm install`, and by the
// scripts of the workspace before a start or a test.
//
// Never fails the caller: without a compiler Madang still installs, and what needs the addon says so when it is asked for.
// One sentence goes to stderr then; the compiler's own words go to `build/build.log`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const addonFile = join(here, 'build', 'Release', 'madang.node');
const logFile = join(here, 'build', 'build.log');
const stampFile = join(here, 'build', 'stamp.json');

/** Of everything that the addon is made from, by content. */
function fingerprint() {
  const hash = createHash('sha256');
  hash.update(`${process.platform} ${process.arch} ${process.version}\n`);
  const sources = readdirSync(join(here, 'cc'), { recursive: true }).filter((file) => /\.(cc|h)$/.test(file));
  for (const file of ['binding.gyp', ...sources.sort().map((source) => join('cc', source))]) {
    hash.update(`${file}\n`);
    hash.update(readFileSync(join(here, file)));
  }
  return hash.digest('hex');
}

/** What the last build was of; nothing when there was none. */
function lastBuild() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

/** Node's own headers where they were installed with it; node-gyp fetches those of this version otherwise. */
function headers() {
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : [];
}

/** The missing tool that makes a build pointless, or null. */
function missingTool() {
  const compilers = process.env.CXX ? [process.env.CXX.split(' ')[0]] : ['c++', 'g++', 'clang++'];
  const works = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
  if (!compilers.some(works)) return 'a C++ compiler';
  if (!works(process.env.MAKE ?? 'make')) return 'make';
  return ['python3', 'python'].some(works) ? null : 'Python 3';
}

function nodeGyp() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node-gyp/package.json');
    return join(dirname(manifest), 'bin', 'node-gyp.js');
  } catch {
    return null;
  }
}

/** Runs node-gyp; null when the addon is there, else what went wrong, as the end of a sentence. */
function build() {
  const missing = missingTool();
  if (missing !== null) return `${missing} is missing (on Debian: apt-get install build-essential python3)`;
  const command = nodeGyp();
  if (command === null) return 'node-gyp is not installed';
  const args = [command, 'configure', 'build', '--jobs=2', ...headers()];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: here, encoding: 'utf8' });
  mkdirSync(dirname(logFile), { recursive: true });
  writeFileSync(logFile, `${stdout}${stderr}`);
  return status === 0 && existsSync(addonFile) ? null : `the compiler stopped, see ${logFile}`;
}

/** Builds what is missing. Returns whether the addon is there. */
export function ensureAddon() {
  const sources = fingerprint();
  const last = lastBuild();
  const isCurrent = last.sources === sources && (last.problem !== null || existsSync(addonFile));
  // A missing tool may be there by now; a compiler that stopped would stop again.
  const problem = isCurrent && last.isFinal ? last.problem : build();
  mkdirSync(dirname(stampFile), { recursive: true });
  const isFinal = problem === null || problem.startsWith('the compiler stopped');
  writeFileSync(stampFile, JSON.stringify({ sources, problem, isFinal }));
  if (problem !== null)
    console.error(`Madang goes on without its media addon, so without media server and TURN server: ${problem}.`);
  return problem === null;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) ensureAddon();
