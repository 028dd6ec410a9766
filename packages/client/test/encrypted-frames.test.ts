import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EncodedFrame } from '../src/encryption/encoded-frame.js';
import { FrameCipher } from '../src/encryption/frame-cipher.js';

const KEY = new Uint8Array(32).fill(1);
const OTHER_KEY = new Uint8Array(32).fill(2);
const DELTA = Uint8Array.of(0x31, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
const KEYFRAME = Uint8Array.of(0x10, 2, 3, 0x9d, 1, 0x2a, 64, 1, 240, 0, 11, 12);

function cipherOf(member: string, key = KEY): FrameCipher {
  const cipher = new FrameCipher();
  cipher.setKey(key, 0);
  cipher.setSelf(member);
  return cipher;
}

const frameOf = (bytes: Uint8Array): EncodedFrame => ({ data: new Uint8Array(bytes).buffer });
const bytesOf = (frame: EncodedFrame): Uint8Array => new Uint8Array(frame.data);

async function sealed(from: FrameCipher, bytes: Uint8Array, source: 'camera' | 'microphone' = 'camera') {
  const frame = frameOf(bytes);
  expect(await from.seal(frame, source)).toBe(true);
  return bytesOf(frame).slice();
}

/** What `to` makes of the frame as one of Ann's. */
async function opened(to: FrameCipher, bytes: Uint8Array, source: 'camera' | 'microphone' | 'screen' = 'camera') {
  const frame = frameOf(bytes);
  return (await to.open(frame, 'ann', source)) ? bytesOf(frame) : null;
}

describe('a frame', () => {
  it('comes out as it went in, and what lies between shows of it whether it is a keyframe, and its size', async () => {
    const [ann, bob] = [cipherOf('ann'), cipherOf('bob')];
    for (const [plain, husk] of [
      [DELTA, [0xf1, 0xff, 0xff]],
      [KEYFRAME, [0xf0, 0xff, 0xff, 0x9d, 1, 0x2a, 64, 1, 240, 0]],
    ] as const) {
      const between = await sealed(ann, plain);
      expect([...between.subarray(0, husk.length)]).toEqual(husk);
      expect(Buffer.from(between).includes(Buffer.from(plain.subarray(10)))).toBe(false);
      expect(await opened(bob, between)).toEqual(plain);
    }
    const sound = await sealed(ann, Uint8Array.of(0x78, 9, 9, 9), 'microphone');
    expect([...sound.subarray(0, 2)]).toEqual([0xfb, 0]);
    expect(await opened(bob, sound, 'microphone')).toEqual(Uint8Array.of(0x78, 9, 9, 9));
  });

  it('of any bytes at all does, too, empty sound included', async () => {
    const [ann, bob] = [cipherOf('ann'), cipherOf('bob')];
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(await opened(bob, await sealed(ann, bytes, 'microphone'), 'microphone')).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it('is dropped where its husk, its source or its sender is another than it was', async () => {
    const [ann, bob] = [cipherOf('ann'), cipherOf('bob')];
    const between = await sealed(ann, DELTA);
    const altered = between.slice();
    altered[1]! ^= 1;
    expect(await opened(bob, altered)).toBeNull();
    expect(await opened(bob, between, 'screen')).toBeNull();
    expect(await bob.open(frameOf(between), 'eve', 'camera')).toBe(false);
    expect(await opened(bob, between)).toEqual(DELTA);
  });

  it('is dropped when it comes a second time, in whatever section', async () => {
    const [ann, bob] = [cipherOf('ann'), cipherOf('bob')];
    const frames = await Promise.all([0, 1, 2, 3].map(() => sealed(ann, DELTA)));
    for (const ix of [2, 0, 3, 1]) expect(await opened(bob, frames[ix]!)).toEqual(DELTA);
    for (const frame of frames) expect(await opened(bob, frame)).toBeNull();
  });

  it('is dropped when it was never encrypted', async () => {
    const bob = cipherOf('bob');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (bytes) => {
        expect(await opened(bob, bytes)).toBeNull();
        expect(await opened(bob, bytes, 'microphone')).toBeNull();
      }),
    );
  });

  it('is neither sent nor taken without a key, with another key, or in another codec', async () => {
    const ann = cipherOf('ann');
    const keyless = new FrameCipher();
    keyless.setSelf('ann');
    expect(await keyless.seal(frameOf(DELTA), 'camera')).toBe(false);
    expect(await opened(keyless, await sealed(ann, DELTA))).toBeNull();
    expect(await opened(cipherOf('bob', OTHER_KEY), await sealed(ann, DELTA))).toBeNull();
    const foreign = { ...frameOf(DELTA), getMetadata: () => ({ mimeType: 'video/H264' }) };
    expect(await ann.seal(foreign, 'camera')).toBe(false);
  });
});

describe('the ratchet', () => {
  it('is followed from any step to any later one, by those who were there and by those who come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 6 }), async (steps) => {
        const [ann, bob] = [cipherOf('ann'), cipherOf('bob')];
        for (const count of steps) {
          for (let step = 0; step < count; step += 1) ann.ratchet();
          const frame = await sealed(ann, DELTA);
          expect(await opened(bob, frame)).toEqual(DELTA);
          expect(await opened(cipherOf('late'), frame)).toEqual(DELTA);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('lets late frames of the step before in, once, and none of a step that was never heard before', async () => {
    const [ann, bob] = [cipherOf('ann'), cipherOf('bob')];
    const [first, late] = [await sealed(ann, DELTA), await sealed(ann, DELTA)];
    ann.ratchet();
    const unheard = await sealed(ann, DELTA);
    ann.ratchet();
    const now = await sealed(ann, DELTA);
    expect(await opened(bob, first)).toEqual(DELTA);
    expect(await opened(bob, now)).toEqual(DELTA);
    expect(await opened(bob, late)).toEqual(DELTA);
    expect(await opened(bob, late)).toBeNull();
    expect(await opened(bob, unheard)).toBeNull();
  });

  it('never lets a frame through twice, whatever key ids are made up in between', async () => {
    const [ann, bob] = [cipherOf('ann'), cipherOf('bob')];
    const frame = await sealed(ann, DELTA);
    expect(await opened(bob, frame)).toEqual(DELTA);
    for (let fake = 0; fake < 20; fake += 1) {
      const other = frame.slice();
      // The last byte of the step, within the key id: three of the husk, one of the header, eight of the id.
      other[3 + 8]! = fake;
      await opened(bob, other);
    }
    expect(await opened(bob, frame)).toBeNull();
    expect(await opened(bob, await sealed(ann, DELTA))).toEqual(DELTA);
  });
});

describe('a member', () => {
  it('who runs anew under the same id is not believed until it has been forgotten', async () => {
    const bob = cipherOf('bob');
    expect(await opened(bob, await sealed(cipherOf('ann'), DELTA))).toEqual(DELTA);
    const again = cipherOf('ann');
    expect(await opened(bob, await sealed(again, DELTA))).toBeNull();
    bob.forget('ann');
    expect(await opened(bob, await sealed(again, DELTA))).toEqual(DELTA);
  });
});

describe('a new key of the room', () => {
  it('is used as soon as it is set, and understood by those who have it', async () => {
    const [ann, bob, cut] = [cipherOf('ann'), cipherOf('bob'), cipherOf('cut')];
    const before = await sealed(ann, DELTA);
    for (const cipher of [ann, bob]) cipher.setKey(OTHER_KEY, 1);
    const after = await sealed(ann, DELTA);
    expect(await opened(bob, before)).toEqual(DELTA);
    expect(await opened(bob, after)).toEqual(DELTA);
    expect(await opened(cut, after)).toBeNull();
  });
});
