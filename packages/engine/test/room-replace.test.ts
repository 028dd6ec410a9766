import { expect, test } from 'vitest';
import { Stage } from './stage.js';

const namesAndRoles = (members: readonly { name: string; role: string }[]) =>
  members.map(({ name, role }) => `${name}: ${role}`);

test('a reloaded page takes the seat of its former self in a full room', () => {
  const stage = new Stage();
  const [ada] = ['Ada', 'Bo', 'Cy', 'Di'].map((name) => stage.join(name));
  stage.command({ type: 'detach', link: ada!.link });
  const again = stage.join('Ada', { replaces: ada!.token });
  expect(namesAndRoles(again.joined.members)).toEqual([
    'Bo: participant',
    'Cy: participant',
    'Di: participant',
    'Ada: host',
  ]);
  expect(stage.engine.counts()).toMatchObject({ members: 4, connected: 4 });
});

test('the others see the former self leave before the new one comes', () => {
  const stage = new Stage();
  const ada = stage.join('Ada');
  const bo = stage.join('Bo');
  const again = stage.join('Ada', { replaces: ada.token });
  expect(bo.events()).toMatchObject([
    { type: 'member-left', member: ada.id, reason: 'left' },
    { type: 'member-joined', member: { id: again.id, role: 'host' } },
  ]);
  expect(again.id).not.toBe(ada.id);
});

test('a link that the former self still has is told that it is replaced', () => {
  const stage = new Stage();
  const ada = stage.join('Ada');
  stage.join('Ada', { replaces: ada.token });
  expect(stage.heard(ada.link).at(-1)).toEqual({ type: 'replaced' });
});

test('one who is alone keeps room, chat and metadata', () => {
  const stage = new Stage({ chatKeepMs: 0 });
  const ada = stage.join('Ada');
  stage.command({ type: 'chat', member: ada.id, text: 'hello', wallMs: 1 });
  stage.command({ type: 'room-metadata', member: ada.id, metadata: { topic: 'tea' } });
  const again = stage.join('Ada', { replaces: ada.token });
  expect(again.joined.room.metadata).toEqual({ topic: 'tea' });
  expect(again.joined.chat.map(({ text }) => text)).toEqual(['hello']);
  expect(namesAndRoles(again.joined.members)).toEqual(['Ada: host']);
});

test('a membership of another room ends, and that room finds another host', () => {
  const stage = new Stage();
  const ada = stage.join('Ada', { room: 'first' });
  const bo = stage.join('Bo', { room: 'first' });
  stage.join('Ada', { room: 'second', replaces: ada.token });
  expect(bo.events().at(-1)).toMatchObject({ type: 'member-changed', member: { id: bo.id, role: 'host' } });
  expect(stage.engine.counts()).toMatchObject({ rooms: 2, members: 2 });
});

test('a refused join replaces nobody', () => {
  const stage = new Stage();
  const ada = stage.join('Ada', { room: 'first' });
  for (const name of ['a', 'b', 'c', 'd']) stage.join(name, { room: 'full' });
  expect(stage.tryJoin('Ada', { room: 'full', replaces: ada.token })).toMatchObject({ error: { code: 'room_full' } });
  expect(stage.engine.counts()).toMatchObject({ members: 5 });
});

test('a token of nobody is ignored', () => {
  const stage = new Stage();
  expect(namesAndRoles(stage.join('Ada', { replaces: 'long gone' }).joined.members)).toEqual(['Ada: host']);
});

test('a host whose page said goodbye before it was reloaded is host again', () => {
  const stage = new Stage();
  const ada = stage.join('Ada');
  stage.join('Bo');
  ada.ask('leave');
  const again = stage.join('Ada', { replaces: ada.token });
  expect(namesAndRoles(again.joined.members)).toEqual(['Bo: host', 'Ada: host']);
});

test('one who was kicked does not get a role back', () => {
  const stage = new Stage();
  const ada = stage.join('Ada');
  const bo = stage.join('Bo');
  ada.ask('role', { target: bo.id, role: 'host' });
  ada.ask('kick', { target: bo.id });
  expect(namesAndRoles(stage.join('Bo', { replaces: bo.token }).joined.members)).toEqual([
    'Ada: host',
    'Bo: participant',
  ]);
});

test('a goodbye is forgotten after the grace time', () => {
  const stage = new Stage();
  const ada = stage.join('Ada');
  stage.join('Bo');
  ada.ask('leave');
  stage.advance(30_000);
  expect(namesAndRoles(stage.join('Ada', { replaces: ada.token }).joined.members)).toEqual([
    'Bo: host',
    'Ada: participant',
  ]);
});
