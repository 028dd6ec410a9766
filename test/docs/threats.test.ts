import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const page = fileURLToPath(new URL('../../docs/threats.md', import.meta.url));
const [threats = ''] = readFileSync(page, 'utf8').split('## Fuzzing');
const rows = threats.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| threat'));

test('every threat of the page names tests, and they are there', () => {
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) {
    const paths = [...row.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path!);
    expect([row, paths.length]).not.toEqual([row, 0]);
    expect(paths.filter((path) => !existsSync(join(dirname(page), path)))).toEqual([]);
    expect(paths.filter((path) => !/(?:test|fuzz)\/.*\.(?:ts|cc)$/.test(path))).toEqual([]);
  }
});
