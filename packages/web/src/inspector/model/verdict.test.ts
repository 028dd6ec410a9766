import type { Finding, Step } from '@madang/client';
import { expect, test } from 'vitest';
import { verdict } from './verdict.js';

const steps = (...states: Step['state'][]): Step[] => states.map((state) => ({ step: 'checks', state }));
const finding: Finding = { cause: 'offline', step: 'signaling', severity: 'blocks', sinceMs: 0, evidence: {} };

test('all is well only when every step is done or was not needed', () => {
  expect(verdict([], [steps('done', 'skipped'), steps('done')])).toEqual({ at: 'well', connections: 2 });
  expect(verdict([], [steps('done', 'running')])).toEqual({ at: 'underway' });
  expect(verdict([], [steps('done', 'failed')])).toEqual({ at: 'stuck' });
  expect(verdict([], [])).toEqual({ at: 'alone' });
  expect(verdict([finding], [steps('done')])).toEqual({ at: 'findings' });
});
