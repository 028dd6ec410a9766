import { expect, it } from 'vitest';
import { withoutRepeats } from './without-repeats.js';

const section = (kind: string, mid: string): string[] => [
  `m=${kind} 9 UDP/TLS/RTP/SAVPF 97`,
  'c=IN IP4 0.0.0.0',
  'a=rtcp:9 IN IP4 0.0.0.0',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  'a=ice-options:trickle',
  'a=fingerprint:sha-256 A1:B2',
  'a=setup:active',
  `a=mid:${mid}`,
  'a=recvonly',
  'a=rtcp-mux',
  'a=rtcp-fb:97 transport-cc',
];
const text = (bundle: string, ...sections: string[][]): string =>
  `${['v=0', `a=group:BUNDLE ${bundle}`, ...sections.flat()].join('\r\n')}\r\n`;
const kept = (kind: string, mid: string): string[] =>
  section(kind, mid).filter((line) => !/^a=(ice-|fingerprint|setup|rtcp:)/.test(line));

it('the transport is said once, in the first section of the group', () => {
  const answer = text('0 1', section('audio', '0'), section('video', '1'));
  expect(withoutRepeats(answer)).toBe(text('0 1', section('audio', '0'), kept('video', '1')));
});

it('the group names the first one, wherever it stands', () => {
  const answer = text('1 0', section('audio', '0'), section('video', '1'));
  expect(withoutRepeats(answer)).toBe(text('1 0', kept('audio', '0'), section('video', '1')));
});

it('what is in no group stays as it is', () => {
  const answer = text('1', section('audio', '0'), section('video', '1'));
  expect(withoutRepeats(answer)).toBe(answer);
  expect(withoutRepeats('v=0\r\n')).toBe('v=0\r\n');
});
