import { type Fact, type FactBody, SERVER_PUBLISH, SERVER_SUBSCRIBE } from '@madang/client';
import { describe, expect, test } from 'vitest';
import { type InterruptionWhy, interruptionsOf } from './interruptions.js';

const at = (atMs: number, body: FactBody): Fact => ({ ...body, atMs }) as Fact;
const path = (atMs: number, local: string, localType: 'host' | 'srflx' | 'relay' = 'host'): Fact =>
  at(atMs, {
    type: 'path',
    peer: SERVER_SUBSCRIBE,
    path: {
      kind: 'host',
      localType,
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
  ['line', path(20_400, '192.0.2.9:6000', 'relay')],
];

describe('what interrupted a call', () => {
  test.each(CASES)('is told as %s, from the last packet to the first', (why, fact) => {
    const facts = [path(2_000, '10.0.1.2:5000'), away(), fact, back()].toSorted((a, b) => a.atMs - b.atMs);
    expect(interruptionsOf(facts)).toEqual([
      { why, beganMs: 19_600, afterMs: 900, isOver: false, peer: SERVER_SUBSCRIBE },
    ]);
  });

  test('is one with both connections to the media server, as long as the longer of them', () => {
    const facts = [away(), away(SERVER_PUBLISH), back(), back(SERVER_PUBLISH, 400)];
    expect(interruptionsOf(facts)).toEqual([
      { why: 'line', beganMs: 19_600, afterMs: 900, isOver: false, peer: SERVER_SUBSCRIBE },
    ]);
  });

  test('has no end while it lasts, and the next is another one', () => {
    const again = at(60_000, { type: 'interrupted', peer: SERVER_SUBSCRIBE });
    expect(interruptionsOf([away(), back(), again]).map(({ beganMs, afterMs }) => [beganMs, afterMs])).toEqual([
      [19_600, 900],
      [60_000, undefined],
    ]);
  });

  const told = (facts: readonly Fact[]) =>
    interruptionsOf(facts).map(({ peer, beganMs, afterMs, isOver }) => [peer, beganMs, afterMs, isOver]);

  test.each<[string, Fact]>([
    ['the member left', at(30_000, { type: 'member-left', id: 'bo', reason: 'lost' })],
    ['the connection was closed', at(30_000, { type: 'connection-closed', peer: 'bo' })],
    ['a new membership began', at(30_000, { type: 'signaling', state: 'joined' })],
    ['one left the room', at(30_000, { type: 'signaling', state: 'ended' })],
  ])('is over without an end where %s', (_, over) => {
    expect(told([away('bo')])).toEqual([['bo', 20_000, undefined, false]]);
    expect(told([away('bo'), over])).toEqual([['bo', 20_000, undefined, true]]);
  });

  test('goes on while another connection takes the place of the one that was closed', () => {
    const facts = [
      away(),
      at(20_100, { type: 'connection-closed', peer: SERVER_SUBSCRIBE }),
      at(20_110, { type: 'connection-opened', peer: SERVER_SUBSCRIBE }),
    ];
    expect(told(facts)).toEqual([[SERVER_SUBSCRIBE, 20_000, undefined, false]]);
    expect(told([...facts, back()])).toEqual([[SERVER_SUBSCRIBE, 19_600, 900, false]]);
  });

  test('does not take the end of the next one', () => {
    const next = [
      at(30_000, { type: 'signaling', state: 'joined' }),
      at(60_000, { type: 'interrupted', peer: SERVER_SUBSCRIBE }),
      at(61_000, { type: 'recovered', peer: SERVER_SUBSCRIBE, afterMs: 2_000 }),
    ];
    expect(told([away(), ...next])).toEqual([
      [SERVER_SUBSCRIBE, 20_000, undefined, true],
      [SERVER_SUBSCRIBE, 59_000, 2_000, false],
    ]);
  });

  test('of the server is over where one leaves before it is back', () => {
    const facts = [at(9_000, { type: 'signaling', state: 'lost' }), at(9_500, { type: 'signaling', state: 'ended' })];
    expect(told(facts)).toEqual([[undefined, 9_000, undefined, true]]);
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
    expect(interruptionsOf(facts)).toEqual([
      { why: 'signaling', beganMs: 9_000, afterMs: 5_000, isOver: false, peer: undefined },
    ]);
  });
});
