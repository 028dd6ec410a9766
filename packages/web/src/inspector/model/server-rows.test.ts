import type { CandidateFact } from '@madang/client';
import { expect, test } from 'vitest';
import type { PeerFact } from './connections.js';
import { serverRows } from './server-rows.js';

const [STUN, UDP, TLS] = ['stun:a.example', 'turn:a.example?transport=udp', 'turns:a.example?transport=tcp'];
const iceServers = [STUN!, UDP!, TLS!];

const gave = (type: CandidateFact['type'], url: string | undefined, atMs: number): PeerFact => ({
  type: 'candidate',
  peer: 'b',
  direction: 'sent',
  candidate: { type, protocol: 'udp', address: '192.0.2.1', port: atMs, ...(url !== undefined && { url }) },
  atMs,
});
const failed = (url: string, code: number): PeerFact => ({
  type: 'candidate-error',
  peer: 'b',
  url,
  code,
  text: `Error ${code}`,
  atMs: 9,
});
const complete: PeerFact = { type: 'gathering', peer: 'b', state: 'complete', atMs: 20 };

test('each server has what it gave, since when, and what went wrong, once', () => {
  const facts = [
    gave('host', undefined, 1),
    gave('srflx', STUN, 2),
    gave('srflx', UDP, 3),
    gave('relay', UDP, 4),
    gave('relay', UDP, 5),
    failed(UDP!, 701),
    failed(TLS!, 701),
    failed(TLS!, 701),
    failed(TLS!, 401),
  ];
  expect(serverRows({ facts, iceServers })).toEqual([
    { url: STUN, state: 'answered', gave: [{ type: 'srflx', count: 1 }], firstMs: 2, errors: [] },
    {
      url: UDP,
      state: 'answered',
      gave: [
        { type: 'srflx', count: 1 },
        { type: 'relay', count: 2 },
      ],
      firstMs: 3,
      errors: [{ code: 701, text: 'Error 701' }],
    },
    {
      url: TLS,
      state: 'failed',
      gave: [],
      firstMs: undefined,
      errors: [
        { code: 701, text: 'Error 701' },
        { code: 401, text: 'Error 401' },
      ],
    },
  ]);
});

test('a server that has said nothing is waited for until the browser has all', () => {
  const state = (facts: PeerFact[]) => serverRows({ facts, iceServers: [STUN!] })[0]?.state;
  expect(state([])).toBe('waiting');
  expect(state([complete])).toBe('silent');
});

test('servers of which nobody told are there when the browser speaks of them', () => {
  expect(serverRows({ facts: [failed(TLS!, 701)], iceServers: [] }).map(({ url }) => url)).toEqual([TLS]);
});
