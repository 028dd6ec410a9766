/** The guides to the diagnosis must tell of every step and every cause, and of no other. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CAUSES, STEPS } from '@madang/client';
import { describe, expect, it } from 'vitest';

const page = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../docs/${name}`, import.meta.url)), 'utf8');

/** The first cells of the rows below a heading, and how many cells each row has. */
function rows(text: string, ix: number): { id: string; cells: number }[] {
  const section = text.split(/^## /m)[ix] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => ({ id: line.split('`')[1] ?? '', cells: line.split('|').length - 2 }));
}

describe.each(['diagnosis.md', 'diagnosis.ko.md'])('docs/%s', (name) => {
  it('has every step, in order', () => {
    expect(rows(page(name), 1).map(({ id }) => id)).toEqual([...STEPS]);
  });

  it('has every cause, in order, with what it means, what to do and how it was produced', () => {
    const causes = rows(page(name), 2);
    expect(causes.map(({ id }) => id)).toEqual([...CAUSES]);
    expect(causes.every(({ cells }) => cells === 4)).toBe(true);
  });
});
