import { expect, test } from 'vitest';
import { reportName } from './report-name.js';

const when = new Date('2026-05-04T03:02:01.999Z');

test('a report is named after its room and the moment', () => {
  expect(reportName('우리 마당/..', when)).toBe('madang-report-우리-마당-2026-05-04-030201.json');
  expect(reportName('', when)).toBe('madang-report-2026-05-04-030201.json');
  expect(reportName('a'.repeat(90), when).length).toBeLessThan(80);
});
