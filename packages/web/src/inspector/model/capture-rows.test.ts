import type { Fact } from '@madang/client';
import { expect, test } from 'vitest';
import { captures, constraintRows } from './capture-rows.js';

test('what was asked stands beside what came', () => {
  expect(
    constraintRows(
      { width: { ideal: 1280, min: 640 }, echoCancellation: true, deviceId: { exact: 'x' } },
      { width: 1280, frameRate: 29.9701, deviceId: 'x' },
    ),
  ).toEqual([
    { name: 'width', asked: 'ideal 1280, min 640', got: '1280' },
    { name: 'echoCancellation', asked: 'true', got: '' },
    { name: 'frameRate', asked: '', got: '29.97' },
  ]);
  expect(constraintRows(true, undefined)).toEqual([]);
});

test('the last try of each source counts', () => {
  const facts: Fact[] = [
    { type: 'media-asked', source: 'camera', constraints: {}, atMs: 1 },
    { type: 'media-failed', source: 'camera', kind: 'denied', name: 'NotAllowedError', message: 'no', atMs: 2 },
    { type: 'media-asked', source: 'microphone', constraints: true, atMs: 3 },
    { type: 'media-asked', source: 'camera', constraints: {}, atMs: 4 },
    { type: 'media-got', source: 'camera', label: 'Cam', settings: {}, atMs: 5 },
  ];
  expect(captures(facts)).toMatchObject([
    { source: 'camera', askedMs: 4, outcome: { state: 'got', label: 'Cam', atMs: 5 } },
    { source: 'microphone', askedMs: 3, outcome: { state: 'asked' } },
  ]);
  expect(captures(facts.slice(0, 2))[0]?.outcome).toMatchObject({ state: 'failed', name: 'NotAllowedError' });
});
