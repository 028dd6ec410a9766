import { FORM, KIND, RX, RX_COLUMNS, TX, TX_COLUMNS } from '@madang/engine';
import { hasAddon } from '@madang/native';
import { expect, test } from 'vitest';
import { loadAddon } from '../src/addon.js';

test.runIf(hasAddon())('the batch table is the same in TypeScript and in C++', () => {
  expect(loadAddon().tables).toEqual({ RX, TX, KIND, FORM });
});

test('columns are numbered from 0 without gaps and fit into a row', () => {
  expect(Object.values(RX)).toEqual(Array.from({ length: RX_COLUMNS }, (_, ix) => ix));
  expect(Object.values(TX)).toEqual(Array.from({ length: TX_COLUMNS }, (_, ix) => ix));
});

test('the bits of a form are one each', () => {
  expect(Object.values(FORM)).toEqual(Object.values(FORM).map((_, ix) => 1 << ix));
});
