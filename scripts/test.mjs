// `npm test`: installs and builds what is missing, then runs every check and test; the last line counts them.
//   npm test                 everything
//   npm test -- --unit       without the browsers
//   npm test -- --e2e [FILE] the browsers only
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowsers } from './browsers.mjs';
import { ensureBuilt } from './build.mjs';
import { check } from './check.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureNativeTools } from './native-tools.mjs';
import { bin, requireNode, root, run } from './workspace.mjs';

const results = join(root, 'test-results');
const total = { passed: 0, failed: 0, skipped: 0 };

async function checks() {
  const { failed, total: steps } = await check();
  total.passed += steps - failed.length;
  total.failed += failed.length;
}

/** Runs vitest, adds its counts to the total, and counts a bad end without a failed test as one failure. */
async function vitest(name, args) {
  const report = join(results, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run(bin('vitest'), ['run', ...args, ...reporters], { stdio: 'inherit' });
  const counts = countsOf(report);
  total.passed += counts.passed;
  total.skipped += counts.skipped;
  total.failed += counts.failed || (code === 0 ? 0 : 1);
  printSecondTries(counts.secondTry);
}

function countsOf(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    const brokenFiles = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
    return {
      passed: numPassedTests,
      failed: numFailedTests + brokenFiles.length,
      skipped: numPendingTests + numTodoTests,
      secondTry: testResults.flatMap((file) => file.assertionResults.filter(neededSecondTry)),
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, secondTry: [] };
  }
}

/** Passed, though an earlier try of the same run left its error. */
function neededSecondTry({ status, failureMessages }) {
  return status === 'passed' && failureMessages.length > 0;
}

function printSecondTries(tests) {
  if (tests.length > 0) console.log('\nPassed at the second try only:');
  for (const { fullName, failureMessages } of tests)
    console.log(`  ${fullName}\n    ${failureMessages[0].split('\n')[0]}`);
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
    total.failed += 1;
    return;
  }
  await vitest('e2e', ['--config', 'test/e2e/vitest.config.ts', ...files]);
}

requireNode();
const args = process.argv.slice(2);
const files = args.filter((arg) => !arg.startsWith('--'));
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
await ensureInstalled();
await ensureBuilt();
if (!args.includes('--e2e')) await unit(files);
if (!args.includes('--unit')) await endToEnd(files);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
