import { expect, test } from 'vitest';
import { fragmentOf, restartedAnswer } from './ice-fragment.js';

const lines = (...all: string[]) => `${all.join('\r\n')}\r\n`;

test('a restart is told by the credentials, and the candidates of the section that carries all others', () => {
  const offer = lines(
    'v=0',
    'a=group:BUNDLE 0 1',
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    'a=ice-ufrag:new',
    'a=ice-pwd:secret',
    'a=mid:0',
    'a=candidate:1 1 udp 1 192.0.2.1 5000 typ host',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'a=ice-ufrag:new',
    'a=mid:1',
  );
  expect(fragmentOf(offer)).toBe(
    lines(
      'a=ice-ufrag:new',
      'a=ice-pwd:secret',
      'm=video 9 UDP/TLS/RTP/SAVPF 96',
      'a=mid:0',
      'a=candidate:1 1 udp 1 192.0.2.1 5000 typ host',
    ),
  );
});

test('the answer gets the credentials and candidates of the other side after a restart', () => {
  const answer = lines(
    'v=0',
    'm=video 9 x 96',
    'a=ice-ufrag:old',
    'a=ice-pwd:old',
    'a=candidate:1 1 udp 1 192.0.2.9 1 typ host',
    'a=mid:0',
    'a=recvonly',
  );
  const fragment = lines(
    'a=ice-ufrag:n',
    'a=ice-pwd:p',
    'm=audio 9 RTP/AVP 0',
    'a=mid:0',
    'a=candidate:2 1 udp 1 192.0.2.8 2 typ host',
  );
  expect(restartedAnswer(answer, fragment)).toBe(
    lines(
      'v=0',
      'm=video 9 x 96',
      'a=ice-ufrag:n',
      'a=ice-pwd:p',
      'a=mid:0',
      'a=candidate:2 1 udp 1 192.0.2.8 2 typ host',
      'a=recvonly',
    ),
  );
});
