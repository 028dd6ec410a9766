import { nodeHmac } from '@madang/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { latin1Bytes, latin1Text } from '../bytes/index.js';
import { ATTRIBUTE } from './attribute.js';
import { isSigned } from './integrity.js';
import { MESSAGE_CLASS, METHOD } from './message-type.js';
import { MessageWriter } from './message-writer.js';
import { readMessage } from './read-message.js';
import type { StunMessage } from './stun-message.js';

const TRANSACTION = latin1Bytes('transaction.');
const KEY = latin1Bytes('key');

const writer = () => new MessageWriter(METHOD.ALLOCATE, MESSAGE_CLASS.REQUEST, TRANSACTION);

function read(bytes: Uint8Array): StunMessage {
  const message = readMessage(bytes);
  if (typeof message === 'string') throw new Error(message);
  return message;
}

function changed(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

describe('what is no message', () => {
  const plain = writer().add(ATTRIBUTE.USERNAME, latin1Bytes('min')).finish();
  const marked = writer().add(ATTRIBUTE.USERNAME, latin1Bytes('min')).addFingerprint().finish();
  const crowded = writer();
  for (let count = 0; count < 65; count++) crowded.add(0x8fff, new Uint8Array(0));
  test.each([
    ['short', plain.subarray(0, 19)],
    ['short', new Uint8Array(0)],
    ['no_stun', changed(plain, 0, 0x40)],
    ['no_stun', changed(plain, 0, 0x80)],
    ['cookie', changed(plain, 7, 0x43)],
    ['length', plain.subarray(0, plain.length - 1)],
    ['length', Uint8Array.from([...plain, 0])],
    ['length', changed(plain, 3, 7)],
    ['attribute', changed(plain, 22, 0, 5)],
    ['attribute', changed(plain, 22, 0xff, 0xff)],
    ['crowded', crowded.finish()],
    ['fingerprint', changed(marked, marked.length - 1, marked[marked.length - 1]! ^ 1)],
    ['fingerprint', changed(marked, 25, 0x20)],
    ['fingerprint', writer().add(ATTRIBUTE.FINGERPRINT, new Uint8Array(4)).finish()],
  ] as const)('%s %#', (fault, bytes) => {
    expect(readMessage(bytes)).toBe(fault);
  });

  test('a right FINGERPRINT that is not the last', () => {
    const early = writer().addFingerprint().finish();
    const late = Uint8Array.from([...early, 0x80, 0x22, 0, 0]);
    late[3] = late.length - 20;
    expect(readMessage(late)).toBe('fingerprint');
  });
});

test('of several attributes of one type the first counts', () => {
  const bytes = writer().add(ATTRIBUTE.REALM, latin1Bytes('one')).add(ATTRIBUTE.REALM, latin1Bytes('two')).finish();
  const message = read(bytes);
  expect(latin1Text(message.value(ATTRIBUTE.REALM)!)).toBe('one');
  expect(message.values(ATTRIBUTE.REALM).map(latin1Text)).toEqual(['one', 'two']);
});

test('what follows MESSAGE-INTEGRITY does not count, but for MESSAGE-INTEGRITY-SHA256 and FINGERPRINT', () => {
  const bytes = writer()
    .addIntegrity('sha1', KEY, nodeHmac)
    .add(ATTRIBUTE.USERNAME, latin1Bytes('mallory'))
    .addIntegrity('sha256', KEY, nodeHmac)
    .addIntegrity('sha1', KEY, nodeHmac)
    .add(ATTRIBUTE.REALM, latin1Bytes('elsewhere'))
    .addFingerprint()
    .finish();
  expect(read(bytes).attributes.map(({ type }) => type)).toEqual([
    ATTRIBUTE.MESSAGE_INTEGRITY,
    ATTRIBUTE.MESSAGE_INTEGRITY_SHA256,
    ATTRIBUTE.FINGERPRINT,
  ]);
});

test('an integrity cut short signs nothing', () => {
  const whole = read(writer().addIntegrity('sha256', KEY, nodeHmac).finish());
  expect(isSigned(whole, 'sha256', KEY, nodeHmac)).toBe(true);
  const cut = read(
    writer()
      .add(ATTRIBUTE.MESSAGE_INTEGRITY_SHA256, whole.value(ATTRIBUTE.MESSAGE_INTEGRITY_SHA256)!.slice(0, 16))
      .finish(),
  );
  expect(isSigned(cut, 'sha256', KEY, nodeHmac)).toBe(false);
});

test('every byte before the integrity is covered by it', () => {
  const bytes = writer().add(ATTRIBUTE.USERNAME, latin1Bytes('minji')).addIntegrity('sha1', KEY, nodeHmac).finish();
  for (let at = 0; at < bytes.length; at++) {
    const message = readMessage(changed(bytes, at, bytes[at]! ^ 1));
    if (typeof message !== 'string') expect(isSigned(message, 'sha1', KEY, nodeHmac)).toBe(false);
  }
});

const attributes = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 0xffff }).filter((type) => ![0x0008, 0x001c, 0x8028].includes(type)),
    fc.uint8Array({ maxLength: 40 }),
  ),
  { maxLength: 20 },
);

test('what is written is what is read', () => {
  fc.assert(
    fc.property(attributes, fc.uint8Array({ minLength: 12, maxLength: 12 }), (list, transaction) => {
      const written = new MessageWriter(METHOD.SEND, MESSAGE_CLASS.INDICATION, transaction);
      for (const [type, value] of list) written.add(type, value);
      const message = read(written.addFingerprint().finish());
      expect([message.method, message.messageClass]).toEqual([METHOD.SEND, MESSAGE_CLASS.INDICATION]);
      expect(message.transaction).toEqual(transaction);
      expect(message.attributes.slice(0, -1).map((place) => [place.type, message.valueAt(place)])).toEqual(list);
    }),
  );
});

test('no bytes make it throw, and every attribute it finds lies inside', () => {
  const begin = fc.constant([0, 3, 0, 0, 0x21, 0x12, 0xa4, 0x42, ...TRANSACTION]);
  const bytes = fc.tuple(begin, fc.uint8Array({ maxLength: 120 })).map(([head, tail]) => {
    const whole = Uint8Array.from([...head, ...tail]);
    whole[3] = tail.length;
    return whole;
  });
  fc.assert(
    fc.property(fc.oneof(bytes, fc.uint8Array({ maxLength: 80 })), (input) => {
      const message = readMessage(input);
      if (typeof message === 'string') return;
      for (const place of message.attributes) {
        expect(place.at + 4 + place.length).toBeLessThanOrEqual(input.length);
        expect(message.valueAt(place)).toHaveLength(place.length);
        message.xorAddress(place.type);
      }
      message.errorCode();
      message.unknownAttributes();
    }),
    { numRuns: 2_000 },
  );
});
