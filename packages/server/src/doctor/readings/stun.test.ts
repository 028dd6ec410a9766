import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ALLOCATE, BINDING, readStunResponse, stunLength, stunRequest } from './stun.js';

const hex = (text: string) => Buffer.from(text.replace(/\s+/g, ''), 'hex');

/** RFC 5769 §2.2 and §2.3: responses to the same request, for 192.0.2.1:32853 and its IPv6 sibling. */
const TRANSACTION = hex('b7e7a701bc34d686fa87dfae');
const IPV4 = hex(`0101003c 2112a442 b7e7a701bc34d686fa87dfae 8022000b 74657374 20766563 746f7220
  00200008 0001a147 e112a643 00080014 2b91f599 fd9e90c3 8c7489f9 2af9ba53 f06be7d7 80280004 c07d4c96`);
const IPV6 = hex(`01010048 2112a442 b7e7a701bc34d686fa87dfae 8022000b 74657374 20766563 746f7220
  00200014 0002a147 0113a9fa a5d3f179 bc25f4b5 bed2b9d9
  00080014 a382954e 4be67bf1 1784c97c 8292c275 bfe3ed41 80280004 c8fb0b4c`);

describe('a response', () => {
  test.each([
    [IPV4, '192.0.2.1:32853'],
    [IPV6, '[2001:db8:1234:5678:11:2233:4455:6677]:32853'],
  ])('tells the sender’s address (RFC 5769)', (bytes, mapped) => {
    expect(readStunResponse(bytes, TRANSACTION)).toMatchObject({ succeeded: true, mapped, errorCode: undefined });
  });

  test('of another transaction, a request, and other bytes are none', () => {
    expect(readStunResponse(IPV4, Buffer.alloc(12))).toBeNull();
    const { bytes, transaction } = stunRequest(BINDING);
    expect(readStunResponse(bytes, transaction)).toBeNull();
    expect(readStunResponse(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), transaction)).toBeNull();
  });

  test('cut off anywhere is read without a fall', () => {
    for (let length = 0; length < IPV4.length; length++) readStunResponse(IPV4.subarray(0, length), TRANSACTION);
  });

  test('that refuses gives the code, the realm and the nonce', () => {
    const refusal = hex(`0113 001c 2112a442 ${TRANSACTION.toString('hex')}
      0009 0004 00000401 0014 0003 61626300 0015 0004 6e6f6e63`);
    expect(readStunResponse(refusal, TRANSACTION)).toEqual({
      succeeded: false,
      errorCode: 401,
      realm: 'abc',
      nonce: Buffer.from('nonc'),
      mapped: undefined,
    });
  });

  test.each([
    [IPV4.subarray(0, 19), undefined],
    [IPV4, 80],
    [Buffer.from('HTTP/1.1 400 Bad Request'), 0],
  ])('on a stream is %# bytes long', (bytes, length) => {
    expect(stunLength(bytes)).toBe(length);
  });
});

describe('a request', () => {
  test('for a Binding is the header alone', () => {
    const { bytes, transaction } = stunRequest(BINDING);
    expect(bytes).toEqual(Buffer.concat([hex('00010000 2112a442'), transaction]));
  });

  test('with credentials is signed over all that stands before', () => {
    const credentials = { username: 'min', credential: 'secret', realm: 'a.example', nonce: Buffer.from('0123') };
    const { bytes } = stunRequest(ALLOCATE, credentials);
    expect(bytes.readUInt16BE(2)).toBe(bytes.length - 20);
    const key = createHash('md5').update('min:a.example:secret').digest();
    const before = bytes.subarray(0, -24);
    expect(bytes.subarray(-20)).toEqual(createHmac('sha1', key).update(before).digest());
    expect(bytes.subarray(-24, -20)).toEqual(hex('0008 0014'));
  });
});
