import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { displayWidth, messagesIn } from '../messages/index.js';
import type { Row } from './row.js';
import { drawTable, hasColours, rowsAsJson, summaryOf } from './table.js';
import { bad, ok, warn } from './verdict.js';

const row = (id: Row['id'], verdict: Row['verdict'], subject?: string): Row => ({ id, subject, verdict });
const ROWS = [
  row(
    'node',
    ok(() => '20.20.2'),
  ),
  row(
    'nat',
    warn(
      () => 'only 10.0.0.5',
      () => 'Announce one.',
    ),
  ),
  row(
    'ice-servers',
    bad(
      () => 'is silent',
      () => 'Start it.',
    ),
    'stun:a',
  ),
];

test('each row has a sign, a word, what and its value, and its remedy below', () => {
  expect(drawTable(ROWS, messagesIn('en'), false)).toBe(
    [
      '✓ ok    Node           20.20.2',
      '! warn  NAT            only 10.0.0.5',
      '                       → Announce one.',
      '✗ bad   STUN and TURN  stun:a is silent',
      '                       → Start it.',
      '',
    ].join('\n'),
  );
});

test('in Korean the columns stand below each other all the same', () => {
  const lines = drawTable(ROWS, messagesIn('ko'), false).split('\n');
  const columns = ['20.20.2', 'only', '→', 'stun:a', '→'].map((text, ix) => {
    const line = lines[ix]!;
    return displayWidth(line.slice(0, line.indexOf(text)));
  });
  expect(new Set(columns).size).toBe(1);
});

test('colour is added to the words, and takes none of them away', () => {
  const coloured = drawTable(ROWS, messagesIn('en'), true);
  expect(coloured).toContain('\u001b[31m✗ bad ');
  expect(stripVTControlCharacters(coloured)).toBe(drawTable(ROWS, messagesIn('en'), false));
});

test.each([
  [true, {}, true],
  [true, { NO_COLOR: '1' }, false],
  [true, { TERM: 'dumb' }, false],
  [false, {}, false],
])('a terminal %s with %j has colours %s', (isTTY, env, colours) => {
  expect(hasColours({ isTTY }, env)).toBe(colours);
});

test('nothing that comes from elsewhere can steer the terminal or begin a line', () => {
  const hostile = row(
    'port-http',
    bad(
      () => 'taken by \u001b[2Jx\n✓ ok',
      () => 'a\u0007b',
    ),
  );
  const drawn = drawTable([hostile], messagesIn('en'), false);
  expect(drawn.split('\n')).toHaveLength(3);
  expect(drawn).not.toContain('\u001b');
  expect(drawn).not.toContain('\u0007');
});

test('the summary counts what is worst', () => {
  const english = messagesIn('en');
  expect(summaryOf(ROWS, english)).toBe('One thing stands in the way of a call.');
  expect(summaryOf(ROWS.slice(0, 2), english)).toBe('Calls can work; one thing to know about.');
  expect(summaryOf(ROWS.slice(0, 1), english)).toBe('Nothing stands in the way of a call.');
});

test('for programs a row has the same keys whatever it says', () => {
  expect(rowsAsJson(ROWS)).toEqual([
    { id: 'node', subject: null, status: 'ok', value: '20.20.2', remedy: null },
    { id: 'nat', subject: null, status: 'warn', value: 'only 10.0.0.5', remedy: 'Announce one.' },
    { id: 'ice-servers', subject: 'stun:a', status: 'bad', value: 'is silent', remedy: 'Start it.' },
  ]);
});
