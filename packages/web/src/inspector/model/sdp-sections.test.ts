import { expect, test } from 'vitest';
import { sdpSections } from './sdp-sections.js';

const OFFER = [
  'v=0',
  'o=- 46117317 2 IN IP4 127.0.0.1',
  'a=group:BUNDLE 0 1',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63',
  'a=candidate:1 1 udp 2122260223 192.0.2.1 54400 typ host',
  'a=fingerprint:sha-256 AA:BB',
  'a=mid:0',
  'a=sendrecv',
  'a=rtpmap:111 opus/48000/2',
  'a=rtpmap:63 red/48000/2',
  'm=video 0 UDP/TLS/RTP/SAVPF 96 97',
  'a=mid:1',
  'a=recvonly',
  'a=rtpmap:96 VP8/90000',
  'a=rtpmap:97 rtx/90000',
  '',
].join('\r\n');

test('a description falls into the session and its media sections', () => {
  const [session, audio, video] = sdpSections(OFFER);
  expect(session).toMatchObject({ kind: 'session', codecs: [], isRefused: false });
  expect(audio).toMatchObject({ kind: 'audio', mid: '0', direction: 'sendrecv', codecs: ['opus'], candidates: 1 });
  expect(video).toMatchObject({ kind: 'video', mid: '1', direction: 'recvonly', codecs: ['VP8'], isRefused: true });
});

test('a section that only waits for its bundle is not refused', () => {
  expect(sdpSections('m=video 0 RTP/AVP 96\r\na=bundle-only\r\n')[0]?.isRefused).toBe(false);
});

test('the lines that matter are explained, and every line is shown', () => {
  const sections = sdpSections(OFFER);
  expect(sections.flatMap(({ lines }) => lines.map(({ text }) => text)).join('\r\n')).toBe(OFFER.trimEnd());
  const topics = new Map(sections.flatMap(({ lines }) => lines.map(({ text, topic }) => [text, topic] as const)));
  expect(topics.get('a=fingerprint:sha-256 AA:BB')).toBe('fingerprint');
  expect(topics.get('a=sendrecv')).toBe('direction');
  expect(topics.get('a=rtpmap:111 opus/48000/2')).toBe('codec');
  expect(topics.get('v=0')).toBeUndefined();
});

test('nonsense is shown as it is', () => {
  expect(sdpSections('hello\nworld')).toMatchObject([
    { kind: 'session', lines: [{ text: 'hello' }, { text: 'world' }] },
  ]);
  expect(sdpSections('')).toEqual([]);
});
