import { expect, test } from 'vitest';
import { cameraWish, FIRST_SETTINGS, microphoneWish, readCaptureSettings } from './capture-settings.js';

test('what is remembered is taken field by field, and what is wrong in it is as if not there', () => {
  expect(readCaptureSettings({})).toEqual(FIRST_SETTINGS);
  const whole = { ...FIRST_SETTINGS, height: 1080, frameRate: 15, mirror: false, blur: 3, backgroundBlur: true };
  expect(readCaptureSettings(whole)).toEqual(whole);
  expect(
    readCaptureSettings({
      height: 719,
      frameRate: '30',
      mirror: 'no',
      blur: -1,
      brightness: 151,
      grey: 1,
      other: true,
    }),
  ).toEqual(FIRST_SETTINGS);
});

test('a height asks for its width at 16 : 9', () => {
  expect([360, 720, 1080].map((height) => cameraWish({ ...FIRST_SETTINGS, height: height as 360 }).width)).toEqual([
    640, 1280, 1920,
  ]);
});

test("the stronger suppressor takes the place of the browser's", () => {
  expect(microphoneWish(FIRST_SETTINGS).noiseSuppression).toBe(true);
  expect(microphoneWish({ ...FIRST_SETTINGS, strongNoiseSuppression: true }).noiseSuppression).toBe(false);
});
