import type { Fact, FactOf, HearingCell } from '@madang/client';
import { expect, test } from 'vitest';
import { hearingTable, reachedStage } from './hearing-table.js';

type Report = FactOf<'report'>['report'];

const member = (id: string, screen: 'on' | 'off' = 'off'): Fact => ({
  type: 'member',
  id,
  name: id.toUpperCase(),
  role: 'participant',
  media: { microphone: 'on', camera: 'on', screen },
  connected: true,
  dialect: 'madang',
  atMs: 0,
});
const sends: Report['peers'][number]['sends'] = { microphone: 'sending', camera: 'stalled', screen: 'off' };
const receives: Report['peers'][number]['receives'] = { microphone: 'played', camera: 'nothing', screen: 'off' };
const report = (from: string, to: string): Fact => ({
  type: 'report',
  from,
  report: {
    own: { microphone: 'live', camera: 'live', screen: 'off' },
    peers: [{ member: to, sends, receives }],
  },
  atMs: 1,
});
const cell = (cells: readonly HearingCell[], from: string, to: string, source: string) =>
  cells.find((other) => other.from === from && other.to === to && other.source === source)!;

test('every direction of every source is there, with the step that it reaches', () => {
  const { members, cells } = hearingTable([member('a'), member('b'), report('a', 'b'), report('b', 'a')], 2);
  expect(members).toEqual([
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B' },
  ]);
  expect(cells).toHaveLength(4);
  expect(reachedStage(cell(cells, 'a', 'b', 'microphone'))).toBe('played');
  expect(cell(cells, 'b', 'a', 'camera')).toMatchObject({ state: 'broken', broken: 'sent', why: 'stalled' });
  expect(reachedStage(cell(cells, 'b', 'a', 'camera'))).toBe('capture');
});

test('of somebody without reports nothing is known, and who left is gone', () => {
  const facts = [member('a'), member('b'), member('c'), report('a', 'b')];
  expect(reachedStage(cell(hearingTable(facts, 2).cells, 'c', 'b', 'microphone'))).toBe('unknown');
  const left: Fact = { type: 'member-left', id: 'c', reason: 'left', atMs: 9 };
  expect(hearingTable([...facts, left], 9).members.map(({ id }) => id)).toEqual(['a', 'b']);
});

test('a screen appears when somebody shares it', () => {
  const { cells } = hearingTable([member('a', 'on'), member('b')], 1);
  expect(cells.filter(({ source }) => source === 'screen').map(({ from }) => from)).toEqual(['a']);
});

test('of oneself the facts tell, without a report', () => {
  const self: Fact = { type: 'self', id: 'a', role: 'host', atMs: 0 };
  const { cells } = hearingTable(
    [self, member('a'), member('b'), { type: 'connection-opened', peer: 'b', atMs: 0 }, report('b', 'a')],
    2,
  );
  expect(cell(cells, 'b', 'a', 'microphone')).toMatchObject({
    state: 'broken',
    broken: 'received',
    why: 'unconnected',
  });
});
