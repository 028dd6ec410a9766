import { expect, test } from 'vitest';
import {
  type CandidateFacts,
  judgeBrowser,
  judgeCamera,
  judgeLoopback,
  judgeMediaPort,
  judgeMicrophone,
  judgeRelay,
  judgeSecurity,
  judgeSignaling,
  judgeTcp,
  judgeThroughput,
  judgeUdp,
} from './judge.js';
import { causeOf, kindOf, type ServerWalk, transportOf } from './server-walk.js';

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

const PLAIN: CandidateFacts = { hostUdp: 2, hostTcp: 2, reflexive: 0, hasStun: false, stunErrors: [] };

test.each<[Partial<CandidateFacts>, string, string]>([
  [{}, 'passed: udp-host', 'passed: tcp-works'],
  [{ hostUdp: 0, hostTcp: 0 }, 'failed: udp-none', 'warned: tcp-none'],
  [{ hasStun: true, reflexive: 1 }, 'passed: udp-reflexive', 'passed: tcp-works'],
  [{ hasStun: true }, 'passed: udp-reflexive', 'passed: tcp-works'],
  [{ hasStun: true, stunErrors: [701] }, 'warned: udp-blocked', 'passed: tcp-works'],
])('candidates as in %j: %s, %s', (change, udp, tcp) => {
  const facts = { ...PLAIN, ...change };
  expect([judgeUdp(facts), judgeTcp(facts)].map(said)).toEqual([udp, tcp]);
});

const WORKS: ServerWalk = {
  url: 'turn:a.example?transport=tcp',
  kind: 'turn',
  transport: 'tcp',
  end: { state: 'works', gatheredMs: 3, echoMs: 2 },
};
const FAILS: ServerWalk = { ...WORKS, end: { state: 'failed', step: 'relay', cause: 'unreachable', code: 701 } };

test.each([
  [[], 'warned: relay-absent'],
  [[WORKS], 'passed: relay-works'],
  [[WORKS, FAILS], 'warned: relay-partly'],
  [[FAILS, FAILS], 'failed: relay-fails'],
])('ways to relays as in %j: %s', (walks, expected) => {
  expect(said(judgeRelay(walks))).toBe(expected);
});

test.each([
  [[], 'silent'],
  [[701], 'unreachable'],
  [[701, 401], 'unauthorized'],
  [[486, 701], 'quota'],
  [[508], 'full'],
  [[300], 'refused'],
])('a server that gave nothing but the errors %j: %s', (codes, cause) => {
  expect(causeOf(codes.map((code) => ({ code }))).cause).toBe(cause);
});

test.each([
  ['stun:a.example', 'stun', 'udp'],
  ['turn:a.example', 'turn', 'udp'],
  ['turn:a.example:80?transport=tcp', 'turn', 'tcp'],
  ['turns:a.example?transport=tcp', 'turn', 'tls'],
])('%s is %s over %s', (url, kind, transport) => {
  expect([kindOf(url), transportOf(url)]).toEqual([kind, transport]);
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

test.each([
  ['udp', { at: 'connected', roundTripMs: 12 }, 'passed: media-works'],
  ['udp', { at: 'unreachable' }, 'failed: media-udp-blocked'],
  ['tcp', { at: 'unreachable' }, 'warned: media-tcp-blocked'],
  ['tcp', { at: 'not-offered' }, 'warned: media-not-offered'],
  ['udp', { at: 'absent' }, 'skipped: media-absent'],
  ['udp', { at: 'refused' }, 'skipped: media-refused'],
] as const)('the media server by %s with %j: %s', (protocol, facts, expected) => {
  expect(said(judgeMediaPort(protocol, facts))).toBe(expected);
});

test.each([
  [{ at: 'measured', bps: 1_800_000, lost: 0 }, 'passed: throughput-well'],
  [{ at: 'measured', bps: 120_000, lost: 0 }, 'warned: throughput-little'],
  [{ at: 'measured', bps: 900_000, lost: 0.08 }, 'warned: throughput-lossy'],
  [{ at: 'measured', bps: 0, lost: 0 }, 'failed: throughput-none'],
  [{ at: 'absent' }, 'skipped: media-absent'],
] as const)('through the media server and back with %j: %s', (facts, expected) => {
  expect(said(judgeThroughput(facts))).toBe(expected);
});
