import type { Mode } from '@madang/protocol';
import { describe, expect, test } from 'vitest';
import { codeOf, Stage } from './stage.js';

const OFF = { microphone: 'off', camera: 'off', screen: 'off' };

test('the first in opens the room and is its host', () => {
  const ada = new Stage().join('Ada', { wallMs: 77, metadata: { team: 'red' } });
  expect(ada.joined).toMatchObject({
    room: { name: 'plaza', mode: 'p2p', media: 'p2p', metadata: {}, maxMembers: 4, createdWallMs: 77 },
    chat: [],
    seq: 0,
    resume: { graceMs: 30_000 },
  });
  expect(ada.joined.members).toEqual([
    {
      id: ada.id,
      name: 'Ada',
      role: 'host',
      media: OFF,
      handRaisedWallMs: null,
      metadata: { team: 'red' },
      joinedWallMs: 77,
      connected: true,
      dialect: 'madang',
    },
  ]);
});

test('the next are participants, and everyone but the newcomer is told', () => {
  const stage = new Stage();
  const ada = stage.join('Ada');
  const bo = stage.join('Bo', { media: { microphone: 'on', camera: 'muted', screen: 'off' } });
  expect(bo.joined.members.map((member) => [member.name, member.role])).toEqual([
    ['Ada', 'host'],
    ['Bo', 'participant'],
  ]);
  expect(ada.events()).toEqual([{ type: 'member-joined', member: bo.joined.members[1], seq: 1 }]);
  expect(bo.events()).toEqual([]);
});

test('a viewer comes in with everything off', () => {
  const stage = new Stage();
  stage.join('Ada');
  const media = { microphone: 'on', camera: 'on', screen: 'off' } as const;
  const viewer = stage.join('Vi', { role: 'viewer', media });
  expect(viewer.joined.members[1]).toMatchObject({ role: 'viewer', media: OFF });
});

test('even one who only wants to watch is host when alone', () => {
  const alone = new Stage().join('Vi', { role: 'viewer' });
  expect(alone.joined.members[0]?.role).toBe('host');
});

test('a room has the mode of the server where its first member names none, and can take part in that', () => {
  const modes = ['p2p', 'sfu', 'auto'] as const;
  const opened = (able: readonly Mode[], mode?: Mode) =>
    new Stage({ modes, mode: 'auto' }).join('Ada', { able, ...(mode === undefined ? {} : { mode }) }).joined.room.mode;
  expect(opened(modes)).toBe('auto');
  expect(opened(modes, 'sfu')).toBe('sfu');
  expect(opened(['p2p'])).toBe('p2p');
});

test('ids and tokens are different for every member', () => {
  const stage = new Stage();
  const guests = ['a', 'b', 'c'].map((name) => stage.join(name));
  expect(new Set(guests.flatMap(({ id, token }) => [id, token])).size).toBe(6);
});

describe('a join is refused', () => {
  test('on a link that carries a member already', () => {
    const stage = new Stage();
    const ada = stage.join('Ada');
    expect(codeOf(stage.tryJoin('Ada', { link: ada.link, room: 'other' }))).toBe('already_joined');
    expect(stage.engine.counts()).toMatchObject({ rooms: 1, members: 1 });
  });

  test('as the fifth of a peer-to-peer room, one away counting as there', () => {
    const stage = new Stage();
    const [first] = ['a', 'b', 'c', 'd'].map((name) => stage.join(name));
    first?.detach();
    expect(stage.tryJoin('e')).toMatchObject({ ok: false, error: { code: 'room_full', detail: 'maxMembers 4' } });
    stage.advance(30_000);
    expect(codeOf(stage.tryJoin('e'))).toBe('ok');
  });

  test('when the configuration allows fewer than four', () => {
    const stage = new Stage({ maxMembers: 2 });
    expect(stage.join('a').joined.room.maxMembers).toBe(2);
    stage.join('b');
    expect(codeOf(stage.tryJoin('c'))).toBe('room_full');
  });

  test('when it would open one room too many', () => {
    const stage = new Stage({ maxRooms: 2 });
    stage.join('a', { room: 'one' });
    const last = stage.join('b', { room: 'two' });
    expect(codeOf(stage.tryJoin('c', { room: 'three' }))).toBe('too_many_rooms');
    expect(codeOf(stage.tryJoin('c', { room: 'two' }))).toBe('ok');
    expect(codeOf(last.ask('close'))).toBe('ok');
    expect(codeOf(stage.tryJoin('d', { room: 'three' }))).toBe('ok');
  });

  test.each(['sfu', 'auto'] as const)('when the first asks for mode %s', (mode) => {
    const stage = new Stage();
    expect(codeOf(stage.tryJoin('a', { mode }))).toBe('mode_unavailable');
    expect(stage.engine.counts()).toMatchObject({ rooms: 0, members: 0 });
    stage.join('a', { mode: 'p2p' });
    expect(codeOf(stage.tryJoin('b', { mode }))).toBe('ok');
  });

  test('while the server drains, but a member may still resume', () => {
    const stage = new Stage();
    const ada = stage.join('Ada');
    const bo = stage.join('Bo', { room: 'other' });
    expect(codeOf(stage.command({ type: 'drain', withinMs: 9_000 }))).toBe('ok');
    expect(ada.lastEvent()).toEqual({ type: 'draining', withinMs: 9_000, seq: 1 });
    expect(bo.lastEvent()).toEqual({ type: 'draining', withinMs: 9_000, seq: 1 });
    expect(codeOf(stage.tryJoin('Cy'))).toBe('shutting_down');
    ada.detach();
    expect(codeOf(ada.resume(1))).toBe('ok');
  });
});

test('rooms do not hear each other', () => {
  const stage = new Stage();
  const ada = stage.join('Ada', { room: 'one' });
  const bo = stage.join('Bo', { room: 'two' });
  bo.ask('chat', { text: 'hello', wallMs: 1 });
  expect(ada.events()).toEqual([]);
  expect(codeOf(ada.ask('kick', { target: bo.id }))).toBe('member_not_found');
  expect(codeOf(ada.ask('mute', { target: bo.id, source: 'camera' }))).toBe('member_not_found');
  expect(codeOf(ada.ask('role', { target: bo.id, role: 'viewer' }))).toBe('member_not_found');
  expect(codeOf(ada.ask('hand', { target: bo.id, raised: false, wallMs: 1 }))).toBe('member_not_found');
});
