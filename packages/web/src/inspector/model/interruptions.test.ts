import { type Fact, type FactBody, SERVER_PUBLISH, SERVER_SUBSCRIBE } from '@madang/client';
import { describe, expect, test } from 'vitest';
import { type InterruptionWhy, interruptionsOf } from './interruptions.js';

const at = (atMs: number, body: FactBody): Fact => ({ ...body, atMs }) as Fact;
const path = (atMs: number, local: string): Fact =>
  at(atMs, {
    type: 'path',
    peer: SERVER_SUBSCRIBE,
    path: {
      kind: 'host',
      localType: 'host',
      remoteType: 'host',
      protocol: 'udp',
      family: 'ipv4',
      local,
      remote: 'b:1',
    },
  });
const away = (peer = SERVER_SUBSCRIBE): Fact => at(20_000, { type: 'interrupted', peer });
const back = (peer = SERVER_SUBSCRIBE, afterMs = 900): Fact => at(20_500, { type: 'recovered', peer, afterMs });

const CASES: readonly (readonly [InterruptionWhy, Fact])[] = [
  ['thread', at(19_990, { type: 'hung-up', peer: SERVER_SUBSCRIBE, reason: 'thread' })],
  ['hung-up', at(19_990, { type: 'hung-up', peer: SERVER_SUBSCRIBE, reason: 'dtls' })],
  ['line', at(19_990, { type: 'hung-up', peer: SERVER_SUBSCRIBE, reason: 'consent' })],
  ['asleep', at(20_100, { type: 'slept', forMs: 9_000 })],
  ['offline', at(20_100, { type: 'online', online: false })],
  ['moved', path(20_400, '10.0.2.2:6000')],
  ['line', path(20_400, '10.0.1.2:7000')],
];

describe('what interrupted a call', () => {
  test.each(CASES)('is told as %s, from the last packet to the first', (why, fact) => {
    const facts = [path(2_000, '10.0.1.2:5000'), away(), fact, back()].toSorted((a, b) => a.atMs - b.atMs);
    expect(interruptionsOf(facts)).toEqual([{ why, beganMs: 19_600, afterMs: 900, peer: SERVER_SUBSCRIBE }]);
  });

  test('is one with both connections to the media server, as long as the longer of them', () => {
    const facts = [away(), away(SERVER_PUBLISH), back(), back(SERVER_PUBLISH, 400)];
    expect(interruptionsOf(facts)).toEqual([{ why: 'line', beganMs: 19_600, afterMs: 900, peer: SERVER_SUBSCRIBE }]);
  });

  test('has no end while it lasts, and the next is another one', () => {
    const again = at(60_000, { type: 'interrupted', peer: SERVER_SUBSCRIBE });
    expect(interruptionsOf([away(), back(), again]).map(({ beganMs, afterMs }) => [beganMs, afterMs])).toEqual([
      [19_600, 900],
      [60_000, undefined],
    ]);
  });

  test('may be the server alone: from the first loss until it knows this member again', () => {
    const signaling = (atMs: number, state: 'lost' | 'connecting' | 'resumed' | 'joined') =>
      at(atMs, { type: 'signaling', state });
    const facts = [
      signaling(500, 'joined'),
      signaling(9_000, 'lost'),
      signaling(9_500, 'lost'),
      signaling(14_000, 'resumed'),
    ];
    expect(interruptionsOf(facts)).toEqual([{ why: 'signaling', beganMs: 9_000, afterMs: 5_000, peer: undefined }]);
  });
});
