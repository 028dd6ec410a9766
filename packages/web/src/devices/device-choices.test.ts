import { expect, test } from 'vitest';
import { nameDevices } from './device-choices.js';

test('devices go by their own name without ids, else by number', () => {
  const devices = [
    { deviceId: 'a', label: 'HD Webcam (046d:0825)' },
    { deviceId: 'b', label: '' },
    { deviceId: 'c', label: 'Camera (front)' },
  ];
  expect(nameDevices(devices, (n) => `Camera ${n}`)).toEqual([
    { value: 'a', label: 'HD Webcam' },
    { value: 'b', label: 'Camera 2' },
    { value: 'c', label: 'Camera (front)' },
  ]);
});
