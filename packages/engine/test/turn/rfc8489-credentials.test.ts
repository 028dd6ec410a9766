import { nodeHmac } from '@madang/testkit';
import { describe, expect, test } from 'vitest';
import { latin1Bytes, latin1Text } from '../../src/bytes/index.js';
import {
  ATTRIBUTE,
  METHOD,
  passwordAlgorithmsValue,
  SECURITY_FEATURE,
  securityFeatures,
} from '../../src/stun/index.js';
import { timeLimitedCredential } from '../../src/turn/index.js';
import { type Attribute, lifetime, TurnClient, UDP } from './turn-client.js';
import { SECRET, TurnStage } from './turn-stage.js';

const CLIENT = '203.0.113.5:5000';

const username = (client: TurnClient): Attribute => [ATTRIBUTE.USERNAME, latin1Bytes(client.username)];
const realm: Attribute = [ATTRIBUTE.REALM, latin1Bytes('madang')];
const nonce = (client: TurnClient): Attribute => [ATTRIBUTE.NONCE, client.nonce!];
const integrity: Attribute = [ATTRIBUTE.MESSAGE_INTEGRITY, new Uint8Array(20)];

function challenged(): TurnClient {
  const client = new TurnClient(new TurnStage(), CLIENT);
  client.challenge();
  return client;
}

const codeOf = (client: TurnClient, bytes: Uint8Array) => client.reply(client.exchange(bytes)).code;

describe('§9.2.4', () => {
  test('a request without integrity is refused with 401, a realm, a nonce that tells what the server can, and algorithms', () => {
    const client = new TurnClient(new TurnStage(), CLIENT);
    const { code, message } = client.challenge();
    expect(code).toBe(401);
    expect(latin1Text(message.value(ATTRIBUTE.REALM)!)).toBe('madang');
    const features = securityFeatures(message.value(ATTRIBUTE.NONCE)!);
    expect(features).toBe(SECURITY_FEATURE.PASSWORD_ALGORITHMS | SECURITY_FEATURE.USERNAME_ANONYMITY);
    expect(message.value(ATTRIBUTE.PASSWORD_ALGORITHMS)).toEqual(passwordAlgorithmsValue(['sha256', 'md5']));
    expect(message.attributes).toHaveLength(4);
  });

  test.each([
    ['USERNAME', (client: TurnClient) => [realm, nonce(client), integrity]],
    ['REALM', (client: TurnClient) => [username(client), nonce(client), integrity]],
    ['NONCE', (client: TurnClient) => [username(client), realm, integrity]],
  ])('a request with integrity but without %s is refused with 400', (_name, attributes) => {
    const client = challenged();
    const reply = client.reply(client.exchange(client.plain(METHOD.ALLOCATE, [UDP, ...attributes(client)])));
    expect([reply.code, reply.message.has(ATTRIBUTE.NONCE), reply.message.has(ATTRIBUTE.REALM)]).toEqual([
      400,
      false,
      false,
    ]);
  });

  const other = passwordAlgorithmsValue(['md5', 'sha256']);
  const offered = passwordAlgorithmsValue(['sha256', 'md5']);
  const sha256 = passwordAlgorithmsValue(['sha256']);
  test.each([
    ['PASSWORD-ALGORITHM alone', [[ATTRIBUTE.PASSWORD_ALGORITHM, sha256]]],
    ['PASSWORD-ALGORITHMS alone', [[ATTRIBUTE.PASSWORD_ALGORITHMS, offered]]],
    [
      'other PASSWORD-ALGORITHMS than were offered',
      [
        [ATTRIBUTE.PASSWORD_ALGORITHMS, other],
        [ATTRIBUTE.PASSWORD_ALGORITHM, sha256],
      ],
    ],
    [
      'fewer PASSWORD-ALGORITHMS than were offered',
      [
        [ATTRIBUTE.PASSWORD_ALGORITHMS, sha256],
        [ATTRIBUTE.PASSWORD_ALGORITHM, sha256],
      ],
    ],
    [
      'an algorithm that was not offered',
      [
        [ATTRIBUTE.PASSWORD_ALGORITHMS, offered],
        [ATTRIBUTE.PASSWORD_ALGORITHM, [0, 3, 0, 0]],
      ],
    ],
  ] as [string, Attribute[]][])('%s is refused with 400', (_name, attributes) => {
    const client = challenged();
    expect(codeOf(client, client.signed(METHOD.ALLOCATE, [UDP, ...attributes]))).toBe(400);
  });

  test.each([
    ['MD5 and MESSAGE-INTEGRITY, not negotiated', {}],
    ['MD5 and MESSAGE-INTEGRITY', { algorithm: 'md5' }],
    ['SHA-256 and MESSAGE-INTEGRITY-SHA256', { algorithm: 'sha256', kind: 'sha256' }],
    ['MD5 and MESSAGE-INTEGRITY-SHA256', { algorithm: 'md5', kind: 'sha256' }],
  ] as const)('%s: accepted, and answered in kind', (_name, style) => {
    const client = challenged();
    client.style = style;
    const reply = client.ask(METHOD.ALLOCATE, UDP);
    expect([reply.code, client.isSigned(reply)]).toEqual([0, true]);
    expect(reply.message.has(ATTRIBUTE.MESSAGE_INTEGRITY)).toBe(!('kind' in style));
  });

  test('of two integrities the stronger counts', () => {
    const client = challenged();
    client.style = { kind: 'sha256' };
    const signed = client.signed(METHOD.ALLOCATE, [UDP, [ATTRIBUTE.MESSAGE_INTEGRITY, new Uint8Array(20)]]);
    // What follows MESSAGE-INTEGRITY does not count, so the names must stand before it: this request has none.
    expect(codeOf(client, signed)).toBe(400);
  });

  test('USERHASH in place of USERNAME: of a name that was given out, or has been seen', () => {
    const stage = new TurnStage();
    const client = new TurnClient(stage, CLIENT);
    client.style = { algorithm: 'sha256', kind: 'sha256', hasUserhash: true };
    expect(client.ask(METHOD.ALLOCATE, UDP).code).toBe(401);
    stage.server.introduce(client.username);
    expect(client.ask(METHOD.ALLOCATE, UDP).code).toBe(0);
  });

  test.each([
    ['a wrong password', (client: TurnClient) => (client.password = 'guess')],
    ['a name nobody gave out', (client: TurnClient) => (client.username = 'min')],
    ['a later expiry than was signed', (client: TurnClient) => (client.username = `9${client.username}`)],
    ['another realm', (client: TurnClient) => (client.realm = 'elsewhere')],
  ])('%s is refused with 401 and a new nonce, also when the nonce is stale', (_name, spoil) => {
    const client = challenged();
    spoil(client);
    const reply = client.ask(METHOD.ALLOCATE, UDP);
    expect([reply.code, client.isSigned(reply)]).toEqual([401, false]);
    client.nonce = latin1Bytes('long ago');
    expect(client.ask(METHOD.ALLOCATE, UDP).code).toBe(401);
  });

  test.each([
    ['made up', 'obMatJos2wAAA0123456789012345678901234567'],
    ['empty', ''],
    ['with other features', null],
  ])('a nonce that is %s is refused with 438', (_name, text) => {
    const client = challenged();
    client.nonce = text === null ? latin1Bytes(latin1Text(client.nonce!).replace('2wAAA', '2AAAA')) : latin1Bytes(text);
    expect(client.ask(METHOD.ALLOCATE, UDP).code).toBe(438);
  });
});

describe('time-limited credentials', () => {
  test('are those of the TURN REST convention', () => {
    const { username, credential } = timeLimitedCredential(latin1Bytes('north'), 'min', 1_433_895_918_506, nodeHmac);
    expect(username).toBe('1433895919:min');
    expect(latin1Bytes(credential)).toEqual(
      latin1Bytes(Buffer.from(nodeHmac.sha1(latin1Bytes('north'), latin1Bytes(username))).toString('base64')),
    );
  });

  test('an expired one is refused with 401, to the second', () => {
    const stage = new TurnStage();
    const client = new TurnClient(stage, CLIENT, 'min', 60);
    client.challenge();
    stage.advance(59_999);
    expect(client.ask(METHOD.ALLOCATE, UDP).code).toBe(0);
    client.refresh(lifetime(0));
    stage.advance(1);
    expect(client.ask(METHOD.ALLOCATE, UDP).code).toBe(401);
  });

  test('an allocation goes on after its credential has expired, but no new one is made with it', () => {
    const stage = new TurnStage();
    const client = new TurnClient(stage, CLIENT, 'min', 60);
    client.allocate();
    stage.advance(300_000);
    expect(client.refresh().code).toBe(0);
    expect(client.permit('192.0.2.7:7000')).toBe(0);
    const second = new TurnClient(stage, '203.0.113.5:5001');
    Object.assign(second, { username: client.username, password: client.password });
    expect(second.ask(METHOD.ALLOCATE, UDP).code).toBe(401);
  });

  test('are accepted of every secret, so that one can be changed', () => {
    const stage = new TurnStage({ secrets: [latin1Bytes('new'), SECRET] });
    expect(new TurnClient(stage, CLIENT).ask(METHOD.ALLOCATE, UDP).code).toBe(0);
    const client = new TurnClient(stage, '203.0.113.5:5001');
    Object.assign(client, timeLimitedCredential(latin1Bytes('new'), 'min', stage.wallMs + 60_000, nodeHmac));
    client.password = timeLimitedCredential(latin1Bytes('new'), 'min', stage.wallMs + 60_000, nodeHmac).credential;
    expect(client.ask(METHOD.ALLOCATE, UDP).code).toBe(0);
  });

  test('when the clock of the server is set, they expire by the new time', () => {
    const stage = new TurnStage();
    const client = new TurnClient(stage, CLIENT, 'min', 60);
    stage.server.setClock(stage.wallMs + 3_600_000, stage.now);
    expect(client.ask(METHOD.ALLOCATE, UDP).code).toBe(401);
  });
});
