import { nodeDigest, nodeHmac } from '@madang/testkit';
import { expect, test } from 'vitest';
import { latin1Bytes } from '../bytes/index.js';
import { ATTRIBUTE } from './attribute.js';
import { LongTermSigner } from './long-term-signer.js';
import { MESSAGE_CLASS, METHOD } from './message-type.js';
import { MessageWriter } from './message-writer.js';
import { nonceCookie, SECURITY_FEATURE } from './nonce-cookie.js';
import { passwordAlgorithmsValue } from './password-algorithms.js';
import { readMessage } from './read-message.js';
import type { StunMessage } from './stun-message.js';

const TRANSACTION = new Uint8Array(12).fill(7);
const KNOWS_ALGORITHMS = nonceCookie(SECURITY_FEATURE.PASSWORD_ALGORITHMS);
const signer = () =>
  new LongTermSigner({ username: latin1Bytes('min'), password: latin1Bytes('secret') }, nodeHmac, nodeDigest);

interface Said {
  readonly code?: number;
  readonly realm?: string;
  readonly nonce?: Uint8Array;
  readonly algorithms?: Uint8Array;
}

function refusal({ code = 401, realm = 'a.example', nonce = latin1Bytes('n'), algorithms }: Said = {}): StunMessage {
  const writer = new MessageWriter(METHOD.ALLOCATE, MESSAGE_CLASS.ERROR, TRANSACTION).addErrorCode(code);
  if (realm !== '') writer.add(ATTRIBUTE.REALM, latin1Bytes(realm));
  if (nonce.length > 0) writer.add(ATTRIBUTE.NONCE, nonce);
  if (algorithms !== undefined) writer.add(ATTRIBUTE.PASSWORD_ALGORITHMS, algorithms);
  return readMessage(writer.finish()) as StunMessage;
}

const signed = (by: LongTermSigner): StunMessage =>
  readMessage(by.sign(new MessageWriter(METHOD.ALLOCATE, MESSAGE_CLASS.REQUEST, TRANSACTION)).finish()) as StunMessage;

test('a request is bare before a challenge, and signed by MD5 and SHA-1 for a server that offers nothing else', () => {
  const client = signer();
  expect(signed(client).attributes).toEqual([]);
  expect(client.learn(refusal())).toBe(true);
  const types = signed(client).attributes.map(({ type }) => type);
  expect(types).toEqual([ATTRIBUTE.USERNAME, ATTRIBUTE.REALM, ATTRIBUTE.NONCE, ATTRIBUTE.MESSAGE_INTEGRITY]);
});

test('of the algorithms that a server offers, its favourite that we know is used, and all are given back', () => {
  const client = signer();
  const algorithms = Uint8Array.of(0, 9, 0, 0, ...passwordAlgorithmsValue(['sha256', 'md5']));
  expect(client.learn(refusal({ nonce: KNOWS_ALGORITHMS, algorithms }))).toBe(true);
  const request = signed(client);
  expect(request.value(ATTRIBUTE.PASSWORD_ALGORITHMS)).toEqual(algorithms);
  expect(request.value(ATTRIBUTE.PASSWORD_ALGORITHM)).toEqual(passwordAlgorithmsValue(['sha256']));
  expect(request.has(ATTRIBUTE.MESSAGE_INTEGRITY_SHA256)).toBe(true);
});

test.each<[string, Said]>([
  ['no nonce', { nonce: new Uint8Array(0) }],
  ['no realm', { realm: '' }],
  ['another code', { code: 486 }],
  ['a nonce that tells of algorithms which somebody took away (§9.2.5)', { nonce: KNOWS_ALGORITHMS }],
  ['only algorithms that we do not know', { nonce: KNOWS_ALGORITHMS, algorithms: Uint8Array.of(0, 9, 0, 0) }],
])('a refusal with %s is not worth another try', (_what, said) => {
  expect(signer().learn(refusal(said))).toBe(false);
});

test('who has signed is refused for good by a 401 of the same realm, but not by a stale nonce or another realm', () => {
  const client = signer();
  client.learn(refusal());
  expect(client.learn(refusal())).toBe(false);
  expect(client.learn(refusal({ code: 438, nonce: latin1Bytes('newer') }))).toBe(true);
  expect(signed(client).value(ATTRIBUTE.NONCE)).toEqual(latin1Bytes('newer'));
  expect(client.learn(refusal({ realm: 'b.example' }))).toBe(true);
});

test('a response proves that the server knows the password', () => {
  const client = signer();
  client.learn(refusal());
  const response = (password: string) => {
    const server = new LongTermSigner(
      { username: latin1Bytes('min'), password: latin1Bytes(password) },
      nodeHmac,
      nodeDigest,
    );
    server.learn(refusal());
    return signed(server);
  };
  expect(client.isProven(response('secret'))).toBe(true);
  expect(client.isProven(response('other'))).toBe(false);
  expect(client.isProven(refusal())).toBe(false);
});
