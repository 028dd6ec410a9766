import { expect, test } from 'vitest';
import { createLog } from './log.js';

test('secrets are hidden wherever they stand in a line', () => {
  const lines: string[] = [];
  const log = createLog({ level: 'info', format: 'json', destination: { write: (line) => void lines.push(line) } });
  const secret = 's3cr3t-value';
  log.info({ token: secret, request: { token: secret, description: { sdp: secret } } }, 'one');
  log.info(
    { server: { iceServers: { credential: secret } }, headers: { authorization: secret, cookie: secret } },
    'two',
  );
  log.info({ reply: { joined: { resume: { token: secret } } }, signal: { candidate: { candidate: secret } } }, 'three');
  expect(lines).toHaveLength(3);
  expect(lines.join('')).not.toContain(secret);
  expect(lines.join('')).toContain('[hidden]');
});

test('what somebody sent stays one line, escaped', () => {
  const lines: string[] = [];
  const log = createLog({ level: 'info', format: 'json', destination: { write: (line) => void lines.push(line) } });
  log.info({ origin: 'x\n{"level":60,"msg":"forged"}\u001b[2J' }, 'refused');
  expect(lines).toHaveLength(1);
  expect(lines[0]!.trimEnd()).not.toContain('\n');
  expect(lines[0]).not.toContain('\u001b');
});
