import { expect, test } from 'vitest';
import { readFragment, writeFragment } from './trickle-fragment.js';

/** The example of RFC 9725 §4.3.2, with CR LF. */
const TRICKLED = [
  'a=group:BUNDLE 0 1',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=mid:0',
  'a=ice-ufrag:EsAw',
  'a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1',
  'a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw network-id 1',
  'a=candidate:3471623853 1 udp 2122194687 198.51.100.2 61765 typ host generation 0 ufrag EsAw network-id 2',
  'a=end-of-candidates',
  '',
].join('\r\n');

test('a trickled fragment is read', () => {
  const fragment = readFragment(TRICKLED);
  expect(fragment).toMatchObject({ iceUfrag: 'EsAw', icePwd: 'P2uYro0UCOQ4zxjKXaWCBui1' });
  if ('fault' in fragment) return expect.unreachable();
  expect(fragment.sections.map(({ mid, endOfCandidates }) => [mid, endOfCandidates])).toEqual([['0', true]]);
  expect(fragment.sections[0]?.candidates.map(({ port }) => port)).toEqual([61_764, 61_765]);
});

test('a fragment is read as it was written', () => {
  const fragment = readFragment(TRICKLED);
  if ('fault' in fragment) return expect.unreachable();
  expect(readFragment(writeFragment(fragment))).toEqual(fragment);
});

test('candidates without a mid are left out, and those beyond the limit', () => {
  const line = 'a=candidate:1 1 udp 1 192.0.2.1 1 typ host';
  expect(readFragment(`m=audio 9 RTP/AVP 0\r\n${line}\r\n`)).toMatchObject({ sections: [] });
  const many = readFragment(['a=mid:0', ...new Array<string>(1000).fill(line)].join('\r\n'));
  expect(many).toMatchObject({ sections: [{ candidates: { length: 64 } }] });
});
