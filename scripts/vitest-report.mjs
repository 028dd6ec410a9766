// What vitest's JSON report says of a run.
import { readFileSync } from 'node:fs';

/**
 * Counts, and one entry `{ name, reason }` for each test that failed and for each that passed at the second try only. A file
 * that broke before its tests is one failure; so is a report that can't be read.
 */
export function readVitestReport(file) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {
      passed: 0,
      skipped: 0,
      failures: [{ name: 'the run itself', reason: 'it left no report' }],
      secondTries: [],
    };
  }
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.length,
  );
  return {
    passed: report.numPassedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...tests.filter(({ status }) => status === 'failed').map(entry),
      ...broken.map(({ name, message }) => ({ name, reason: firstLine(message) })),
    ],
    // What failed first and passed then has kept the error of its first try.
    secondTries: tests
      .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
      .map(entry),
  };
}

function entry({ fullName, failureMessages }) {
  return { name: fullName, reason: firstLine(failureMessages[0]) };
}

function firstLine(text = '') {
  return text.split('\n', 1)[0];
}
