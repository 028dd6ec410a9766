import { expect, test } from 'vitest';
import { keyboardInset } from './keyboard-inset.js';

test('without a keyboard nothing is covered', () => {
  expect(keyboardInset(740, { height: 740, offsetTop: 0, scale: 1 })).toBe(0);
  expect(keyboardInset(740, undefined)).toBe(0);
});

test('a keyboard over the page covers what is no longer visible', () => {
  expect(keyboardInset(740, { height: 440, offsetTop: 0, scale: 1 })).toBe(300);
});

test('a page that was moved up for the keyboard is covered less', () => {
  expect(keyboardInset(740, { height: 440, offsetTop: 120, scale: 1 })).toBe(180);
});

test('neither a moving address bar nor a pinch is a keyboard', () => {
  expect(keyboardInset(740, { height: 690, offsetTop: 0, scale: 1 })).toBe(0);
  expect(keyboardInset(740, { height: 370, offsetTop: 100, scale: 2 })).toBe(0);
});
