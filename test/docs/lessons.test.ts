import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../examples/basicapp/', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

type Text = string | readonly Text[];
interface Texts {
  readonly en: Readonly<Record<string, Text>>;
  readonly ko: Readonly<Record<string, Text>>;
}
const load = async (file: string): Promise<Record<string, Texts>> => await import(join(root, file));

const { frame } = (await load('text/frame.js')) as { frame: Texts };
const pages = readdirSync(root).filter((name) => name.endsWith('.html'));
const modules = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.js') && !name.startsWith('text'),
);
/** All that a page's texts may be named by, besides its own HTML. */
const programs = modules.map(read).join('\n');

/** The shape of a text: how many parts it has, and the values that are put into it. */
function shape(text: Text): unknown {
  if (typeof text !== 'string') return text.map(shape);
  return (text.match(/\{\w+\}/g) ?? []).toSorted();
}
const sentences = (text: Text): string[] => (typeof text === 'string' ? [text] : text.flatMap(sentences));
const plain = (text: Text | undefined) => String(text).replace(/`([^`]+)`|\*\*([^*]+)\*\*/g, '$1$2');
const unescaped = (html: string) =>
  html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');

describe.each(['frame', ...pages.map((page) => page.replace('.html', ''))])('the texts of %s', async (name) => {
  const texts = name === 'frame' ? frame : (await load(`text/${name}.js`)).text!;

  it('are there in both languages, in the same parts and with the same values', () => {
    expect(Object.keys(texts.ko)).toEqual(Object.keys(texts.en));
    for (const [key, text] of Object.entries(texts.en)) expect(shape(texts.ko[key]!), key).toEqual(shape(text));
  });

  it('are nowhere empty, and the Korean ones are Korean', () => {
    for (const text of [texts.en, texts.ko].flatMap((all) => Object.values(all).flatMap(sentences))) {
      expect(text.trim()).not.toBe('');
    }
    const named = Object.entries(texts.ko).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : []));
    for (const [key, text] of named) {
      if (text !== texts.en[key!]) expect(text, key).toMatch(/[가-힣]/);
    }
    const same = named.filter(([key, text]) => text === texts.en[key!]).map(([, text]) => text);
    expect(same.filter((text) => !['A', 'B', 'MediaStream', 'bufferedAmount', 'Blob'].includes(text!))).toEqual([]);
  });

  it('are all used', () => {
    const used = name === 'frame' ? programs : `${read(`${name}.html`)}\n${programs}`;
    for (const key of Object.keys(texts.en)) {
      const stem = /^(connection|path|channel)-/.exec(key)?.[0];
      const pattern = new RegExp(`["'\`](?:${key}|${stem ?? key}\\$\\{[^}]+\\})["'\`]`);
      const isStep = /^step\d$/.test(key) || key.endsWith('Heading');
      expect(isStep || pattern.test(used), `${name}: ${key}`).toBe(true);
    }
  });
});

describe.each(pages)('%s', async (page) => {
  const html = read(page);
  const own = (await load(`text/${page.replace('.html', '.js')}`)).text!;
  const en = { ...frame.en, ...own.en };

  it('says, before its program runs, what it says in English', () => {
    const said = [...html.matchAll(/<(\w+)[^>]*? data-text="([^"]+)"[^>]*>([\s\S]*?)<\/\1>/g)];
    expect(said.length).toBeGreaterThan(5);
    for (const [, , key, text] of said) expect(unescaped(text!).replace(/\s+/g, ' ').trim(), key).toBe(plain(en[key!]));
    for (const [, key, label] of html.matchAll(/data-label="([^"]+)"\s+aria-label="([^"]+)"/g))
      expect(label, key).toBe(plain(en[key!]));
    expect(html).toContain(`<title>${plain(en.title)} · Madang</title>`);
  });

  it('loads nothing from elsewhere, and runs nothing but files', () => {
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(html).not.toMatch(/<style|style="|<script(?![^>]*src=)| on\w+="/);
  });
});

it('each step is a module that one can read in one go', () => {
  for (const module of modules) expect(read(module).split('\n').length, module).toBeLessThan(130);
});
