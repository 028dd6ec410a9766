import { expect, test } from 'vitest';
import { FRAME } from '../../src/router/data-frame.js';
import { text } from '../peer/connect.js';
import { DataMember, pass } from './data-member.js';
import { RouterStage } from './router-stage.js';

function room(...names: string[]) {
  const stage = new RouterStage();
  const members = names.map((name) => new DataMember(stage, name));
  pass(stage, members, 500);
  return { stage, members };
}

const said = (member: DataMember) =>
  member.heard.map(({ type, member: by, payload }) => [type, by, Buffer.from(payload.subarray(0, 40)).toString()]);

test('what one says the others hear, stamped with its name whatever it writes', () => {
  const { stage, members } = room('ada', 'bo', 'cy');
  const [ada, bo, cy] = members as [DataMember, DataMember, DataMember];
  ada.say(text('{"from":"bo","type":"a","type":"b"}'), '', FRAME.TEXT);
  ada.say(text('secret'), 'cy');
  pass(stage, members, 500);
  const message = [FRAME.TEXT, 'ada', '{"from":"bo","type":"a","type":"b"}'];
  expect(said(bo)).toEqual([message]);
  expect(said(cy)).toEqual([message, [FRAME.BYTES, 'ada', 'secret']]);
  expect(said(ada)).toEqual([]);
});

test('who says something to nobody is told so', () => {
  const { stage, members } = room('ada', 'bo');
  members[0]!.say(text('hello?'), 'dan');
  pass(stage, members, 500);
  expect(said(members[0]!)).toEqual([[FRAME.NOBODY, 'dan', '']]);
  expect(said(members[1]!)).toEqual([]);
});

test.each([
  ['the type of a notice', Uint8Array.of(FRAME.FULL, 2, 98, 111), false],
  ['a name longer than the message', Uint8Array.of(FRAME.BYTES, 200, 98), false],
  ['a name that is no text', Uint8Array.of(FRAME.BYTES, 2, 0xff, 0xff, 1), false],
  ['one byte', Uint8Array.of(FRAME.BYTES), false],
  ['nothing', new Uint8Array(0), false],
  ['text', text('\u0001\u0000hello'), true],
])('%s is no message: nobody hears it, and the lane is closed', (_, bytes, isText) => {
  const { stage, members } = room('ada', 'bo');
  members[0]!.raw(bytes, isText);
  pass(stage, members, 2_000);
  expect([said(members[1]!), members[0]!.closed, members[1]!.closed]).toEqual([[], 1, 0]);
});

test('who may only hear, hears, and says nothing', () => {
  const { stage, members } = room('ada', 'bo');
  const eve = new DataMember(stage, 'eve', { data: 'hear' });
  const all = [...members, eve];
  pass(stage, all, 500);
  members[0]!.say(text('for all'));
  pass(stage, all, 500);
  eve.say(text('me too'));
  pass(stage, all, 2_000);
  expect([said(eve), said(members[1]!), eve.closed]).toEqual([
    [[FRAME.BYTES, 'ada', 'for all']],
    [[FRAME.BYTES, 'ada', 'for all']],
    1,
  ]);
});

test('who may only hear may answer one member briefly, and gives no tracks', () => {
  const { stage, members } = room('ada', 'bo');
  const eve = new DataMember(stage, 'eve', { data: 'hear' });
  const all = [...members, eve];
  eve.say(new Uint8Array(1_024).fill(97), 'ada');
  pass(stage, all, 500);
  expect([members[0]!.heard.map(({ member, payload }) => [member, payload.length]), said(members[1]!)]).toEqual([
    [['eve', 1_024]],
    [],
  ]);
  expect(eve.closed).toBe(0);
  eve.say(new Uint8Array(1_025), 'ada');
  pass(stage, all, 2_000);
  expect([said(members[0]!).length, eve.closed]).toEqual([1, 1]);
  const { offer } = stage.browser('chromium-publish');
  const given = stage.command({ type: 'publish', connection: 'x', room: 'lab', member: 'x', offer, data: 'hear' });
  const later = stage.command({ type: 'renegotiate', connection: 'eve', offer });
  expect([given, later]).toMatchObject([
    { ok: false, code: 'direction' },
    { ok: false, code: 'direction' },
  ]);
});

test('without leave there are no data channels at all', () => {
  const stage = new RouterStage();
  const { offer } = stage.browser('chromium-data');
  const reply = stage.command({ type: 'publish', connection: 'x', room: 'lab', member: 'x', offer });
  expect(reply).toMatchObject({ ok: false, code: 'direction' });
});

test('one that does not read takes a bounded queue, slows nobody, and its senders are told when to stop and go on', () => {
  const { stage, members } = room('ada', 'bo', 'slow');
  const [ada, bo, slow] = members as [DataMember, DataMember, DataMember];
  slow.reads = false;
  const message = new Uint8Array(32_768).fill(7);
  for (let ix = 0; ix < 100; ix++) {
    ada.say(message);
    pass(stage, [ada, bo], 50);
  }
  expect(bo.heard.length).toBe(100);
  expect(said(ada)).toEqual([[FRAME.FULL, 'slow', '']]);
  expect(slow.heard.length).toBeLessThan(2);
  // It reads again: what was kept arrives without a hole, then it is whole again.
  slow.reads = true;
  pass(stage, members, 15_000);
  const kept = slow.heard.length;
  expect(kept).toBeGreaterThan(20);
  expect(kept).toBeLessThan(34);
  expect(said(ada).at(-1)).toEqual([FRAME.ROOM, 'slow', '']);
  ada.say(text('and on'));
  pass(stage, members, 1_000);
  expect([slow.heard.length, bo.heard.length]).toEqual([kept + 1, 101]);
});

test('who closes all that it had by a description hears nothing more, and what became of it is not forgotten', () => {
  const { stage, members } = room('ada', 'bo');
  const eve = new DataMember(stage, 'eve', { data: 'hear' });
  pass(stage, [...members, eve], 500);
  // What is no packet of SCTP is counted.
  for (const { browser } of [members[1]!, eve]) browser.data(new Uint8Array(20));
  stage.run(50);
  const before = stage.router.counts();
  expect([before.lanes, before.data.packets.malformed]).toEqual([3, 2]);
  for (const { name, offer } of [members[1]!, eve]) {
    const closed = offer.replace('m=application 9', 'm=application 0').replace(/a=group:.*\r\n/, '');
    expect(stage.command({ type: 'renegotiate', connection: name, offer: closed })).toMatchObject({ ok: true });
  }
  expect(stage.router.counts()).toMatchObject({ lanes: 1, data: before.data });
  members[0]!.say(text('still there?'), 'bo');
  pass(stage, [members[0]!], 500);
  expect(said(members[0]!)).toEqual([[FRAME.NOBODY, 'bo', '']]);
});

test('when all have gone nothing is left', () => {
  const { stage, members } = room('ada', 'bo');
  members[0]!.say(text('hello'));
  for (const { name } of members) stage.do({ type: 'hang-up', connection: name });
  stage.run(1_000);
  expect(stage.tables()).toMatchObject({ connections: 0, rooms: 0, peers: 0, peersOpen: 0, held: 0, deadlines: 0 });
});
