import { expect, test } from 'vitest';
import {
  type CandidateFacts,
  judgeBrowser,
  judgeCamera,
  judgeLoopback,
  judgeMicrophone,
  judgeRelay,
  judgeSecurity,
  judgeSignaling,
  judgeTcp,
  judgeUdp,
} from './judge.js';

const said = ({ state, found }: { state: string; found: string }) => `${state}: ${found}`;

test('a page over plain http has one problem, not two', () => {
  const facts = { secure: false, interfaces: { getUserMedia: false, RTCPeerConnection: true } };
  expect(said(judgeSecurity(facts))).toBe('failed: insecure');
  expect(said(judgeBrowser(facts))).toBe('passed: browser-able');
  expect(judgeBrowser({ ...facts, secure: true })).toMatchObject({
    state: 'failed',
    values: { lacks: 'getUserMedia' },
  });
});

test.each([
  [{ frames: 30, brightest: 200 }, 'passed: camera-works'],
  [{ frames: 30, brightest: 3 }, 'warned: camera-black'],
  [{ frames: 0, brightest: 200 }, 'warned: camera-black'],
])('a camera with %j: %s', (facts, expected) => {
  expect(said(judgeCamera({ width: 640, height: 360, ...facts }))).toBe(expected);
});

test.each([
  [{ loudest: 0.4, isMeasured: true }, 'passed: microphone-works'],
  [{ loudest: 0.004, isMeasured: true }, 'warned: microphone-quiet'],
  [{ loudest: 0, isMeasured: true }, 'failed: microphone-dead'],
  [{ loudest: 0, isMeasured: false }, 'warned: microphone-unmeasured'],
])('a microphone with %j: %s', (facts, expected) => {
  expect(said(judgeMicrophone(facts))).toBe(expected);
});

test('the time of an answer is the middle one of those measured', () => {
  expect(judgeSignaling({ transport: 'websocket', roundTripsMs: [90, 4, 5] }).values).toEqual({ ms: 5 });
  expect(said(judgeSignaling({ transport: 'polling', roundTripsMs: [0.2] }))).toBe('warned: signaling-polling');
});

const PLAIN: CandidateFacts = {
  hostUdp: 2,
  hostTcp: 2,
  reflexive: 0,
  relays: [],
  hasStun: false,
  hasTurn: false,
  stunErrors: [],
  turnErrors: [],
};

test.each<[Partial<CandidateFacts>, string, string, string]>([
  [{}, 'passed: udp-host', 'passed: tcp-works', 'warned: relay-absent'],
  [{ hostUdp: 0, hostTcp: 0 }, 'failed: udp-none', 'warned: tcp-none', 'warned: relay-absent'],
  [{ hasStun: true, reflexive: 1 }, 'passed: udp-reflexive', 'passed: tcp-works', 'warned: relay-absent'],
  [{ hasStun: true }, 'passed: udp-reflexive', 'passed: tcp-works', 'warned: relay-absent'],
  [{ hasStun: true, stunErrors: [701] }, 'warned: udp-blocked', 'passed: tcp-works', 'warned: relay-absent'],
  [{ hasTurn: true, turnErrors: [401] }, 'passed: udp-host', 'passed: tcp-works', 'failed: relay-fails'],
  [{ hasTurn: true, relays: ['udp', 'tcp', 'udp'] }, 'passed: udp-host', 'passed: tcp-works', 'passed: relay-works'],
])('candidates as in %j: %s, %s, %s', (change, udp, tcp, relay) => {
  const facts = { ...PLAIN, ...change };
  expect([judgeUdp(facts), judgeTcp(facts), judgeRelay(facts)].map(said)).toEqual([udp, tcp, relay]);
});

test('kinds of relays are named once each', () => {
  expect(judgeRelay({ ...PLAIN, hasTurn: true, relays: ['udp', 'tls', 'udp'] }).values).toEqual({
    relays: 3,
    kinds: 'udp, tls',
  });
});

test.each([
  [{}, 'passed: loopback-works'],
  [{ framesPerSecond: 2 }, 'warned: loopback-slow'],
  [{ soundPackets: 0 }, 'warned: loopback-slow'],
  [{ connected: false, bps: 0, framesPerSecond: 0, soundPackets: 0 }, 'failed: loopback-failed'],
])('a call with oneself as in %j: %s', (change, expected) => {
  const facts = { connected: true, bps: 600_000, framesPerSecond: 15, soundPackets: 100, ...change };
  expect(said(judgeLoopback(facts))).toBe(expected);
});
