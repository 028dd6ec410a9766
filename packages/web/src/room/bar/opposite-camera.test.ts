import { expect, test } from 'vitest';
import { facingOf, oppositeCamera } from './opposite-camera.js';

test.each([
  ['camera2 0, facing back', 'environment'],
  ['camera2 1, facing front', 'user'],
  ['Back Dual Wide Camera', 'environment'],
  ['전면 카메라', 'user'],
  ['후면 망원 카메라', 'environment'],
  ['Facing back:0', 'environment'],
  ['HD Webcam C920', undefined],
  ['Feedback cam', undefined],
])('%s looks %s', (label, facing) => {
  expect(facingOf(label)).toBe(facing);
});

const front = { deviceId: 'f', label: 'camera2 1, facing front' };
const back = { deviceId: 'b', label: 'camera2 0, facing back' };
const wide = { deviceId: 'w', label: 'camera2 2, facing back' };

test('a phone’s camera can be turned round, and back from any of several', () => {
  expect(oppositeCamera([back, front, wide], 'f')).toBe(back);
  expect(oppositeCamera([back, front, wide], 'w')).toBe(front);
  expect(oppositeCamera([back, front], undefined)).toBe(back);
});

test('cameras that all look the same way, or nobody knows where, are not turned round', () => {
  expect(oppositeCamera([back, wide], 'b')).toBeUndefined();
  expect(oppositeCamera([{ deviceId: 'x', label: 'HD Webcam' }, front], 'x')).toBeUndefined();
});
