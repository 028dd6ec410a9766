import { messagesIn } from '@madang/server';
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
  expect(lineOf(happening, messagesIn('en'))).toBe(line);
});

test('a message can not steer the terminal nor begin a line of its own', () => {
  const text = 'hi\u001b[2J\n* Min left\r\u0007';
  expect(lineOf({ type: 'chat', id: 1, from: 'a', name: 'Jo', text }, messagesIn('en'))).toBe(
    'Jo: hi [2J * Min left  ',
  );
});

test.each<[Happening, string]>([
  [{ type: 'joined', room: '차', self: 'a', members: [] }, '* 차 방에 들어왔습니다. 함께 있는 사람: 아무도 없음'],
  [{ type: 'member-left', id: 'b', name: '민', reason: 'lost' }, '* 민 님의 연결이 끊겼습니다'],
  [{ type: 'state', state: 'reconnecting' }, '* 다시 연결하는 중입니다'],
  [{ type: 'ended', reason: 'kicked', note: '소음' }, '* 진행자가 내보냈습니다 (소음)'],
])('in Korean %j', (happening, line) => {
  expect(lineOf(happening, messagesIn('ko'))).toBe(line);
});
