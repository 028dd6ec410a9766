import { expect, test } from 'vitest';
import { inEnglish } from '../verdict.js';
import { judgeNat, type NatReading } from './nat.js';

const HOME: NatReading = {
  addresses: ['127.0.0.1', '192.168.0.5'],
  announce: [],
  loopbackOnly: false,
  ports: [8_080, 8_443],
};

test.each<[string, Partial<NatReading>, string, RegExp]>([
  ['a machine at home', {}, 'warn', /^only 192\.168\.0\.5, not reachable/],
  ['a server with a public address', { addresses: ['8.8.4.4', '10.0.0.5'] }, 'ok', /^none: 8\.8\.4\.4 is public/],
  ['IPv6 that is public', { addresses: ['10.0.0.5', '2a00:1450::5'] }, 'ok', /^none: 2a00:1450::5/],
  ['a NAT that is known', { announce: ['8.8.4.4'] }, 'ok', /^behind one, known as 8\.8\.4\.4/],
  ['its own address announced', { announce: ['192.168.0.5'] }, 'warn', /^only 192/],
  ['a carrier’s NAT', { addresses: ['100.64.3.2'] }, 'warn', /^100\.64\.3\.2 belongs to a carrier-grade NAT/],
  ['a VPN beside a home network', { addresses: ['100.64.3.2', '192.168.0.5'] }, 'warn', /^only 100/],
  ['no network', { addresses: ['127.0.0.1'] }, 'ok', /^no network/],
  ['behind a proxy on this machine', { loopbackOnly: true }, 'ok', /^loopback only/],
])('%s', (_what, changes, status, value) => {
  const said = inEnglish(judgeNat({ ...HOME, ...changes }));
  expect(said.status).toBe(status);
  expect(said.value).toMatch(value);
});

test('the ports to forward are those that are on', () => {
  expect(inEnglish(judgeNat({ ...HOME, ports: ['off', 443] })).remedy).toContain('forward 443 on');
});
