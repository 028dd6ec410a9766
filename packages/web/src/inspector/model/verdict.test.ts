import type { Finding, Step } from '@madang/client';
import { expect, test } from 'vitest';
import { standsAt, verdict } from './verdict.js';

const steps = (...states: Step['state'][]): Step[] => states.map((state) => ({ step: 'checks', state }));
const finding: Finding = { cause: 'offline', step: 'signaling', severity: 'blocks', sinceMs: 0, evidence: {} };

test('all is well only when every step is done or was not needed', () => {
  expect(verdict([], [steps('done', 'skipped'), steps('done')])).toEqual({ at: 'well', connections: 2 });
  expect(verdict([], [steps('done', 'running')])).toEqual({ at: 'underway' });
  expect(verdict([], [])).toEqual({ at: 'alone' });
  expect(verdict([finding], [steps('done')])).toEqual({ at: 'findings' });
});

test('a connection stands at its failed step, else at the first that is not done', () => {
  expect(standsAt(steps('done', 'running', 'failed'))?.state).toBe('failed');
  expect(standsAt(steps('done', 'running', 'waiting'))?.state).toBe('running');
  expect(standsAt(steps('done', 'skipped'))).toBeUndefined();
});
