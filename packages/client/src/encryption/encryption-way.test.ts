import { expect, it } from 'vitest';
import { encryptionWay } from './encryption-way.js';

const bare = { RTCRtpSender: { prototype: {} }, Worker: class {} };
const chromium = { userAgentData: { brands: [{ brand: 'Chromium' }] } };

it.each([
  [
    'streams, where there are any',
    { ...bare, RTCRtpSender: { prototype: { createEncodedStreams: () => {} } } },
    'streams',
  ],
  ['the standard transform elsewhere', { ...bare, RTCRtpScriptTransform: class {} }, 'transform'],
  ['nothing without either', bare, undefined],
  ['nothing without workers', { ...bare, Worker: undefined, RTCRtpScriptTransform: class {} }, undefined],
  [
    'nothing in a Chromium without streams',
    { ...bare, RTCRtpScriptTransform: class {}, navigator: chromium },
    undefined,
  ],
])('trusts %s', (_what, page, way) => {
  expect(encryptionWay(page)).toBe(way);
});

it('finds no way outside a browser', () => {
  expect(encryptionWay()).toBeUndefined();
});
