import { describe, expect, test } from 'vitest';
import { constraintsFor, permits } from './name-constraints.js';

const machine = {
  dns: ['localhost', 'desk', 'desk.local'],
  addresses: ['127.0.0.1', '192.168.1.7', '203.0.113.9', '2001:db8:1:2::7'],
};

describe('an authority may vouch for', () => {
  const constraints = constraintsFor(machine);
  test.each([
    ['localhost', true],
    ['desk', true],
    ['desk.local', true],
    ['other.local', true],
    ['10.200.3.4', true],
    ['192.168.77.1', true],
    ['172.31.255.255', true],
    ['fd12::1', true],
    ['fe80::1', true],
    ['203.0.113.9', true],
    ['2001:db8:1:2:aaaa::1', true],
    ['example.org', false],
    ['desk.example.org', false],
    ['mydesk', false],
    ['8.8.8.8', false],
    ['172.32.0.1', false],
    ['203.0.113.10', false],
    ['2001:db8:1:3::1', false],
  ])('%s: %s', (name, allowed) => {
    expect(permits(constraints, name)).toBe(allowed);
  });
});

test.each(['dev', 'app', 'kr', 'io'])('a machine called %s does not open the top-level domain', (hostname) => {
  const constraints = constraintsFor({ dns: ['localhost', hostname, `${hostname}.local`], addresses: [] });
  expect(permits(constraints, `example.${hostname}`)).toBe(false);
  expect(permits(constraints, `${hostname}.local`)).toBe(true);
});
