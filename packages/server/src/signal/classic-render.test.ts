import type { MemberEvent } from '@madang/engine';
import type { Member } from '@madang/protocol';
import { expect, it } from 'vitest';
import { renderForClassic } from './classic-render.js';

const member = { id: 'm1', name: 'Mina' } as Member;
const names = new Map([['m1', 'Mina']]);
const chat = { id: 1, from: 'm1', name: 'Mina', text: '<b>hi</b>', wallMs: 0 };

it.each<[string, MemberEvent, object | undefined]>([
  [
    'a chat message',
    { seq: 1, type: 'chat', message: chat },
    { event: 'message', payload: { author: 'Mina', message: '<b>hi</b>' } },
  ],
  [
    'a signal',
    { seq: 1, type: 'dialect-signal', from: 'm1', data: { type: 'SDP', message: '{}' } },
    { event: 'signaling_message', payload: { type: 'SDP', message: '{}' } },
  ],
  [
    'a newcomer',
    { seq: 1, type: 'member-joined', member },
    { event: 'announce', payload: { message: 'Mina has joined the room.' } },
  ],
  [
    'somebody leaving',
    { seq: 1, type: 'member-left', member: 'm1', reason: 'left' },
    { event: 'announce', payload: { message: 'Mina has left the room.' } },
  ],
  [
    'somebody lost',
    { seq: 1, type: 'member-left', member: 'm1', reason: 'lost' },
    { event: 'announce', payload: { message: 'Mina has lost the connection.' } },
  ],
  [
    'a stranger leaving',
    { seq: 1, type: 'member-left', member: 'm9', reason: 'kicked' },
    { event: 'announce', payload: { message: 'Someone was removed from the room.' } },
  ],
  [
    'its own removal',
    { seq: 1, type: 'ended', reason: 'kicked' },
    { event: 'announce', payload: { message: 'You were removed from the room.' } },
  ],
  [
    'the end of the room',
    { seq: 1, type: 'ended', reason: 'closed' },
    { event: 'announce', payload: { message: 'The room was closed.' } },
  ],
  [
    'the end of the server',
    { seq: 1, type: 'draining', withinMs: 1 },
    { event: 'announce', payload: { message: 'The server is about to stop.' } },
  ],
  ['a reaction: nothing', { seq: 1, type: 'reaction', from: 'm1', reaction: '!' }, undefined],
  ['a change of a member: nothing', { seq: 1, type: 'member-changed', member }, undefined],
])('a classic page is told of %s', (_name, event, saying) => {
  expect(renderForClassic(event, names)).toEqual(saying);
});
