import { expect, test } from 'vitest';
import type { MediaCommand, MediaCommandType } from '../../src/ports/index.js';
import { RouterStage } from './router-stage.js';

/** Asks for what must be refused, and sees to it that nothing has changed. */
function refused(stage: RouterStage, command: MediaCommand) {
  const before = stage.tables();
  const events = stage.events.length;
  const reply = stage.command<MediaCommandType>(command);
  expect(stage.tables()).toEqual(before);
  expect(stage.events.length).toBe(events);
  if (reply.ok) throw new Error(`${command.type} was carried out`);
  expect(reply.detail).toMatch(/^[A-Za-z].*[.)]$/);
  return reply.code;
}

function publishing(stage: RouterStage, connection: string, offer = stage.browser('chromium-publish').offer) {
  return { type: 'publish', connection, room: 'lab', member: connection, offer } as const;
}

function viewing(stage: RouterStage, connection: string, offer = stage.browser('chromium-view').offer) {
  return { type: 'view', connection, room: 'lab', member: connection, offer, wish: {} } as const;
}

test('what is no description is malformed', () => {
  const stage = new RouterStage();
  for (const offer of ['', 'hello', 'v=0\r\nnonsense', `v=0\r\n${'a=x\r\n'.repeat(9_000)}`]) {
    expect(refused(stage, publishing(stage, 'anna', offer))).toBe('malformed');
    expect(refused(stage, viewing(stage, 'eve', offer))).toBe('malformed');
  }
});

test('an offer that no connection can come of is unacceptable', () => {
  const stage = new RouterStage();
  const { offer } = stage.browser('chromium-publish');
  const broken = [
    offer.replaceAll(/^a=ice-ufrag:.*\r\n/gm, ''),
    offer.replaceAll(/^a=fingerprint:.*\r\n/gm, ''),
    offer.replaceAll(/^a=group:.*\r\n/gm, ''),
    offer.replaceAll('a=rtcp-mux\r\n', ''),
  ];
  for (const text of broken) expect(refused(stage, publishing(stage, 'anna', text))).toBe('unacceptable');
});

test('who sends nothing publishes nothing, and who receives nothing sees nothing', () => {
  const stage = new RouterStage();
  expect(refused(stage, publishing(stage, 'anna', stage.browser('chromium-view').offer))).toBe('direction');
  expect(refused(stage, viewing(stage, 'eve', stage.browser('chromium-publish').offer))).toBe('direction');
  expect(refused(stage, viewing(stage, 'eve', stage.browser('chromium-data').offer))).toBe('direction');
});

test('of what a viewer offers to send nothing is taken', () => {
  const stage = new RouterStage();
  const { answer } = stage.do<'view'>(viewing(stage, 'eve', stage.browser('chromium-call').offer));
  expect(answer).toContain('a=sendonly');
  expect(answer).not.toMatch(/a=(sendrecv|recvonly)/);
  expect(stage.tables().publications).toBe(0);
});

test('a name that is taken is not given twice, not even for the other thing', () => {
  const stage = new RouterStage();
  stage.publisher('anna');
  expect(refused(stage, publishing(stage, 'anna'))).toBe('connection_exists');
  expect(refused(stage, viewing(stage, 'anna'))).toBe('connection_exists');
});

test('there are no more connections, tracks and places than there may be', () => {
  const stage = new RouterStage({ connections: 3, connectionsPerRoom: 2, tracksPerPublisher: 1, sectionsPerViewer: 1 });
  expect(refused(stage, publishing(stage, 'anna'))).toBe('unacceptable');
  expect(refused(stage, viewing(stage, 'eve'))).toBe('unacceptable');
  const narrow = () => stage.browser('chromium-simulcast').offer;
  for (const id of ['anna', 'ben']) stage.do<'publish'>(publishing(stage, id, narrow()));
  expect(refused(stage, publishing(stage, 'cleo', narrow()))).toBe('full');
  stage.do<'publish'>({ ...publishing(stage, 'cleo', narrow()), room: 'hall' });
  expect(refused(stage, { ...publishing(stage, 'dora', narrow()), room: 'hall' })).toBe('full');
});

test('what is about nobody is told so, but for leave', () => {
  const stage = new RouterStage();
  const { offer } = stage.browser('chromium-view');
  expect(refused(stage, { type: 'wish', connection: 'eve', wish: {} })).toBe('unknown_connection');
  expect(refused(stage, { type: 'renegotiate', connection: 'eve', offer })).toBe('unknown_connection');
  expect(refused(stage, { type: 'trickle', connection: 'eve', fragment: '' })).toBe('unknown_connection');
  expect(stage.command<'hang-up'>({ type: 'hang-up', connection: 'eve' })).toEqual({ ok: true });
});

test('a later offer of another certificate, or without the sections of before, changes nothing', () => {
  const stage = new RouterStage();
  const anna = stage.publisher('anna');
  const other = stage.browser('chromium-publish').offer;
  const cut = anna.offer.slice(0, anna.offer.indexOf('m=video')).replace('BUNDLE 0 1', 'BUNDLE 0');
  for (const offer of [other, cut]) {
    expect(refused(stage, { type: 'renegotiate', connection: 'anna', offer })).toBe('unacceptable');
  }
  stage.show(anna.browser, 7, 1);
  expect(stage.router.counts().sums.packets).toBe(1);
});

test('a publisher can wish for nothing', () => {
  const stage = new RouterStage();
  stage.publisher('anna');
  expect(refused(stage, { type: 'wish', connection: 'anna', wish: { paused: true } })).toBe('direction');
});

const SHORT = 'a=ice-ufrag:abc\r\na=ice-pwd:tooshort\r\n';

test('half of ICE credentials in a fragment, or such as cannot be, is malformed', () => {
  const stage = new RouterStage();
  stage.publisher('anna');
  for (const fragment of ['a=ice-ufrag:abcd\r\n', `a=ice-pwd:${'p'.repeat(24)}\r\n`, 'nonsense', SHORT]) {
    expect(refused(stage, { type: 'trickle', connection: 'anna', fragment })).toBe('malformed');
  }
});
