import { expect, test } from 'vitest';
import { CONFIGURED_CHECKS, MACHINE_CHECKS } from './checks.js';
import { CHECK_IDS } from './row.js';

test('every title of the table has its one check, and the settings a row of their own', () => {
  const ids = [...MACHINE_CHECKS, ...CONFIGURED_CHECKS].map(({ id }) => id);
  expect(['config', ...ids].sort()).toEqual([...CHECK_IDS].sort());
});
