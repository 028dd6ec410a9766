// Builds what changed: the addon by node-gyp, the packages by TypeScript's project references, the web app by Vite.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureAddon } from '../packages/native/build-addon.mjs';
import { ensureInstalled } from './install.mjs';
import { bin, requireNode, root, runOrExit } from './workspace.mjs';

const stampFile = join(root, 'node_modules', '.madang', 'built.json');
/** The web app bundles these packages' sources. */
const WEB_SOURCES = ['web', 'client', 'protocol'];

/** Folders that hold no sources, what a build writes (its second run would find it changed), or sources of something else. */
const SKIPPED = ['dist', '.madang', 'node_modules', 'test', 'build', 'cc'];

function* files(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (SKIPPED.includes(entry.name)) continue;
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (!/\.test\.tsx?$/.test(entry.name)) yield path;
  }
}

/** A fingerprint of path, size and time of every source below the named packages; contents are not read. */
function fingerprint(packages) {
  const hash = createHash('sha256');
  for (const path of [join(root, 'tsconfig.base.json'), join(root, 'package-lock.json')].concat(
    packages.flatMap((name) => [...files(join(root, 'packages', name))]),
  )) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${relative(root, path)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function lastStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

/** Builds the addon, the packages and the web app unless nothing changed since the last build. */
export async function ensureBuilt() {
  ensureAddon();
  const all = readdirSync(join(root, 'packages'));
  const now = { packages: fingerprint(all), web: fingerprint(WEB_SOURCES) };
  const last = lastStamp();
  const built = (name, file) => existsSync(join(root, 'packages', name, 'dist', file));
  const packagesCurrent = last.packages === now.packages && built('cli', 'main.js');
  const webCurrent = last.web === now.web && built('web', 'index.html') && built('web', 'inspector-element.js');
  if (packagesCurrent && webCurrent) return;
  console.error('Building …');
  if (!packagesCurrent) await runOrExit(bin('tsc'), ['-b']);
  if (!webCurrent) {
    // What is served is always React's production build, whatever NODE_ENV the caller has for itself: the two halves
    // of a bundle made under another one do not fit together.
    const env = { ...process.env, NODE_ENV: 'production' };
    for (const config of ['vite.config.ts', 'vite.element.config.ts'])
      await runOrExit(bin('vite'), ['build', '--logLevel', 'warn', '-c', config], {
        cwd: join(root, 'packages', 'web'),
        env,
      });
  }
  mkdirSync(join(stampFile, '..'), { recursive: true });
  writeFileSync(stampFile, JSON.stringify(now));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  requireNode();
  await ensureInstalled();
  await ensureBuilt();
}
