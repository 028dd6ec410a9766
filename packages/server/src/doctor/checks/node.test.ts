import { expect, test } from 'vitest';
import { inEnglish } from '../verdict.js';
import { judgeNode } from './node.js';

test.each([
  ['v20.19.0', 'ok'],
  ['v20.18.3', 'bad'],
  ['v22.0.0', 'ok'],
  ['v18.20.4', 'bad'],
  ['v26.1.0-nightly', 'ok'],
])('Node %s is %s', (version, status) => {
  expect(judgeNode(version).status).toBe(status);
});

test('an old one is told what to install', () => {
  expect(inEnglish(judgeNode('v18.20.4'))).toMatchObject({
    value: '18.20.4, too old',
    remedy: expect.stringContaining('20.19'),
  });
});
