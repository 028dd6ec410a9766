import { expect, test } from 'vitest';
import { latin1Bytes } from '../../src/bytes/index.js';
import { ATTRIBUTE, MESSAGE_CLASS, METHOD, readMessage } from '../../src/stun/index.js';
import { type Attribute, dataText, peerAddress, TurnClient } from './turn-client.js';
import { address, TurnStage } from './turn-stage.js';

const CLIENT = '203.0.113.5:5000';
const PEER = '192.0.2.7:7000';
const PEER6 = '[2001:db8:0:0:0:0:0:7]:7000';
const DATA: Attribute = [ATTRIBUTE.DATA, latin1Bytes('hi')];
const DONT_FRAGMENT: Attribute = [ATTRIBUTE.DONT_FRAGMENT, []];

function permitted(options = {}) {
  const stage = new TurnStage(options);
  const client = new TurnClient(stage, CLIENT);
  const [relayed, relayed6] = client.allocate([ATTRIBUTE.ADDITIONAL_ADDRESS_FAMILY, [2, 0, 0, 0]]) as [string, string];
  expect(client.permit(PEER, PEER6)).toBe(0);
  const indicate = (...attributes: Attribute[]) =>
    stage.fromClient(CLIENT, client.plain(METHOD.SEND, attributes, MESSAGE_CLASS.INDICATION));
  return { stage, client, relayed, relayed6, indicate };
}

test.each([
  ['no peer', [DATA]],
  ['no data', [peerAddress(PEER)]],
  ['a malformed peer', [[ATTRIBUTE.XOR_PEER_ADDRESS, [0, 1, 2]], DATA]],
] as [string, Attribute[]][])('§11.2: a Send indication with %s is discarded', (_what, attributes) => {
  const { stage, indicate } = permitted();
  expect(indicate(...attributes)).toEqual([]);
  expect(stage.server.counts().dropped.malformed).toBe(1);
});

test('§11.2: a Send indication with an attribute that is not understood is discarded', () => {
  const { stage, indicate } = permitted();
  expect(indicate(peerAddress(PEER), DATA, [0x7f01, []])).toEqual([]);
  expect(stage.server.counts().dropped.unknown_attribute).toBe(1);
  expect(indicate(peerAddress(PEER), DATA, [0xff01, []])).toHaveLength(1);
});

test('§11.2: DONT-FRAGMENT sets the DF bit, or is an unknown attribute where that cannot be done', () => {
  const { indicate } = permitted();
  expect(indicate(peerAddress(PEER), DATA).map(({ dontFragment }) => dontFragment)).toEqual([false]);
  expect(indicate(peerAddress(PEER), DATA, DONT_FRAGMENT).map(({ dontFragment }) => dontFragment)).toEqual([true]);
  const without = permitted({ dontFragment: false });
  expect(without.indicate(peerAddress(PEER), DATA, DONT_FRAGMENT)).toEqual([]);
  expect(without.stage.server.counts().dropped.unknown_attribute).toBe(1);
});

test('§11.2: without a permission for the host a Send indication is discarded', () => {
  const { client } = permitted();
  expect(client.send('192.0.2.8:7000', 'hi')).toEqual([]);
});

test('§11.2: what may be no peer is checked for every datagram, port and all', () => {
  const { stage, client } = permitted();
  expect(client.send('192.0.2.7:53', 'hi')).toEqual([]);
  expect(client.send('192.0.2.7:443', 'hi')).toHaveLength(1);
  expect(stage.server.counts().dropped.peer_port).toBe(1);
});

test('§11.2: the data goes from the relayed address to the peer, of whichever family', () => {
  const { client, relayed, relayed6 } = permitted();
  expect(client.send(PEER, 'hi')).toEqual([`${relayed} > ${PEER}: hi`]);
  expect(client.send(PEER6, 'hi')).toEqual([`${relayed6} > ${PEER6}: hi`]);
  expect(client.send(PEER, '')).toEqual([`${relayed} > ${PEER}: `]);
  for (const length of [1, 2, 3, 4, 1_200])
    expect(client.send(PEER, 'x'.repeat(length))).toEqual([`${relayed} > ${PEER}: ${'x'.repeat(length)}`]);
});

test('§11.2: data for a family that the allocation does not have is discarded', () => {
  const stage = new TurnStage();
  const client = new TurnClient(stage, CLIENT);
  client.allocate();
  expect(client.send(PEER6, 'hi')).toEqual([]);
  expect(stage.server.counts().dropped.wrong_family).toBe(1);
});

test('§11.3: a datagram of a peer without channel comes as a Data indication, padded with zeros', () => {
  const { stage, relayed } = permitted();
  for (const length of [0, 1, 2, 3, 4, 5, 1_200]) {
    const text = 'y'.repeat(length);
    const [sent] = stage.fromPeer(PEER, relayed, latin1Bytes(text));
    expect([sent!.from, sent!.to, dataText(sent!.bytes)]).toEqual(['server', CLIENT, `${PEER}: ${text}`]);
    expect(sent!.bytes.length % 4).toBe(0);
    expect([...sent!.bytes.subarray(36 + length)].every((byte) => byte === 0)).toBe(true);
    const message = readMessage(sent!.bytes);
    expect(typeof message !== 'string' && message.attributes.map(({ type }) => type)).toEqual([
      ATTRIBUTE.XOR_PEER_ADDRESS,
      ATTRIBUTE.DATA,
    ]);
  }
});

test('§11.3: the same over IPv6', () => {
  const { stage, relayed6 } = permitted();
  const [sent] = stage.fromPeer(PEER6, relayed6, latin1Bytes('hello'));
  expect(dataText(sent!.bytes)).toBe(`${PEER6}: hello`);
});

test('§11.3: Data indications have transactions of their own', () => {
  const { stage, relayed } = permitted();
  const transactions = Array.from({ length: 100 }, () => {
    const [sent] = stage.fromPeer(PEER, relayed, latin1Bytes('x'));
    return sent!.bytes.subarray(8, 20).join();
  });
  expect(new Set(transactions).size).toBe(100);
});

const icmp = (stage: TurnStage, relayed: string, peer: string, type: number, code: number, mtu = 0) => {
  stage.act((tx) => stage.server.relays.icmp(stage.portIx(relayed), address(peer), type, code, mtu, stage.now, tx));
  return stage.take().map(({ bytes }) => {
    const message = readMessage(bytes);
    return typeof message === 'string' ? message : { peer: dataText(bytes), icmp: [...message.value(ATTRIBUTE.ICMP)!] };
  });
};

test.each([
  [PEER, 3, 3, 0, [0, 0, 3, 3, 0, 0, 0, 0]],
  [PEER, 3, 4, 1_400, [0, 0, 3, 4, 0, 0, 5, 120]],
  [PEER, 11, 0, 1_400, [0, 0, 11, 0, 0, 0, 0, 0]],
  [PEER6, 1, 4, 0, [0, 0, 1, 4, 0, 0, 0, 0]],
  [PEER6, 2, 0, 1_280, [0, 0, 2, 0, 0, 0, 5, 0]],
  [PEER6, 3, 0, 0, [0, 0, 3, 0, 0, 0, 0, 0]],
])('§11.5: ICMP from the way to %s, type %i, code %i, comes as a Data indication', (peer, type, code, mtu, value) => {
  const { stage, relayed, relayed6 } = permitted();
  const sent = icmp(stage, peer === PEER ? relayed : relayed6, peer, type, code, mtu);
  expect(sent).toEqual([{ peer: `${peer}: none`, icmp: value }]);
});

test.each([
  ['of another type', PEER, 8],
  ['of a type that only the other family has', PEER, 1],
  ['without permission', '192.0.2.9:7000', 3],
])('§11.5: ICMP %s is dropped', (_what, peer, type) => {
  const { stage, relayed } = permitted();
  expect(icmp(stage, relayed, peer, type, 0)).toEqual([]);
});
