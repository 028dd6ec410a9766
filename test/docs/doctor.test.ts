import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CHECK_IDS, TURN_CAUSES } from '@madang/server';
import { expect, it } from 'vitest';

const whole = readFileSync(fileURLToPath(new URL('../../docs/doctor.md', import.meta.url)), 'utf8');
const [page = '', relays = ''] = whole.split('\n## Relays\n');

it('docs/doctor.md has a row for every check, in the order of the table', () => {
  const ids = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id);
  expect(ids).toEqual(CHECK_IDS);
});

it('says for every check what it looks at and when it is not well', () => {
  const rows = [...page.matchAll(/^\| `[a-z-]+` \| (.+?) \| (.+?) \|$/gm)];
  expect(rows).toHaveLength(CHECK_IDS.length);
  for (const [, what = '', faults = ''] of rows) {
    expect(what.length).toBeGreaterThan(10);
    expect(faults, what).toMatch(/^(?:bad|warn)\b/);
  }
});

it('has a row for every cause that a walk to a relay may name', () => {
  const causes = [...relays.matchAll(/^\| `([a-z-]+)` \| .{10,} \|$/gm)].map(([, cause]) => cause);
  expect(causes).toEqual(TURN_CAUSES);
});
