// `npm test`: installs and builds what is missing, then runs every check and test; the last line counts them.
//   npm test                 everything
//   npm test -- --unit       without the browsers
//   npm test -- --e2e [FILE] the browsers only
//   npm test -- --interop    foreign WebRTC stacks only
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowsers } from './browsers.mjs';
import { ensureBuilt } from './build.mjs';
import { check } from './check.mjs';
import { ensureForeignStacks } from './foreign-stacks.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureNativeTools } from './native-tools.mjs';
import { readVitestReport } from './vitest-report.mjs';
import { bin, requireNode, root, run } from './workspace.mjs';

const results = join(root, 'test-results');
const total = { passed: 0, skipped: 0 };
/** Of all runs: `{ name, reason }` each. */
const failures = [];
const secondTries = [];

async function checks() {
  const { failed, total: steps } = await check();
  total.passed += steps - failed.length;
  failures.push(...failed.map((name) => ({ name, reason: 'see `npm run check`' })));
}

/** Runs vitest and adds what it found to the whole; a bad end without a failed test is one failure. */
async function vitest(name, args) {
  const file = join(results, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run(bin('vitest'), ['run', ...args, ...reporters], { stdio: 'inherit' });
  const report = readVitestReport(file);
  total.passed += report.passed;
  total.skipped += report.skipped;
  failures.push(...report.failures);
  secondTries.push(...report.secondTries);
  if (code !== 0 && report.failures.length === 0) {
    failures.push({ name: `the ${name} run itself`, reason: `it ended with ${code}, see above` });
  }
}

/** At the end, so that whoever sees only the last lines of a log learns what to look at. */
function printList(heading, entries) {
  if (entries.length > 0) console.log(`\n${heading}:`);
  for (const { name, reason } of entries) console.log(`  ${name}\n    ${reason}`);
}

/** Lines covered, by package. Nothing where the run broke off before they were counted. */
function printCoverage() {
  const summary = join(root, 'coverage', 'coverage-summary.json');
  if (!existsSync(summary)) return;
  const files = JSON.parse(readFileSync(summary, 'utf8'));
  const packages = new Map();
  for (const [file, { lines }] of Object.entries(files)) {
    const name = /packages[\\/]([^\\/]+)[\\/]/.exec(file)?.[1];
    if (name === undefined) continue;
    const sum = packages.get(name) ?? { covered: 0, total: 0 };
    packages.set(name, { covered: sum.covered + lines.covered, total: sum.total + lines.total });
  }
  console.log('\nLines covered by unit and scenario tests:');
  for (const [name, { covered, total: lines }] of [...packages].sort()) {
    console.log(`  ${name.padEnd(10)} ${((100 * covered) / Math.max(lines, 1)).toFixed(1).padStart(5)} %  of ${lines}`);
  }
}

async function unit(files) {
  await checks();
  // Where they can't be installed, the tests that need them say so and are skipped.
  ensureNativeTools();
  await vitest('unit', ['--coverage', ...files]);
  printCoverage();
}

async function endToEnd(files) {
  if (!ensureBrowsers()) {
    failures.push({ name: 'the browsers', reason: 'they are missing, see above' });
    return;
  }
  await vitest('e2e', ['--config', 'test/e2e/vitest.config.ts', ...files]);
}

async function interop(files) {
  if (!ensureForeignStacks()) {
    failures.push({ name: 'the foreign stacks', reason: 'they are missing, see above' });
    return;
  }
  await vitest('interop', ['--config', 'test/interop/vitest.config.ts', ...files]);
}

requireNode();
const args = process.argv.slice(2);
const files = args.filter((arg) => !arg.startsWith('--'));
const parts = { '--unit': unit, '--interop': interop, '--e2e': endToEnd };
const unknown = args.find((arg) => arg.startsWith('-') && !Object.hasOwn(parts, arg));
if (unknown !== undefined) {
  console.error(`npm test does not know ${unknown}: it takes ${Object.keys(parts).join(', ')}, and names of files.`);
  process.exit(2);
}
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
await ensureInstalled();
await ensureBuilt();
const asked = Object.keys(parts).filter((part) => args.includes(part));
for (const part of asked.length > 0 ? asked : Object.keys(parts)) await parts[part](files);
printList('Passed at the second try only', secondTries);
printList('Failed', failures);
console.log(`\n${total.passed} passed, ${failures.length} failed, ${total.skipped} skipped`);
process.exitCode = failures.length === 0 ? 0 : 1;
