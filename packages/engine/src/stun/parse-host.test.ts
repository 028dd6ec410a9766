import { expect, test } from 'vitest';
import { parseHost } from './parse-host.js';

const hex = (text: string) => {
  const host = parseHost(text);
  return host === null ? null : Array.from(host, (byte) => byte.toString(16).padStart(2, '0')).join('');
};

test.each([
  ['192.0.2.1', 'c0000201'],
  ['255.255.255.255', 'ffffffff'],
  ['::', '0'.repeat(32)],
  ['::1', `${'0'.repeat(31)}1`],
  ['2001:db8::1', '20010db8000000000000000000000001'],
  ['2001:db8:1234:5678:11:2233:4455:6677', '20010db8123456780011223344556677'],
  ['::ffff:127.0.0.1', '00000000000000000000ffff7f000001'],
  ['64:ff9b::10.0.0.1', '0064ff9b00000000000000000a000001'],
  ['fe80::', 'fe80'.padEnd(32, '0')],
])('%s', (text, bytes) => {
  expect(hex(text)).toBe(bytes);
});

test.each([
  '',
  '1.2.3',
  '1.2.3.256',
  '1.2.3.4.5',
  'a.b.c.d',
  ':',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '12345::',
  '::1%lo',
  '1:2:3:4:5:6:7::8',
])('"%s" is no address', (text) => {
  expect(parseHost(text)).toBeNull();
});
