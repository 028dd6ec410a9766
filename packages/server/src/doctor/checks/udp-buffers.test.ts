import { expect, test } from 'vitest';
import { inEnglish } from '../verdict.js';
import { judgeUdpBuffers } from './udp-buffers.js';

const KIB = 1_024;

test.each([
  [4_096 * KIB, 4_096 * KIB, 'ok', '4 MiB to receive, 4 MiB to send'],
  [1_024 * KIB, 1_024 * KIB, 'ok', '1 MiB to receive, 1 MiB to send'],
  [208 * KIB, 4_096 * KIB, 'warn', '208 KiB to receive, 4 MiB to send'],
  [4_096 * KIB, 208 * KIB, 'warn', '4 MiB to receive, 208 KiB to send'],
])('%i and %i bytes are %s', (receiveBytes, sendBytes, status, value) => {
  const verdict = judgeUdpBuffers({ granted: { receiveBytes, sendBytes } });
  expect(inEnglish(verdict)).toMatchObject({ status, value });
});

test('the remedy can be typed as it stands', () => {
  const granted = { receiveBytes: 1, sendBytes: 1 };
  expect(inEnglish(judgeUdpBuffers({ granted })).remedy).toBe(
    'sudo sysctl -w net.core.rmem_max=4194304 net.core.wmem_max=4194304',
  );
});

test('no media passes without any UDP socket', () => {
  expect(judgeUdpBuffers({ granted: undefined }).status).toBe('bad');
});
