import { expect, test } from 'vitest';
import { ATTRIBUTE, METHOD } from '../../src/stun/index.js';
import { peerAddress, TurnClient } from './turn-client.js';
import { TurnStage } from './turn-stage.js';

const CLIENT = '203.0.113.5:5000';

function allocated(limits = {}) {
  const stage = new TurnStage({ limits });
  const client = new TurnClient(stage, CLIENT);
  client.allocate();
  return { stage, client };
}

test('§10.2: without XOR-PEER-ADDRESS, or with a malformed one, it is refused with 400', () => {
  const { client } = allocated();
  expect(client.permit()).toBe(400);
  const bad = [ATTRIBUTE.XOR_PEER_ADDRESS, [0, 3, 0, 0, 1, 2, 3, 4]] as const;
  expect(client.ask(METHOD.CREATE_PERMISSION, bad).code).toBe(400);
  expect(client.ask(METHOD.CREATE_PERMISSION, peerAddress('192.0.2.7:1'), [ATTRIBUTE.XOR_PEER_ADDRESS, []]).code).toBe(
    400,
  );
});

test('§10.2: a peer of a family that the allocation does not have is refused with 443', () => {
  const { client } = allocated();
  expect(client.permit('[2001:db8::7]:1')).toBe(443);
});

test('§10.2: a peer that may be none is refused with 403, and the others of the request with it', () => {
  const { client } = allocated();
  expect(client.permit('192.0.2.7:7000', '10.0.0.1:7000')).toBe(403);
  expect(client.send('192.0.2.7:7000', 'x')).toEqual([]);
});

test('§10.2: several peers get a permission at once, and the answer is signed', () => {
  const { client } = allocated();
  const reply = client.ask(METHOD.CREATE_PERMISSION, ...['192.0.2.7:0', '192.0.2.8:9', '8.8.8.8:53'].map(peerAddress));
  expect([reply.code, client.isSigned(reply)]).toEqual([0, true]);
  for (const peer of ['192.0.2.7:4000', '192.0.2.8:4000', '8.8.8.8:4000'])
    expect(client.send(peer, 'x')).toHaveLength(1);
});

test('§10.2: more than an allocation may have are refused with 508, until others have expired', () => {
  const { stage, client } = allocated({ permissions: 3 });
  expect(client.permit('192.0.2.1:1', '192.0.2.2:1')).toBe(0);
  expect(client.permit('192.0.2.3:1', '192.0.2.4:1')).toBe(508);
  expect(client.permit('192.0.2.2:1', '192.0.2.3:1', '192.0.2.3:2')).toBe(0);
  expect(client.permit('192.0.2.4:1')).toBe(508);
  expect(client.bind(0x4000, '192.0.2.4:5000')).toBe(508);
  stage.advance(300_000);
  expect(client.permit('192.0.2.4:1')).toBe(0);
});
