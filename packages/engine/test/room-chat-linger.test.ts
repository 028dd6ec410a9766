import { expect, test } from 'vitest';
import { Stage } from './stage.js';

function leaveBehind(stage: Stage, room: string, text: string): void {
  const guest = stage.join('Guest', { room });
  guest.ask('chat', { text, wallMs: 1 });
  guest.ask('room-metadata', { metadata: { topic: 'tea' } });
  guest.ask('leave');
}

test('the chat of an empty room waits for the next who comes, and its numbers go on', () => {
  const stage = new Stage();
  leaveBehind(stage, 'plaza', 'still there?');
  stage.advance(299_999);
  const next = stage.join('Next');
  expect(next.joined.chat.map(({ id, text }) => [id, text])).toEqual([[1, 'still there?']]);
  expect(next.joined.room.metadata).toEqual({});
  expect(next.ask('chat', { text: 'yes', wallMs: 2 })).toEqual({ ok: true, id: 2 });
  stage.advance(1_000_000);
  expect(stage.join('Third').joined.chat).toHaveLength(2);
});

test('it is forgotten after its time', () => {
  const stage = new Stage();
  leaveBehind(stage, 'plaza', 'anyone?');
  expect(stage.engine.counts()).toMatchObject({ rooms: 0, keptChats: 1 });
  stage.advance(300_000);
  expect(stage.engine.counts()).toMatchObject({ rooms: 0, keptChats: 0, deadlines: 0 });
  expect(stage.join('Next').joined.chat).toEqual([]);
});

test('with no time to keep it, it is forgotten at once', () => {
  const stage = new Stage({ chatKeepMs: 0 });
  leaveBehind(stage, 'plaza', 'anyone?');
  expect(stage.engine.counts()).toMatchObject({ keptChats: 0 });
});

test('a room in which nobody wrote leaves nothing behind', () => {
  const stage = new Stage();
  stage.join('Guest').ask('leave');
  expect(stage.engine.counts()).toMatchObject({ keptChats: 0 });
});

test('no more chats are kept than there may be rooms; the one kept longest gives way', () => {
  const stage = new Stage({ maxRooms: 2 });
  for (const room of ['one', 'two', 'three']) leaveBehind(stage, room, `in ${room}`);
  expect(stage.engine.counts()).toMatchObject({ keptChats: 2 });
  expect(stage.join('Next', { room: 'one' }).joined.chat).toEqual([]);
  expect(stage.join('Next', { room: 'two' }).joined.chat).toHaveLength(1);
});

test('a room remembers its last 200 messages', () => {
  const stage = new Stage();
  const guest = stage.join('Guest');
  for (let ix = 1; ix <= 201; ix++) guest.ask('chat', { text: `${ix}`, wallMs: ix });
  const { chat } = stage.join('Next').joined;
  expect(chat).toHaveLength(200);
  expect([chat[0]?.text, chat[199]?.text]).toEqual(['2', '201']);
});
