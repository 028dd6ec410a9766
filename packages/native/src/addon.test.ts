import { expect, test } from 'vitest';
import { hasAddon, loadAddon } from './addon.js';

test.runIf(hasAddon())('the addon uses the OpenSSL of the Node that it runs in', () => {
  expect(loadAddon().versions.openssl).toContain(process.versions.openssl.split('+')[0]);
});
