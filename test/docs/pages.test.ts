import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONFIG_KEYS } from '@madang/server';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = (path: string) => readFileSync(join(root, path), 'utf8');

const PAGES = [
  'README.md',
  'README.ko.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** The anchors that a page's headings make. */
function anchors(page: string): string[] {
  return [...text(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .trim()
      .replace(/ /g, '-'),
  );
}

/** Relative links of a page, outside fences. */
function links(page: string): string[] {
  const prose = text(page).replace(/```[\s\S]*?```/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

describe.each(['README.md', 'README.ko.md'])('%s', (readme) => {
  const rows = [...text(readme).matchAll(/^\| `--([a-z0-9-]+)(?:\\\||[^|])*?` *\| (.*?) \|/gm)];

  it('lists every setting, in the order of the help', () => {
    expect(rows.map(([, flag]) => flag)).toEqual(CONFIG_KEYS.map((key) => key.flag));
  });
});

it('tells the default of every setting', () => {
  for (const key of CONFIG_KEYS) {
    const row = new RegExp(`^\\| \`--${key.flag}[ \`].*$`, 'm').exec(text('README.md'))?.[0];
    expect(row, key.flag).toContain(`| ${key.shownDefault.replace(/^default /, '')} |`);
  }
});

it('has the same chapters in both READMEs', () => {
  const levels = (page: string) => [...text(page).matchAll(/^(#+) /gm)].map(([, marks]) => marks);
  expect(levels('README.ko.md')).toEqual(levels('README.md'));
});

it.each(PAGES)('%s links only to what is there', (page) => {
  for (const link of links(page)) {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    expect(existsSync(join(root, target)), link).toBe(true);
    if (anchor) expect(anchors(target), link).toContain(anchor);
  }
});
