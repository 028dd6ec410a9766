import { expect, test } from 'vitest';
import { codeOf, Stage } from './stage.js';

test('the first member opens a room as encrypted, and everyone is told so', () => {
  const stage = new Stage();
  expect(stage.join('Ada', { encrypted: true }).joined.room.encrypted).toBe(true);
  expect(stage.join('Bo', { encrypted: true }).joined.room.encrypted).toBe(true);
  expect(stage.join('Cy', { room: 'yard' }).joined.room).not.toHaveProperty('encrypted');
});

test('who would bring clear media into an encrypted room is refused, whatever its dialect', () => {
  const stage = new Stage();
  stage.join('Ada', { encrypted: true });
  expect(codeOf(stage.tryJoin('Bo'))).toBe('room_encrypted');
  expect(codeOf(stage.tryJoin('Bo', { encrypted: false }))).toBe('room_encrypted');
  expect(codeOf(stage.tryJoin('lesson', { dialect: 'classic' }))).toBe('room_encrypted');
  expect(codeOf(stage.tryJoin('viewer', { encrypted: 'either' }))).toBe('ok');
});

test('who encrypts is refused by a room whose members do not', () => {
  const stage = new Stage();
  stage.join('Ada');
  expect(codeOf(stage.tryJoin('Bo', { encrypted: true }))).toBe('room_not_encrypted');
  expect(codeOf(stage.tryJoin('viewer', { encrypted: 'either' }))).toBe('ok');
});
