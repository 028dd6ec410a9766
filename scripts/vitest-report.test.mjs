import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readVitestReport } from './vitest-report.mjs';

const folder = mkdtempSync(join(tmpdir(), 'vitest-report-'));
const file = join(folder, 'report.json');

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a test that failed, a file that broke and a test that needed a second try are each named with their reason', () => {
  const passed = (fullName, failureMessages = []) => ({ status: 'passed', fullName, failureMessages });
  const report = {
    numPassedTests: 2,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [
      { status: 'passed', assertionResults: [passed('good'), passed('late', ['Error: too late\n    at x'])] },
      {
        status: 'failed',
        assertionResults: [{ status: 'failed', fullName: 'bad', failureMessages: ['Error: no\nat y'] }],
      },
      { status: 'failed', assertionResults: [], name: 'a.test.ts', message: 'Error: no such module\nat z' },
    ],
  };
  writeFileSync(file, JSON.stringify(report));
  expect(readVitestReport(file)).toEqual({
    passed: 2,
    skipped: 2,
    failures: [
      { name: 'bad', reason: 'Error: no' },
      { name: 'a.test.ts', reason: 'Error: no such module' },
    ],
    secondTries: [{ name: 'late', reason: 'Error: too late' }],
  });
});

test('a run that left no report is a failure', () => {
  expect(readVitestReport(join(folder, 'none.json')).failures).toHaveLength(1);
});
