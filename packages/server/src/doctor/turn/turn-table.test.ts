import { expect, test } from 'vitest';
import { messagesIn } from '../../messages/index.js';
import { TURN_CAUSES } from './judge-walk.js';
import { blocksRelays, drawWalks, summaryOfWalks, walksAsJson } from './turn-table.js';
import type { TurnFault, TurnWalk } from './turn-walk.js';

const ROUTE = {
  url: 'turn:a.example',
  transport: 'udp',
  host: 'a.example',
  address: '2001:db8::1',
  port: 3_478,
  resolvedMs: 2,
} as const;
const whole: TurnWalk = {
  route: ROUTE,
  family: 4,
  passed: [
    { step: 'dns', tookMs: 2 },
    { step: 'udp', tookMs: 12.4 },
  ],
  end: { kind: 'whole' },
};
const failed = (fault: TurnFault): TurnWalk => ({ ...whole, end: { kind: 'failed', step: 'allocate', fault } });

/** One of each cause, with something for whatever it tells. */
const ANY = {
  host: 'h',
  code: 'E',
  port: 1,
  seconds: 3,
  reason: 'R',
  username: 'u\u001b[2J',
  expiredMs: 0,
  lifetimeMs: 1,
  realm: 'r',
  wanted: 'w',
  peer: '10.0.0.1',
};
const FAULTS = TURN_CAUSES.map((cause) => ({ cause, ...ANY }) as unknown as TurnFault);

test('a way that leads through has its times', () => {
  expect(drawWalks([whole], messagesIn('en'), false)).toBe(
    '✓ ok  UDP [2001:db8::1]:3478, IPv4 relay  DNS 2.0 ms · UDP 12 ms\n',
  );
  expect(summaryOfWalks([whole], messagesIn('en'))).toBe('The way leads through.');
});

test.each(FAULTS)(
  '$cause has one line and one remedy in both languages, in which nothing steers the terminal',
  (fault) => {
    for (const language of ['en', 'ko'] as const) {
      const lines = drawWalks([failed(fault)], messagesIn(language), false).split('\n');
      expect(lines).toHaveLength(3);
      expect(lines[1]).toMatch(/^ +→ .+[.)]?$/);
      expect(lines.join('')).not.toMatch(/\p{Cc}/u);
    }
    expect(walksAsJson([failed(fault)])).toMatchObject([{ failed: 'allocate', cause: fault.cause }]);
  },
);

test('everything that fails blocks, but for an address that this machine has no way to', () => {
  for (const fault of FAULTS) expect(blocksRelays([whole, failed(fault)])).toBe(fault.cause !== 'no-route');
  expect(blocksRelays([whole, { ...whole, family: 6, end: { kind: 'not-given' } }])).toBe(false);
});
