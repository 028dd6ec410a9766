import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readChunk, writeChunk } from './chunk.js';
import { type Frame, MOST_TEXT, readFrame, writeFrame } from './frame.js';

const ID = '0123456789abcdef0123456789abcdef';

const FRAMES: readonly Frame[] = [
  { type: 'hello', version: 1, maxMessageBytes: 1 },
  { type: 'message', stream: 1, kind: 'text', size: 0 },
  { type: 'message', stream: 0xffff_ffff, kind: 'blob', size: 5, topic: 't', mime: 'a/b' },
  { type: 'ack', stream: 1 },
  { type: 'refuse', stream: 1, code: 'data_too_large' },
  { type: 'drop', stream: 1 },
  { type: 'offer', id: ID, stream: 2, name: 'ㄱ', size: Number.MAX_SAFE_INTEGER, mime: '' },
  { type: 'accept', id: ID, offset: 0 },
  { type: 'decline', id: ID, reason: 'person' },
  { type: 'progress', id: ID, bytes: 3 },
  { type: 'end', id: ID, sha256: ID + ID },
  { type: 'done', id: ID },
  { type: 'cancel', id: ID },
  { type: 'fail', id: ID, reason: 'hash_mismatch' },
  { type: 'want', digests: [ID + ID] },
  { type: 'bye', reason: 'x' },
];

test.each(FRAMES)('$type is read as it was written', (frame) => {
  expect(readFrame(writeFrame(frame))).toEqual(frame);
});

test.each([
  '',
  'x',
  'null',
  '[]',
  '7',
  '{}',
  '{"type":7}',
  '{"type":"ack"}',
  '{"type":"ack","stream":0}',
  '{"type":"ack","stream":1.5}',
  '{"type":"ack","stream":4294967296}',
  '{"type":"accept","id":"x","offset":0}',
  `{"type":"accept","id":"${ID}","offset":-1}`,
  `{"type":"accept","id":"${ID}","offset":1e300}`,
  `{"type":"offer","id":"${ID}","stream":1,"name":7,"size":1,"mime":""}`,
  `{"type":"message","stream":1,"kind":"eval","size":1}`,
  `{"type":"want","digests":["x"]}`,
  `{"type":"bye","reason":"${'x'.repeat(MOST_TEXT)}"}`,
])('%.60s is no frame', (text) => {
  expect(readFrame(text)).toBeUndefined();
});

test('a type of a later version is told from nonsense, and names of Object are no types', () => {
  expect(readFrame('{"type":"later"}')).toBe('unknown');
  expect(readFrame('{"type":"constructor"}')).toBe('unknown');
  expect(readFrame('{"type":"__proto__"}')).toBe('unknown');
});

test('what is not asked for is left out', () => {
  expect(readFrame('{"type":"ack","stream":1,"x":2,"__proto__":{"y":3}}')).toEqual({ type: 'ack', stream: 1 });
});

test('no text throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.json(), fc.record({ type: fc.constantFrom('offer', 'want', 'x') })),
      (value) => {
        readFrame(typeof value === 'string' ? value : JSON.stringify(value));
      },
    ),
  );
});

test('a chunk is read as it was written, also beyond 4 GiB', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 0xffff_ffff }),
      fc.maxSafeNat(),
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      (stream, offset, bytes) => {
        const read = readChunk(writeChunk({ stream, offset, bytes: new Uint8Array(bytes) }));
        expect(read).toEqual({ stream, offset, bytes: new Uint8Array(bytes) });
      },
    ),
  );
});

test('other bytes are no chunk', () => {
  expect(readChunk(new Uint8Array(0))).toBeNull();
  expect(readChunk(new Uint8Array(13))).toBeNull();
  expect(readChunk(new Uint8Array(14))).toBeNull();
  const beyond = new Uint8Array(20).fill(0xff);
  beyond[0] = 1;
  expect(readChunk(beyond)).toBeNull();
});
