import { expect, test } from 'vitest';
import { classOf, MESSAGE_CLASS, METHOD, messageType, methodOf } from './message-type.js';

test.each([
  ['Binding request', METHOD.BINDING, MESSAGE_CLASS.REQUEST, 0x0001],
  ['Binding success', METHOD.BINDING, MESSAGE_CLASS.SUCCESS, 0x0101],
  ['Binding error', METHOD.BINDING, MESSAGE_CLASS.ERROR, 0x0111],
  ['Allocate request', METHOD.ALLOCATE, MESSAGE_CLASS.REQUEST, 0x0003],
  ['Send indication', METHOD.SEND, MESSAGE_CLASS.INDICATION, 0x0016],
  ['Data indication', METHOD.DATA, MESSAGE_CLASS.INDICATION, 0x0017],
  ['ConnectionBind success', METHOD.CONNECTION_BIND, MESSAGE_CLASS.SUCCESS, 0x010b],
])('%s', (_name, method, messageClass, type) => {
  expect(messageType(method, messageClass)).toBe(type);
});

test('method and class of every type are those it was made of', () => {
  for (let method = 0; method < 0x1000; method++) {
    for (const messageClass of Object.values(MESSAGE_CLASS)) {
      const type = messageType(method, messageClass);
      expect([methodOf(type), classOf(type), type < 0x4000]).toEqual([method, messageClass, true]);
    }
  }
});
