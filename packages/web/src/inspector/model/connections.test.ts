import type { Fact } from '@madang/client';
import { expect, test } from 'vitest';
import { connectionsOf, factsOf, memberNames } from './connections.js';

const member = (id: string, name: string, atMs = 0): Fact => ({
  type: 'member',
  id,
  name,
  role: 'participant',
  media: { microphone: 'on', camera: 'on', screen: 'off' },
  connected: true,
  dialect: 'madang',
  atMs,
});

test('a connection holds the facts since it was opened last', () => {
  const [bo] = connectionsOf([
    member('b', 'Bo'),
    { type: 'connection-opened', peer: 'b', atMs: 10 },
    { type: 'ice', peer: 'b', state: 'failed', atMs: 20 },
    { type: 'connection-opened', peer: 'b', atMs: 30 },
    { type: 'ice', peer: 'b', state: 'checking', atMs: 40 },
  ]);
  expect(bo).toMatchObject({ peer: 'b', name: 'Bo', openedMs: 30, isOver: false });
  expect(factsOf(bo!, 'ice').map(({ state }) => state)).toEqual(['checking']);
});

test('a member without a connection is there, oneself is not', () => {
  const facts: Fact[] = [
    { type: 'self', id: 'a', role: 'host', atMs: 0 },
    member('a', 'Ana'),
    member('b', 'Bo'),
    { type: 'connection-opened', peer: 'page', atMs: 1 },
  ];
  expect(connectionsOf(facts).map(({ peer, name, openedMs }) => [peer, name, openedMs])).toEqual([
    ['b', 'Bo', undefined],
    ['page', 'page', 1],
  ]);
  expect(memberNames(facts).get('a')).toBe('Ana');
});

test('a connection is over when it is closed or the other has left', () => {
  const connections = connectionsOf([
    member('b', 'Bo'),
    { type: 'member-left', id: 'b', reason: 'left', atMs: 5 },
    { type: 'connection-opened', peer: 'c', atMs: 1 },
    { type: 'connection-closed', peer: 'c', atMs: 9 },
    member('d', 'Dan'),
  ]);
  expect(connections.map(({ isOver }) => isOver)).toEqual([true, true, false]);
});
