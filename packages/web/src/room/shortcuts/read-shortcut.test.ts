import { expect, test } from 'vitest';
import { focusPlace, type KeyPress, readShortcut } from './read-shortcut.js';

const press = (more: Partial<KeyPress>): KeyPress => ({
  code: '',
  key: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  isComposing: false,
  ...more,
});

test.each([
  [{ code: 'KeyM', key: 'm' }, 'microphone'],
  [{ code: 'KeyM', key: 'ㅡ' }, 'microphone'],
  [{ code: 'KeyV', key: 'ㅍ' }, 'camera'],
  [{ code: 'KeyC' }, 'chat'],
  [{ code: 'KeyP' }, 'people'],
  [{ code: 'KeyD' }, 'share'],
  [{ code: 'KeyR' }, 'hand'],
  [{ code: 'Slash', key: '?', shiftKey: true }, 'help'],
  [{ code: 'Minus', key: '?', shiftKey: true }, 'help'],
  [{ code: 'KeyX', key: 'x' }, undefined],
  [{ code: 'KeyC', key: 'c', ctrlKey: true }, undefined],
  [{ code: 'KeyR', key: 'r', metaKey: true }, undefined],
  [{ code: 'KeyM', key: 'm', altKey: true }, undefined],
  [{ code: 'KeyM', key: 'M', shiftKey: true }, undefined],
  [{ code: 'KeyM', key: 'Process', isComposing: true }, undefined],
  [{ code: 'KeyM', key: 'm', repeat: true }, undefined],
] as const)('%j asks for %s', (more, expected) => {
  expect(readShortcut(press(more))).toBe(expected);
});

test.each([
  ['textarea', 'text'],
  ['button', 'control'],
  ['video', 'page'],
] as const)('focus in a %s counts as %s', (tag, expected) => {
  const closest = (selector: string) => (selector.split(/[\s,:[]+/).includes(tag) ? {} : null);
  expect(focusPlace({ closest } as unknown as Element)).toBe(expected);
});

test('without focus the keys are the page’s', () => {
  expect(focusPlace(null)).toBe('page');
});
