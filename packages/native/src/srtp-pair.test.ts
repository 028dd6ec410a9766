import { createCipheriv, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { rtpPacket, withRoom } from '../test/rtp-packet.js';
import { hasAddon, SRTP_PROFILE, SRTP_TRAILER_BYTES, SrtpPair } from './index.js';

const masterKey = Buffer.from('e1f97a0d3e018be0d64fa32c06de4139', 'hex');
const masterSalt = Buffer.from('0ec675ad498afeebb6960b3aabe6', 'hex');
const keys = (salt = masterSalt) => ({
  send: Buffer.concat([masterKey, salt]),
  receive: Buffer.concat([masterKey, salt]),
});
const packet = rtpPacket({ ssrc: 0xcafebabe, seq16: 0x1234, payload: Buffer.from('seven packets in a row') });

/** RFC 3711 §4.3.3 with node:crypto. */
function derive(label: number, bytes: number, salt: Buffer): Buffer {
  const block = Buffer.alloc(16);
  salt.copy(block);
  block[7]! ^= label;
  return createCipheriv('aes-128-ctr', masterKey, block).update(Buffer.alloc(bytes));
}

/** `SSRC | index` of the packet, XORed into the salt at `at`. */
function initial(salt: Buffer, at: number, bytes: number): Buffer {
  const iv = Buffer.alloc(bytes);
  salt.copy(iv);
  const mixed = Buffer.concat([packet.subarray(8, 12), Buffer.alloc(4), packet.subarray(2, 4)]);
  for (const [ix, byte] of mixed.entries()) iv[at + ix]! ^= byte;
  return iv;
}

function protect(pair: SrtpPair, plain: Buffer): Buffer {
  const buffer = withRoom(plain, SRTP_TRAILER_BYTES);
  return buffer.subarray(0, pair.protectRtp(buffer, plain.length));
}

describe.runIf(hasAddon())('an SRTP pair, on the OpenSSL of Node', () => {
  test('protects with AES-CM and HMAC-SHA1 as node:crypto does step by step', () => {
    const cipher = createCipheriv('aes-128-ctr', derive(0, 16, masterSalt), initial(derive(2, 14, masterSalt), 4, 16));
    const encrypted = Buffer.concat([packet.subarray(0, 12), cipher.update(packet.subarray(12))]);
    const tag = createHmac('sha1', derive(1, 20, masterSalt))
      .update(encrypted)
      .update(Buffer.alloc(4))
      .digest();
    for (const [profile, tagBytes] of [
      [SRTP_PROFILE.AES_CM_128_HMAC_SHA1_80, 10],
      [SRTP_PROFILE.AES_CM_128_HMAC_SHA1_32, 4],
    ] as const) {
      const pair = SrtpPair.withKeys(profile, keys());
      expect(protect(pair, packet)).toEqual(Buffer.concat([encrypted, tag.subarray(0, tagBytes)]));
    }
  });

  test('protects with GCM as node:crypto does step by step', () => {
    const salt = masterSalt.subarray(0, 12);
    const cipher = createCipheriv('aes-128-gcm', derive(0, 16, salt), initial(derive(2, 12, salt), 2, 12));
    cipher.setAAD(packet.subarray(0, 12));
    const encrypted = Buffer.concat([cipher.update(packet.subarray(12)), cipher.final(), cipher.getAuthTag()]);
    const pair = SrtpPair.withKeys(SRTP_PROFILE.AEAD_AES_128_GCM, keys(salt));
    expect(protect(pair, packet)).toEqual(Buffer.concat([packet.subarray(0, 12), encrypted]));
  });

  test('takes a packet once, and counts what it refuses by reason', () => {
    const pair = SrtpPair.withKeys(SRTP_PROFILE.AES_CM_128_HMAC_SHA1_80, keys());
    const wire = protect(pair, packet);
    expect(protect(pair, packet)).toHaveLength(0);
    const forged = Buffer.from(wire);
    forged[20]! ^= 1;
    expect(pair.unprotectRtp(forged)).toBe(0);
    expect(pair.unprotectRtp(Buffer.from(wire))).toBe(packet.length);
    expect(pair.unprotectRtp(Buffer.from(wire))).toBe(0);
    expect(pair.unprotectRtp(Buffer.alloc(3))).toBe(0);
    expect(pair.failures.send.repeated).toBe(1);
    expect(pair.failures.receive).toMatchObject({ authentication: 1, repeated: 1, malformed: 1, tooOld: 0 });
  });

  test('protects reports too', () => {
    const pair = SrtpPair.withKeys(SRTP_PROFILE.AES_CM_128_HMAC_SHA1_80, keys());
    const report = Buffer.from('80c90001cafebabe', 'hex');
    const buffer = withRoom(report, SRTP_TRAILER_BYTES);
    const wire = buffer.subarray(0, pair.protectRtcp(buffer, report.length));
    expect(wire).toHaveLength(report.length + 14);
    expect(pair.unprotectRtcp(wire)).toBe(report.length);
    expect(wire.subarray(0, report.length)).toEqual(report);
  });

  test('throws when keys do not fit the profile, or bytes are none', () => {
    expect(() => SrtpPair.withKeys(SRTP_PROFILE.AEAD_AES_256_GCM, keys())).toThrow('do not fit');
    const pair = SrtpPair.withKeys(SRTP_PROFILE.AES_CM_128_HMAC_SHA1_80, keys());
    expect(() => pair.unprotectRtp('text' as unknown as Uint8Array)).toThrow(TypeError);
    expect(() => pair.protectRtp(new Float64Array(4) as unknown as Uint8Array, 4)).toThrow(TypeError);
  });
});
