import { expect, test } from 'vitest';
import { inEnglish } from '../verdict.js';
import { judgeAnnounce } from './announce.js';

const inside = ['127.0.0.1', '10.0.0.5'];

test.each([
  [[], inside, 'ok', 'those found'],
  [['10.0.0.5'], inside, 'ok', '10.0.0.5'],
  [['8.8.4.4'], inside, 'ok', '8.8.4.4, taken for a 1:1 NAT before 10.0.0.5'],
  [['10.0.0.6'], inside, 'warn', 'no interface has 10.0.0.6'],
  [['8.8.4.4'], ['8.8.8.8'], 'warn', 'no interface has 8.8.4.4'],
  [['8.8.4.4'], ['127.0.0.1'], 'warn', 'no interface has 8.8.4.4'],
  [['127.0.0.1'], inside, 'bad', 'nobody can reach 127.0.0.1'],
  [['0.0.0.0'], inside, 'bad', 'nobody can reach 0.0.0.0'],
  [['ff02::1'], inside, 'bad', 'nobody can reach ff02::1'],
])('%j on a machine with %j', (announce, addresses, status, value) => {
  expect(inEnglish(judgeAnnounce({ announce, addresses }))).toMatchObject({ status, value });
});
