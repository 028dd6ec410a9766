import type { Forwarding, Reception } from '@madang/client';
import { expect, test } from 'vitest';
import { pictureNote } from './picture-note.js';

test.each<[Forwarding | undefined, Reception, boolean, string]>([
  [undefined, 'everything', true, 'nothing'],
  [{ layer: 2, reason: 'full' }, 'everything', true, 'nothing'],
  [{ layer: 0, reason: 'size' }, 'everything', false, 'nothing'],
  [{ layer: 0, reason: 'bandwidth' }, 'everything', false, 'lowered bandwidth'],
  [{ layer: 1, reason: 'cpu' }, 'everything', true, 'lowered cpu'],
  [{ layer: 0, reason: 'wish' }, 'low', false, 'lowered wish'],
  [{ layer: 0, reason: 'wish' }, 'everything', false, 'nothing'],
  [{ layer: 0, reason: 'publisher' }, 'everything', true, 'lowered publisher'],
  [{ layer: 0, reason: 'publisher' }, 'everything', false, 'nothing'],
  [{ layer: null, reason: 'bandwidth' }, 'everything', false, 'paused bandwidth'],
  [{ layer: null, reason: 'paused' }, 'audio-only', false, 'paused audio-only'],
  [{ layer: null, reason: 'paused' }, 'everything', false, 'paused other'],
])('%j with %s, large %s: %s', (forwarding, reception, isLarge, said) => {
  const note = pictureNote(forwarding, reception, isLarge);
  expect(note === undefined ? 'nothing' : `${note.at} ${note.why}`).toBe(said);
});
