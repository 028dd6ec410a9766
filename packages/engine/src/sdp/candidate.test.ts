import { describe, expect, test } from 'vitest';
import { readCandidate, writeCandidate } from './candidate.js';

describe('candidates', () => {
  test.each([
    'candidate:1 1 udp 2122260223 192.0.2.7 40000 typ host',
    'candidate:842163049 1 udp 1677729535 203.0.113.9 50000 typ srflx raddr 10.0.0.7 rport 40000',
    'candidate:3 1 tcp 1518280447 2001:db8::7 9 typ host tcptype active',
    'candidate:4 1 udp 2113937151 6693c814-ec13-4db3-b14d-8c1aafbccbc1.local 64300 typ host ufrag a1B/',
  ])('%s is written as it is read', (text) => {
    expect(writeCandidate(readCandidate(text)!)).toBe(text);
    expect(readCandidate(`a=${text}`)).toEqual(readCandidate(text));
  });

  test('what Chromium adds is passed over', () => {
    const read = readCandidate(
      'candidate:1 1 UDP 2122260223 192.0.2.7 40000 typ host generation 0 ufrag Ab12 network-id 1 network-cost 10',
    );
    expect(read).toMatchObject({ transport: 'udp', type: 'host', ufrag: 'Ab12' });
  });

  test.each([
    ['a port beyond 16 bits', 'candidate:1 1 udp 1 192.0.2.7 65536 typ host'],
    ['a priority beyond 32 bits', 'candidate:1 1 udp 4294967296 192.0.2.7 1 typ host'],
    ['a transport nobody has', 'candidate:1 1 sctp 1 192.0.2.7 1 typ host'],
    ['a type nobody has', 'candidate:1 1 udp 1 192.0.2.7 1 typ hosts'],
    ['TCP without its type', 'candidate:1 1 tcp 1 192.0.2.7 9 typ host'],
    ['an address with a line end', 'candidate:1 1 udp 1 192.0.2.7\r\na=x 1 typ host'],
    ['nothing', ''],
  ])('%s is no candidate', (_name, text) => {
    expect(readCandidate(text)).toBeNull();
  });
});
