import { readFileSync } from 'node:fs';
import { PROBLEMS } from '@madang/server';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('../../docs/whip.md', import.meta.url), 'utf8');

it('docs/whip.md lists every problem with its status and its sentence', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \| (\d{3}) \| (.*) \|$/gm)].map(([, code, status, title]) => [
    code,
    { status: Number(status), title },
  ]);
  expect(Object.fromEntries(rows)).toEqual(PROBLEMS);
});
