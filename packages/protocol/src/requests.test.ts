import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from './limits.js';
import { REQUEST_NAMES, REQUESTS } from './requests.js';

const member = 'a1';
const description = { kind: 'description', generation: 1, description: { type: 'offer', sdp: 'v=0\r\n' }, tracks: [] };

/** One payload of each request that must pass. */
const off = { microphone: 'off', camera: 'off', screen: 'off' };
const GOOD: Record<(typeof REQUEST_NAMES)[number], unknown> = {
  join: { protocol: 1, room: '우리 마당', name: ' Ada  Lovelace ', metadata: { team: [1, { a: null }] } },
  resume: { protocol: 1, token: 'x', seq: 0 },
  leave: { n: 1 },
  members: {},
  rename: { name: '한글' },
  metadata: { metadata: {} },
  'room-metadata': { metadata: { topic: 'tea' } },
  media: { media: { camera: 'muted' } },
  hand: { raised: true },
  react: { reaction: '👍🏽' },
  chat: { n: 7, text: 'hello\nthere' },
  'peer-signal': { to: member, signal: description },
  report: { report: { own: off, peers: [{ member, sends: off, receives: { ...off, camera: 'played' } }] } },
  publish: { n: 9, generation: 1, sdp: 'v=0\r\n', tracks: [{ mid: '0', source: 'camera' }] },
  unpublish: {},
  subscribe: { generation: 2, tracks: [{ track: 't1', maxWidth: 320, maxHeight: 180, maxLayer: 1, priority: 'high' }] },
  answer: { generation: 2, revision: 1, sdp: 'v=0\r\n' },
  unsubscribe: {},
  'ice-servers': {},
  kick: { member, reason: 'noise' },
  mute: { member, source: 'microphone' },
  role: { member, role: 'host' },
  close: {},
};

const BAD: [(typeof REQUEST_NAMES)[number], string, unknown][] = [
  ['join', 'no room', { protocol: 1, name: 'a' }],
  ['join', 'an empty room', { protocol: 1, room: '  ', name: 'a' }],
  ['join', 'a room with a slash', { protocol: 1, room: 'a/b', name: 'a' }],
  ['join', 'a room that climbs', { protocol: 1, room: '..', name: 'a' }],
  ['join', 'a long room', { protocol: 1, room: 'a'.repeat(65), name: 'a' }],
  ['join', 'a name of control characters', { protocol: 1, room: 'a', name: 'a\u0007b' }],
  ['join', 'a name that turns the line round', { protocol: 1, room: 'a', name: 'a\u202eb' }],
  ['join', 'a long name', { protocol: 1, room: 'a', name: 'a'.repeat(65) }],
  ['join', 'an unknown mode', { protocol: 1, room: 'a', name: 'a', mode: 'mesh' }],
  ['join', 'the role of a host', { protocol: 1, room: 'a', name: 'a', role: 'host' }],
  ['join', 'metadata of 5 KB', { protocol: 1, room: 'a', name: 'a', metadata: { x: 'y'.repeat(5_000) } }],
  ['join', 'metadata that is a list', { protocol: 1, room: 'a', name: 'a', metadata: [] }],
  ['join', 'an extra field', { protocol: 1, room: 'a', name: 'a', admin: true }],
  ['metadata', 'a prototype', { metadata: JSON.parse('{"a":{"__proto__":{"x":1}}}') }],
  ['metadata', 'a number that JSON lacks', { metadata: { x: Number.NaN } }],
  ['metadata', 'deep nesting', { metadata: JSON.parse(`${'{"a":'.repeat(20)}1${'}'.repeat(20)}`) }],
  ['resume', 'a negative number', { protocol: 1, token: 'x', seq: -1 }],
  ['media', 'an unknown state', { media: { camera: 'sometimes' } }],
  ['react', 'a sentence', { reaction: 'well done' }],
  ['report', 'an unknown word', { report: { own: { ...off, camera: 'fine' }, peers: [] } }],
  [
    'report',
    'too many rows',
    { report: { own: off, peers: Array(LIMITS.reportPeers + 1).fill({ member, sends: off, receives: off }) } },
  ],
  ['chat', 'nothing', { text: ' \n ' }],
  ['chat', 'too much', { text: 'x'.repeat(4_001) }],
  ['chat', 'an escape character', { text: 'a\u001b[31m' }],
  ['chat', 'a request number of zero', { n: 0, text: 'a' }],
  ['peer-signal', 'nobody', { signal: description }],
  ['peer-signal', 'a way that there is not', { to: member, signal: { kind: 'arrived', by: 'air' } }],
  ['peer-signal', 'an unknown kind', { to: member, signal: { kind: 'hello' } }],
  [
    'peer-signal',
    'a huge description',
    {
      to: member,
      signal: { ...description, description: { type: 'offer', sdp: 'x'.repeat(50_000) } },
    },
  ],
  ['publish', 'no generation', { sdp: 'v=0', tracks: [] }],
  ['publish', 'a section of two sources', { generation: 1, sdp: 'v=0', tracks: [{ mid: '0', source: ['camera'] }] }],
  ['subscribe', 'a picture without a size', { generation: 1, tracks: [{ track: 't', maxWidth: 0 }] }],
  ['subscribe', 'more than a wall of tiles', { generation: 1, tracks: Array(201).fill({ track: 't' }) }],
  ['subscribe', 'an unknown priority', { generation: 1, tracks: [{ track: 't', priority: 'highest' }] }],
  ['publish', 'a description of many sections', { generation: 1, sdp: 'x'.repeat(50_000), tracks: [] }],
  [
    'answer',
    'a description that is too long',
    { generation: 1, revision: 1, sdp: 'x'.repeat(LIMITS.answerSdpChars + 1) },
  ],
  ['answer', 'no revision', { generation: 1, sdp: 'v=0' }],
  ['mute', 'the sound of a screen alone', { member, source: 'screen-audio' }],
  ['role', 'an unknown role', { member, role: 'king' }],
];

describe('requests', () => {
  it.each(REQUEST_NAMES)('%s accepts what the protocol describes', (name) => {
    expect(REQUESTS[name].safeParse(GOOD[name]).error).toBeUndefined();
  });

  it.each(BAD)('%s refuses %s', (name, _what, payload) => {
    expect(REQUESTS[name].safeParse(payload).success).toBe(false);
  });

  it('answer takes a description of the most characters', () => {
    const sdp = 'x'.repeat(LIMITS.answerSdpChars);
    expect(REQUESTS.answer.safeParse({ generation: 1, revision: 1, sdp }).success).toBe(true);
  });

  it('normalise names and rooms, so that equal-looking ones are equal', () => {
    const joined = REQUESTS.join.parse({ protocol: 1, room: ' cafe\u0301 ', name: 'Ada \t Lovelace ' });
    expect(joined.room).toBe('caf\u00e9');
    expect(joined.name).toBe('Ada Lovelace');
  });

  it('never throw, whatever arrives', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REQUEST_NAMES), fc.anything(), (name, payload) => {
        expect(typeof REQUESTS[name].safeParse(payload).success).toBe('boolean');
      }),
    );
  });
});
