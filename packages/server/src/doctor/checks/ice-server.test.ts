import { expect, test } from 'vitest';
import { inEnglish } from '../verdict.js';
import { type IceProbe, judgeIceServer, judgeRelay } from './ice-server.js';

test.each<[IceProbe, string, string]>([
  [{ kind: 'answered', tookMs: 12, sees: '8.8.4.4:50' }, 'ok', 'answers in 12 ms and sees 8.8.4.4:50'],
  [{ kind: 'answered', tookMs: 12, sees: undefined }, 'ok', 'answers in 12 ms'],
  [{ kind: 'connected', tookMs: 12 }, 'ok', 'takes connections, in 12 ms'],
  [{ kind: 'unprobed' }, 'ok', 'is not tried: DTLS'],
  [{ kind: 'silent', afterMs: 3_000 }, 'bad', 'does not answer within 3 s'],
  [{ kind: 'refused', code: 'ECONNREFUSED' }, 'bad', 'can’t be reached (ECONNREFUSED)'],
  [{ kind: 'unresolved', host: 'a.invalid' }, 'bad', 'a.invalid has no address'],
  [
    { kind: 'untrusted', reason: 'CERT_HAS_EXPIRED' },
    'bad',
    'has a certificate that browsers refuse (CERT_HAS_EXPIRED)',
  ],
  [{ kind: 'no-stun' }, 'bad', 'answers, but not in STUN'],
  [{ kind: 'bad-credentials' }, 'bad', 'refuses the configured name and credential'],
])('%j', (probe, status, value) => {
  const said = inEnglish(judgeIceServer(probe));
  expect(said).toMatchObject({ status, value });
  expect(said.remedy === null).toBe(status === 'ok');
});

test.each([
  [[], false, 'ok'],
  [[], true, 'warn'],
  [['stun:a'], true, 'warn'],
  [['stun:a'], false, undefined],
  [['stun:a', 'turn:a'], true, undefined],
  [['turns:a'], false, undefined],
])('a relay among %j, reached from outside %s: %s', (urls, reachedFromOutside, status) => {
  expect(judgeRelay({ urls, embedded: false, reachedFromOutside })?.status).toBe(status);
});

test('a relay of this server’s own is all that is needed', () => {
  const verdict = judgeRelay({ urls: [], embedded: true, reachedFromOutside: true });
  expect(verdict?.status).toBe('ok');
});
