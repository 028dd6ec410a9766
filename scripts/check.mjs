// The checks that need no test runner: types of tests, format and lint, floating promises, house rules.
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { checkHouseRules } from './house-rules.mjs';
import { ensureInstalled } from './install.mjs';
import { bin, requireNode, root, run } from './workspace.mjs';

const STEPS = [
  ['format and lint', () => run(bin('biome'), ['ci', '--colors=off', '.'])],
  ['types of tests, benches and configurations', () => run(bin('tsc'), ['-p', 'tsconfig.test.json'])],
  ['promises', () => run(bin('oxlint'), ['--type-aware', '--tsconfig', 'tsconfig.test.json'])],
  ['house rules', houseRules],
];

async function houseRules() {
  const findings = checkHouseRules(root);
  for (const finding of findings) console.error(finding);
  return findings.length === 0 ? 0 : 1;
}

/** Runs every check and resolves with the names of those that failed, and how many there are. */
export async function check() {
  const failed = [];
  for (const [name, step] of STEPS) {
    const code = await step();
    console.error(`${code === 0 ? 'ok  ' : 'FAIL'} ${name}`);
    if (code !== 0) failed.push(name);
  }
  return { failed, total: STEPS.length };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  requireNode();
  await ensureInstalled();
  await ensureBuilt();
  process.exit((await check()).failed.length === 0 ? 0 : 1);
}
