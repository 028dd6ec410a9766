import { expect, test } from 'vitest';
import { inEnglish } from '../verdict.js';
import { type ClockReading, judgeClock } from './clock.js';

const NOON = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;
const WELL: ClockReading = {
  wallMs: NOON,
  jumpedMs: 3,
  builtMs: NOON - 30 * DAY,
  certificateFromMs: undefined,
  synchronized: true,
};

test.each<[string, Partial<ClockReading>, string, string]>([
  ['a clock that is held', {}, 'ok', '2026-11-22 12:00 UTC, synchronized'],
  ['nobody says', { synchronized: undefined }, 'ok', '2026-11-22 12:00 UTC, synchronization unknown'],
  ['nobody holds it', { synchronized: false }, 'warn', '2026-11-22 12:00 UTC, not synchronized'],
  ['a little older than the build', { builtMs: NOON + DAY / 2 }, 'ok', '2026-11-22 12:00 UTC, synchronized'],
  [
    'before the build',
    { builtMs: NOON + 2 * DAY },
    'bad',
    '2026-11-22 12:00 UTC is before this program was built (2026-11-24 12:00 UTC)',
  ],
  [
    'before the certificate',
    { certificateFromMs: NOON + 60_000 },
    'bad',
    '2026-11-22 12:00 UTC is before the certificate begins (2026-11-22 12:01 UTC)',
  ],
  ['within the certificate', { certificateFromMs: NOON }, 'ok', '2026-11-22 12:00 UTC, synchronized'],
  [
    'set back meanwhile',
    { jumpedMs: -3_600_000 },
    'warn',
    '2026-11-22 12:00 UTC; it jumped by -3600.0 s while this program ran',
  ],
])('%s', (_what, changes, status, value) => {
  expect(inEnglish(judgeClock({ ...WELL, ...changes }))).toMatchObject({ status, value });
});
