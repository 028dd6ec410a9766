import { expect, test } from 'vitest';
import { readPreferences } from './preferences.js';

test('a first visit wants microphone and camera and has no name', () => {
  expect(readPreferences({})).toMatchObject({ name: '', wantsMicrophone: true, wantsCamera: true, hasAllowed: false });
});

test('what was chosen comes back', () => {
  const chosen = {
    name: '김민준',
    wantsCamera: false,
    cameraId: 'c1',
    speakerId: 's1',
    hasAllowed: true,
    layout: 'speaker',
    reception: 'low',
  };
  expect(readPreferences(chosen)).toMatchObject(chosen);
});

test('fields of the wrong kind fall back to their default', () => {
  expect(
    readPreferences({ layout: 'circle', reception: 1, name: 7, wantsMicrophone: 'no', cameraId: '' }),
  ).toMatchObject({
    name: '',
    wantsMicrophone: true,
    cameraId: undefined,
    layout: 'auto',
    reception: 'everything',
  });
});
