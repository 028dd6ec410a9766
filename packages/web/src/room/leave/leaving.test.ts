import { expect, test } from 'vitest';
import { hasToChooseHow, heirsOf } from './leaving.js';

const member = (role: 'host' | 'participant' | 'viewer', more: { isSelf?: boolean; connected?: boolean } = {}) => ({
  role,
  isSelf: false,
  connected: true,
  ...more,
});
const me = member('host', { isSelf: true });

test('only the last host among others is asked how to leave', () => {
  expect(hasToChooseHow([me, member('participant')])).toBe(true);
  expect(hasToChooseHow([me])).toBe(false);
  expect(hasToChooseHow([me, member('host')])).toBe(false);
  expect(hasToChooseHow([member('participant', { isSelf: true }), member('host')])).toBe(false);
});

test('a host who is away still is one', () => {
  expect(hasToChooseHow([me, member('host', { connected: false })])).toBe(false);
});

test('the room is handed over to somebody present who takes part', () => {
  const bo = member('participant');
  expect(heirsOf([me, bo, member('viewer'), member('participant', { connected: false })])).toEqual([bo]);
});
