import type { EventBody, Joined, Member } from '@madang/protocol';
import { describe, expect, it } from 'vitest';
import { leaveReason, memberChanges, reduceRoom, viewOfJoin } from './room-view.js';

const member = (id: string, name = id): Member => ({
  id,
  name,
  role: 'participant',
  media: { microphone: 'off', camera: 'off', screen: 'off' },
  handRaisedWallMs: null,
  metadata: {},
  joinedWallMs: 0,
  connected: true,
  dialect: 'madang',
});
const room = {
  name: 'yard',
  mode: 'p2p' as const,
  media: 'p2p' as const,
  metadata: {},
  maxMembers: 4,
  createdWallMs: 0,
};
const joined: Joined = {
  protocol: 1,
  self: 'b',
  room,
  members: [member('a'), member('b')],
  chat: [],
  iceServers: [],
  resume: { token: 't', graceMs: 1 },
  seq: 0,
};
const message = (id: number) => ({ id, from: 'a', name: 'a', text: `${id}`, wallMs: id });

function after(...events: EventBody[]) {
  return events.reduce((view, event, ix) => reduceRoom(view, { ...event, seq: ix + 1 }), viewOfJoin(joined));
}

const ids = (members: readonly Member[]): string[] => members.map(({ id }) => id);

describe('the room as events change it', () => {
  it('has members in the order they came', () => {
    const view = after(
      { type: 'member-joined', member: member('c') },
      { type: 'member-left', member: 'a', reason: 'left' },
      { type: 'member-changed', member: member('b', 'Bea') },
    );
    expect(view.members.map(({ name }) => name)).toEqual(['Bea', 'c']);
  });

  it('has its metadata, its chat and its end foretold', () => {
    const view = after(
      { type: 'room-changed', room: { ...room, metadata: { topic: 'x' } } },
      { type: 'chat', message: message(1) },
      { type: 'draining', withinMs: 100 },
    );
    expect(view).toMatchObject({ info: { metadata: { topic: 'x' } }, chat: [{ id: 1 }], draining: true });
  });

  it('keeps the last thousand messages', () => {
    const view = after(...Array.from({ length: 1_005 }, (_, ix) => ({ type: 'chat' as const, message: message(ix) })));
    expect([view.chat.length, view.chat[0]?.id]).toEqual([1_000, 5]);
  });

  it('is not changed by what passes through, nor by members unknown', () => {
    const before = viewOfJoin(joined);
    expect(reduceRoom(before, { type: 'reaction', from: 'a', reaction: '!', seq: 1 })).toBe(before);
    const view = reduceRoom(before, { type: 'member-changed', member: member('z'), seq: 1 });
    expect(ids(view.members)).toEqual(['a', 'b']);
  });
});

it('tells what became of the members', () => {
  const before = viewOfJoin(joined);
  const now = [before.members[1]!, member('c')];
  const changes = memberChanges(before.members, [...now.slice(1), member('b', 'Bea')]);
  expect([ids(changes.left), ids(changes.changed), ids(changes.joined)]).toEqual([['a'], ['b'], ['c']]);
  expect(memberChanges(before.members, before.members)).toEqual({ left: [], changed: [], joined: [] });
});

it('knows why a member left, if the event says so', () => {
  const event = { type: 'member-left' as const, member: 'a', reason: 'kicked' as const, seq: 1 };
  expect([leaveReason(event, 'a'), leaveReason(event, 'b'), leaveReason(undefined, 'a')]).toEqual([
    'kicked',
    'lost',
    'lost',
  ]);
});
