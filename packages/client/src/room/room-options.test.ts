import { expect, it } from 'vitest';
import { roomSettings } from './room-options.js';

it('draws its own jitter, between 0 and 1 and never the same', () => {
  const { random } = roomSettings({ url: 'https://meet.example/' });
  const drawn = Array.from({ length: 200 }, random);
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...drawn)).toBeLessThan(1);
  expect(new Set(drawn).size).toBeGreaterThan(190);
});

it('takes what it is given before what the browser has', () => {
  const given = { url: 'http://10.0.0.1:8080/madang/', random: () => 0.5, connectTimeoutMs: 7 };
  const settings = roomSettings(given);
  expect([settings.random(), settings.connectTimeoutMs]).toEqual([0.5, 7]);
  expect(settings.address).toEqual({ origin: 'http://10.0.0.1:8080', path: '/madang/socket.io' });
});
