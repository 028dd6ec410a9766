import { expect, test } from 'vitest';
import { focusPlace, type KeyPress, type KeyRules, readShortcut } from './read-shortcut.js';

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

const ON_PAGE: KeyRules = { place: 'page', isMac: false, hasSingleKeys: true };

test.each([
  [{ code: 'KeyM', key: 'm' }, 'microphone'],
  [{ code: 'KeyM', key: 'ㅡ' }, 'microphone'],
  [{ code: 'KeyV', key: 'ㅍ' }, 'camera'],
  [{ code: 'KeyC' }, 'chat'],
  [{ code: 'KeyP' }, 'people'],
  [{ code: 'KeyD' }, 'share'],
  [{ code: 'KeyR' }, 'hand'],
  [{ code: 'KeyF', key: 'ㄹ' }, 'fullscreen'],
  [{ code: 'KeyI' }, 'inspector'],
  [{ code: 'KeyW' }, 'layout'],
  [{ code: 'Digit1', key: '1' }, 'pin-1'],
  [{ code: 'Numpad4', key: '4' }, 'pin-4'],
  [{ code: 'Digit0', key: '0' }, 'pin-0'],
  [{ code: 'Digit9', key: '9' }, 'pin-9'],
  [{ code: 'PageDown' }, 'nextPage'],
  [{ code: 'PageUp' }, 'previousPage'],
  [{ code: 'Digit1', key: '!', shiftKey: true }, undefined],
  [{ code: 'Digit6', key: '6', altKey: true }, 'reaction-6'],
  [{ code: 'Digit7', key: '7', altKey: true }, undefined],
  [{ code: 'KeyD', key: 'd', ctrlKey: true }, 'microphone'],
  [{ code: 'KeyE', key: 'ㄷ', ctrlKey: true }, 'camera'],
  [{ code: 'KeyD', ctrlKey: true, shiftKey: true }, undefined],
  [{ code: 'KeyE', key: '€', ctrlKey: true, altKey: true }, undefined],
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
  expect(readShortcut(press(more), ON_PAGE)).toBe(expected);
});

test('pages are turned where nothing else scrolls by these keys', () => {
  expect(readShortcut(press({ code: 'PageDown' }), { ...ON_PAGE, place: 'control' })).toBeUndefined();
});

test('while writing, letters are letters; only the command key still mutes', () => {
  const writing: KeyRules = { ...ON_PAGE, place: 'text' };
  expect(readShortcut(press({ code: 'KeyM' }), writing)).toBeUndefined();
  expect(readShortcut(press({ code: 'Digit1', altKey: true }), writing)).toBeUndefined();
  expect(readShortcut(press({ code: 'KeyD', ctrlKey: true }), writing)).toBe('microphone');
  expect(readShortcut(press({ code: 'KeyD', ctrlKey: true, isComposing: true }), writing)).toBeUndefined();
});

test('on a Mac the command key is Command: Ctrl and E go on moving the cursor', () => {
  const onMac: KeyRules = { ...ON_PAGE, isMac: true, place: 'text' };
  expect(readShortcut(press({ code: 'KeyE', metaKey: true }), onMac)).toBe('camera');
  expect(readShortcut(press({ code: 'KeyE', ctrlKey: true }), onMac)).toBeUndefined();
});

test('switched off, no key works alone; those with a second one do', () => {
  const off: KeyRules = { ...ON_PAGE, hasSingleKeys: false };
  for (const code of ['KeyM', 'KeyC', 'Digit1']) expect(readShortcut(press({ code }), off)).toBeUndefined();
  expect(readShortcut(press({ code: 'Slash', key: '?', shiftKey: true }), off)).toBeUndefined();
  expect(readShortcut(press({ code: 'KeyD', ctrlKey: true }), off)).toBe('microphone');
  expect(readShortcut(press({ code: 'Digit2', altKey: true }), off)).toBe('reaction-2');
});

test.each([
  ['textarea', 'text'],
  ['button', 'control'],
  ['[role=combobox]', 'text'],
  ['[role=log]', 'control'],
  ['video', 'page'],
] as const)('focus in a %s counts as %s', (tag, expected) => {
  const closest = (list: string) =>
    list.split(', ').some((part) => part.split(/:|(?<=.)\[/)[0] === tag.split(/(?<=.)\[/)[0] || part === tag)
      ? {}
      : null;
  expect(focusPlace({ closest } as unknown as Element)).toBe(expected);
});

test('without focus the keys are the page’s', () => {
  expect(focusPlace(null)).toBe('page');
});
