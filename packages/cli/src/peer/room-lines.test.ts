import { expect, test } from 'vitest';
import { type Happening, lineOf } from './room-lines.js';

test.each<[Happening, string]>([
  [{ type: 'joined', room: 'tea', self: 'a', members: [] }, '* in tea with nobody'],
  [{ type: 'joined', room: 'tea', self: 'a', members: ['Min', 'Jo'] }, '* in tea with Min, Jo'],
  [{ type: 'member-joined', id: 'b', name: 'Jo' }, '* Jo joined'],
  [{ type: 'member-left', id: 'b', name: 'Jo', reason: 'lost' }, '* Jo was lost'],
  [{ type: 'draining', withinMs: 9_100 }, '* the server stops within 10 s'],
  [{ type: 'ended', reason: 'kicked', note: 'noise' }, '* ended: kicked (noise)'],
  [{ type: 'ended', reason: 'closed', note: undefined }, '* ended: closed'],
])('%j', (happening, line) => {
  expect(lineOf(happening)).toBe(line);
});

test('a message can not steer the terminal nor begin a line of its own', () => {
  const text = 'hi\u001b[2J\n* Min left\r\u0007';
  expect(lineOf({ type: 'chat', id: 1, from: 'a', name: 'Jo', text })).toBe('Jo: hi [2J * Min left  ');
});
