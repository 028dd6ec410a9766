import { nodeDigest, nodeHmac } from '@madang/testkit';
import { describe, expect, test } from 'vitest';
import { latin1Bytes, latin1Text } from '../bytes/index.js';
import { ATTRIBUTE } from './attribute.js';
import { integrityOf, isSigned, longTermKey } from './integrity.js';
import { MESSAGE_CLASS, METHOD } from './message-type.js';
import { MessageWriter } from './message-writer.js';
import { SECURITY_FEATURE, securityFeatures } from './nonce-cookie.js';
import { parseHost } from './parse-host.js';
import { passwordAlgorithmsValue, readPasswordAlgorithm } from './password-algorithms.js';
import { readMessage } from './read-message.js';
import type { StunMessage } from './stun-message.js';
import { userhash } from './userhash.js';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replace(/\s+/g, ''), 'hex'));

function read(bytes: Uint8Array): StunMessage {
  const message = readMessage(bytes);
  if (typeof message === 'string') throw new Error(message);
  return message;
}

/** RFC 5769 §2.1, padded with spaces as it is there. */
const REQUEST = hex(`00010058 2112a442 b7e7a701bc34d686fa87dfae 80220010 5354554e207465737420636c69656e74
  00240004 6e0001ff 80290008 932ff9b151263b36 00060009 6576746a3a68367659202020
  00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2 80280004 e57a3bcf`);
/** §2.2 and §2.3. */
const IPV4_RESPONSE = hex(`0101003c 2112a442 b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220
  00200008 0001a147e112a643 00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004 c07d4c96`);
const IPV6_RESPONSE = hex(`01010048 2112a442 b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220
  00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9
  00080014 a382954e4be67bf11784c97c8292c275bfe3ed41 80280004 c8fb0b4c`);
/** §2.4. */
const LONG_TERM = hex(`00010060 2112a442 78ad3433c6ad72c029da412e 00060012 e3839ee38388e383aae38383e382afe382b90000
  0015001c 662f2f3439396b39353464364f4c33346f4c39465354767936347341
  0014000b 6578616d706c652e6f726700 00080014 f67024656dd64a3e02b8e0712e85c9a28ca89666`);
/** RFC 8489 B.1. */
const LONG_TERM_SHA256 = hex(`00010090 2112a442 78ad3433c6ad72c029da412e
  001e0020 4a3cf38fef6992bda952c6780417da0f24819415569e60b205c46e41407f1704
  00150029 6f624d61744a6f73324141414366 2f2f3439396b39353464364f4c33346f4c39465354767936347341 000000
  0014000b 6578616d706c652e6f726700 001d0004 00020000
  001c0020 b5c7bf005b6c52a21c51c5e892f81924136296cb927c43149309278cc6518e65`);

const SHORT_TERM_KEY = latin1Bytes('VOkJxbRl1RmTxUk/WvJxBt');
const USERNAME = new Uint8Array(Buffer.from('マトリックス'));
const REALM = latin1Bytes('example.org');
const PASSWORD = latin1Bytes('TheMatrIX');

describe('RFC 5769', () => {
  test('§2.1: the request', () => {
    const message = read(REQUEST);
    expect([message.method, message.messageClass]).toEqual([METHOD.BINDING, MESSAGE_CLASS.REQUEST]);
    expect(latin1Text(message.value(ATTRIBUTE.USERNAME)!)).toBe('evtj:h6vY');
    expect(latin1Text(message.value(ATTRIBUTE.SOFTWARE)!)).toBe('STUN test client');
    expect(message.value(ATTRIBUTE.PRIORITY)).toEqual(hex('6e0001ff'));
    expect(integrityOf(message)).toBe('sha1');
    expect(isSigned(message, 'sha1', SHORT_TERM_KEY, nodeHmac)).toBe(true);
    expect(isSigned(message, 'sha1', latin1Bytes('VOkJxbRl1RmTxUk/WvJxBT'), nodeHmac)).toBe(false);
  });

  test.each([
    ['§2.2: the IPv4 response', IPV4_RESPONSE, '192.0.2.1'],
    ['§2.3: the IPv6 response', IPV6_RESPONSE, '2001:db8:1234:5678:11:2233:4455:6677'],
  ])('%s', (_name, bytes, host) => {
    const message = read(bytes);
    const address = { host: parseHost(host)!, port: 32853 };
    expect(message.xorAddress(ATTRIBUTE.XOR_MAPPED_ADDRESS)).toEqual(address);
    expect(isSigned(message, 'sha1', SHORT_TERM_KEY, nodeHmac)).toBe(true);
  });

  test('§2.4: the request with a long-term credential, read and written', () => {
    const message = read(LONG_TERM);
    const key = longTermKey('md5', USERNAME, REALM, PASSWORD, nodeDigest);
    expect(message.value(ATTRIBUTE.USERNAME)).toEqual(USERNAME);
    expect(isSigned(message, 'sha1', key, nodeHmac)).toBe(true);
    const written = new MessageWriter(METHOD.BINDING, MESSAGE_CLASS.REQUEST, message.transaction)
      .add(ATTRIBUTE.USERNAME, USERNAME)
      .add(ATTRIBUTE.NONCE, latin1Bytes('f//499k954d6OL34oL9FSTvy64sA'))
      .add(ATTRIBUTE.REALM, REALM)
      .addIntegrity('sha1', key, nodeHmac);
    expect(written.finish()).toEqual(LONG_TERM);
  });

  test('a fingerprint is written as it is read', () => {
    const { transaction } = read(IPV4_RESPONSE);
    const written = new MessageWriter(METHOD.BINDING, MESSAGE_CLASS.SUCCESS, transaction)
      .addXorAddress(ATTRIBUTE.XOR_MAPPED_ADDRESS, { host: parseHost('192.0.2.1')!, port: 32853 })
      .addIntegrity('sha1', SHORT_TERM_KEY, nodeHmac)
      .addFingerprint()
      .finish();
    const message = read(written);
    expect(message.value(ATTRIBUTE.XOR_MAPPED_ADDRESS)).toEqual(hex('0001a147e112a643'));
    expect(isSigned(message, 'sha1', SHORT_TERM_KEY, nodeHmac)).toBe(true);
  });
});

describe('RFC 8489 B.1', () => {
  test('the request with USERHASH and MESSAGE-INTEGRITY-SHA256, read and written', () => {
    const message = read(LONG_TERM_SHA256);
    const key = longTermKey('sha256', USERNAME, REALM, PASSWORD, nodeDigest);
    expect(message.value(ATTRIBUTE.USERHASH)).toEqual(userhash(USERNAME, REALM, nodeDigest));
    expect(readPasswordAlgorithm(message.value(ATTRIBUTE.PASSWORD_ALGORITHM)!)).toBe('sha256');
    expect(integrityOf(message)).toBe('sha256');
    expect(isSigned(message, 'sha256', key, nodeHmac)).toBe(true);
    const nonce = latin1Bytes('obMatJos2AAACf//499k954d6OL34oL9FSTvy64sA');
    const written = new MessageWriter(METHOD.BINDING, MESSAGE_CLASS.REQUEST, message.transaction)
      .add(ATTRIBUTE.USERHASH, userhash(USERNAME, REALM, nodeDigest))
      .add(ATTRIBUTE.NONCE, nonce)
      .add(ATTRIBUTE.REALM, REALM)
      .add(ATTRIBUTE.PASSWORD_ALGORITHM, passwordAlgorithmsValue(['sha256']))
      .addIntegrity('sha256', key, nodeHmac);
    expect(written.finish()).toEqual(LONG_TERM_SHA256);
    expect(securityFeatures(nonce)).toBe(2);
    expect(securityFeatures(nonce)! & SECURITY_FEATURE.PASSWORD_ALGORITHMS).toBe(0);
  });
});
