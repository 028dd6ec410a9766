import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { HEADERS, SFRAMES } from '../../test/vectors/rfc9605.js';
import { openSframe, sealSframe } from './sframe.js';
import { readSframeHeader, writeSframeHeader } from './sframe-header.js';
import { deriveSframeSecrets, ratchet, SFRAME_SUITES, sframeKey, sframeNonce } from './sframe-key.js';

const hex = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'hex'));
const SUITES = new Map(Object.values(SFRAME_SUITES).map((suite) => [suite.id as number, suite]));

describe('the test vectors of RFC 9605', () => {
  test.each(HEADERS)('header of key %s, frame %s', (kid, counter, encoded) => {
    expect(writeSframeHeader(BigInt(kid), BigInt(counter))).toEqual(hex(encoded));
    const bytes = encoded.length / 2;
    expect(readSframeHeader(hex(`${encoded}ff`))).toEqual({ kid: BigInt(kid), counter: BigInt(counter), bytes });
    expect(readSframeHeader(hex(encoded).subarray(0, bytes - 1))).toBeNull();
  });

  test.each(SFRAMES)('frames of suite $suite', async (vector) => {
    const suite = SUITES.get(vector.suite)!;
    const base = hex(vector.baseKey);
    const secrets = deriveSframeSecrets(suite, base, vector.kid);
    expect(secrets).toEqual({ key: hex(vector.key), salt: hex(vector.salt) });
    expect(sframeNonce(secrets.salt, vector.counter)).toEqual(hex(vector.nonce));
    const key = await sframeKey(suite, base, vector.kid);
    const sealed = await sealSframe(key, vector.counter, hex(vector.metadata), hex(vector.plain));
    expect(sealed).toEqual(hex(vector.sealed));
    const header = readSframeHeader(sealed)!;
    expect(await openSframe(key, header, hex(vector.metadata), sealed)).toEqual(hex(vector.plain));
  });
});

const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

it('writes any header so that it is read as the same', () => {
  fc.assert(
    fc.property(u64, u64, (kid, counter) => {
      const written = writeSframeHeader(kid, counter);
      expect(readSframeHeader(written)).toEqual({ kid, counter, bytes: written.length });
    }),
  );
});

it('opens nothing of which a single bit was changed, nor what was cut short', async () => {
  const key = await sframeKey(SFRAME_SUITES.AES_128_GCM_SHA256_128, new Uint8Array(32), 7n);
  const metadata = Uint8Array.of(1, 2);
  const frame = fc.uint8Array({ maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(frame, fc.nat(), fc.boolean(), async (plain, where, cuts) => {
      const sealed = await sealSframe(key, 5n, metadata, new Uint8Array(plain));
      const header = readSframeHeader(sealed)!;
      expect(await openSframe(key, header, metadata, sealed)).toEqual(new Uint8Array(plain));
      const bit = where % (8 * sealed.length);
      const altered = cuts ? sealed.slice(0, bit >> 3) : sealed.slice();
      if (!cuts) altered[bit >> 3]! ^= 1 << (bit & 7);
      const read = readSframeHeader(altered);
      // A counter that was changed makes another nonce.
      expect(read === null ? null : await openSframe(key, read, metadata, altered)).toBeNull();
      expect(await openSframe(key, header, Uint8Array.of(1, 3), sealed)).toBeNull();
    }),
  );
});

it('ratchets each suite to a key of the length of its hash, and never to one that was there', () => {
  for (const suite of Object.values(SFRAME_SUITES)) {
    const seen = new Set<string>();
    let base: Uint8Array = new Uint8Array(16);
    for (let step = 0; step < 50; step += 1) {
      base = ratchet(suite, base);
      expect(base).toHaveLength(suite.hash.outputLen);
      seen.add(Buffer.from(base).toString('hex'));
    }
    expect(seen.size).toBe(50);
  }
});
