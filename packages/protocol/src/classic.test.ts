import { describe, expect, it } from 'vitest';
import { CLASSIC_REQUESTS } from './classic.js';

describe('the lesson’s ready', () => {
  it.each([
    ['a name', 'room1', ['room1']],
    ['a number', 7, ['7']],
    ['one room in an object', { room: 'a' }, ['a']],
    ['a chat and a signal room', { chat_room: 'c', signal_room: 's' }, ['c', 's']],
    ['the other spelling', { chat_room: 'c', signaling_room: 's' }, ['c', 's']],
    ['one room under two names', { chat_room: 'c', signal_room: 'c' }, ['c']],
  ])('takes %s', (_what, payload, rooms) => {
    expect(CLASSIC_REQUESTS.ready.parse(payload)).toEqual(rooms);
  });

  it.each([[{}], [null], ['a/b'], [{ chat_room: '' }]])('refuses %j', (payload) => {
    expect(CLASSIC_REQUESTS.ready.safeParse(payload).success).toBe(false);
  });
});
