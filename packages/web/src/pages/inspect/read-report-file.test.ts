import { exportRecord, type Fact } from '@madang/client';
import { expect, test } from 'vitest';
import { readReportFile } from './read-report-file.js';

const file = (text: string) => new File([text], 'a.json');
const facts: Fact[] = [
  {
    type: 'page',
    secure: true,
    userAgent: 'x',
    hasDevices: true,
    hasConnections: true,
    wallStartMs: 1_000,
    atMs: 0,
  },
  { type: 'online', online: true, atMs: 20 },
];

test('a saved report is read with the moment it was saved at', async () => {
  const text = exportRecord(facts, { addresses: 'plain', wallMs: 9_000 });
  expect(await readReportFile(file(text))).toEqual({ ok: true, name: 'a.json', facts, nowMs: 8_000 });
});

test.each([
  ['hello', 'not_a_record'],
  ['{"a":1}', 'not_a_record'],
  [exportRecord(facts, { addresses: 'plain' }).replace('"version":1', '"version":99'), 'newer_version'],
])('%s is refused as %s', async (text, problem) => {
  expect(await readReportFile(file(text))).toEqual({ ok: false, name: 'a.json', problem });
});

test('a file that is too large is not even read', async () => {
  const huge = { name: 'film.json', size: 10 ** 9, text: () => Promise.reject(new Error('read')) };
  expect(await readReportFile(huge)).toMatchObject({ ok: false, problem: 'too_large' });
});

test('a file that the browser can not read is told as such', async () => {
  const gone = { name: 'gone.json', size: 1, text: () => Promise.reject(new Error('NotReadableError')) };
  expect(await readReportFile(gone)).toMatchObject({ ok: false, problem: 'unreadable' });
});
