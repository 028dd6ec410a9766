import { SeededRandom } from '@madang/testkit';
import { describe, expect, it } from 'vitest';
import { expandIpv6 } from './address-masks.js';
import { exportRecord } from './export-record.js';
import type { Fact, FactBody } from './fact.js';
import { readRecord } from './read-record.js';
import { RecordError } from './record-error.js';

const at = (atMs: number, body: FactBody): Fact => ({ ...body, atMs });

/** One fact of every type in which an address can stand. */
function factsWith(v4: string, v6: string): Fact[] {
  const candidate = { type: 'host', protocol: 'udp', address: v4, port: 5000 } as const;
  const remote = { type: 'srflx', protocol: 'udp', address: v6, port: 6000, url: `stun:${v4}:3478` } as const;
  const sdp = [
    'v=0',
    `o=- 46 2 IN IP4 127.0.0.1`,
    'a=ice-ufrag:abcd',
    'a=ice-pwd:verysecretverysecretvery',
    'a=fingerprint:sha-256 19:E2:1C:3B:4B:9F:81:E6:B8:5C:F4:A5:A8:D8:73:04:BB:05:2F:70:9F:04:A9:0E:05:E9:26:33:E8:70:88:A2',
    `c=IN IP4 ${v4}`,
    `a=rtcp:9 IN IP6 ${v6}`,
    `a=candidate:1 1 udp 2122260223 ${v4} 5000 typ host generation 0`,
    `a=candidate:2 1 udp 1686052607 ${v6} 6000 typ srflx raddr ${v4} rport 5000`,
  ].join('\r\n');
  return [
    at(0, {
      type: 'page',
      secure: true,
      userAgent: 'Mozilla/5.0 Chrome/156.0.0.0',
      hasDevices: true,
      hasConnections: true,
      wallStartMs: 1,
    }),
    at(1, { type: 'media-got', source: 'microphone', label: 'Ann’s headphones', settings: { deviceId: 'd34db33f' } }),
    at(1, { type: 'media-asked', source: 'camera', constraints: { deviceId: { ideal: 'd34db33f' } } }),
    at(1, { type: 'media-failed', source: 'camera', kind: 'in-use', name: 'NotReadableError', message: 'taken' }),
    at(2, { type: 'ice-servers', urls: [`turn:ann@${v4}:3478?transport=udp`, `stun:[${v6}]:3478`] }),
    at(3, {
      type: 'member',
      id: 'm1',
      name: 'Ann of the hills',
      role: 'host',
      media: { microphone: 'on', camera: 'on', screen: 'off' },
      connected: true,
      dialect: 'madang',
    }),
    at(4, { type: 'connection-opened', peer: 'm1' }),
    at(5, { type: 'description', peer: 'm1', direction: 'sent', kind: 'offer', sdp }),
    at(6, { type: 'candidate', peer: 'm1', direction: 'sent', candidate }),
    at(7, { type: 'candidate-error', peer: 'm1', url: `turn:${v4}:3478`, code: 701, text: `to ${v4}.` }),
    at(8, {
      type: 'pairs',
      peer: 'm1',
      pairs: [{ local: candidate, remote, state: 'failed', nominated: false, requestsSent: 7, responsesReceived: 0 }],
    }),
    at(9, {
      type: 'path',
      peer: 'm1',
      path: {
        kind: 'host',
        localType: 'host',
        remoteType: 'host',
        protocol: 'udp',
        family: 'ipv4',
        local: `${v4}:5000`,
        remote: `[${v6}]:6000`,
      },
    }),
    at(10, { type: 'negotiation-failed', peer: 'm1', message: `OperationError: ${v6}: unreachable` }),
  ];
}

describe('an exported record', () => {
  it('is read again as it was', () => {
    const facts = factsWith('192.168.7.9', '2001:db8::7');
    const file = readRecord(exportRecord(facts, { addresses: 'plain', wallMs: 5 }));
    const withoutPassword = (list: readonly Fact[]) =>
      list.filter(({ type }) => type !== 'description' && type !== 'ice-servers');
    expect(file).toMatchObject({ exportedWallMs: 5, addresses: 'plain' });
    expect(withoutPassword(file.facts)).toEqual(withoutPassword(facts));
  });

  it('has no address in it, for any address, and can still be read', () => {
    const random = new SeededRandom(3);
    for (let round = 0; round < 300; round += 1) {
      const v4 = Array.from({ length: 4 }, () => 1 + random.below(254)).join('.');
      const groups = Array.from({ length: 8 }, () => (random.below(3) === 0 ? '0' : random.below(65_536).toString(16)));
      const v6 = shortened(groups, random.below(7));
      const text = exportRecord(factsWith(v4, v6), { addresses: 'masked' });
      expect(text).not.toContain(v4);
      expect(text.toLowerCase()).not.toContain(`"${v6}`);
      for (const found of text.match(/[0-9a-f:]*:[0-9a-f:]+/gi) ?? []) {
        const read = expandIpv6(found.replace(/^:(?!:)|(?<!:):$/g, ''));
        expect(read === undefined || read !== expandIpv6(v6), `${found} in ${v6}`).toBe(true);
      }
      expect(readRecord(text).facts).toHaveLength(factsWith(v4, v6).length);
    }
  });

  it('keeps equal addresses equal, and tells a private from a public one', () => {
    const { facts } = readRecord(exportRecord(factsWith('10.1.2.3', '2001:DB8:0::7'), { addresses: 'masked' }));
    const path = facts.find((fact) => fact.type === 'path');
    expect(path?.path).toMatchObject({ local: expect.stringMatching(/^10\.x\.\d+\.\d+:5000$/) });
    const address = path?.path.local.split(':')[0];
    const sent = facts.find((fact) => fact.type === 'candidate');
    expect(sent?.candidate.address).toBe(address);
    const description = facts.find((fact) => fact.type === 'description');
    expect(description?.sdp).toContain(`c=IN IP4 ${address}`);
    expect(description?.sdp).toContain('19:E2:1C:3B');
    expect(path?.path.remote).toMatch(/^\[2001::x:\d+:\d+\]:6000$/);
  });

  it('names no person and no device when masked, and no password ever', () => {
    const facts = factsWith('10.1.2.3', 'fd12::7');
    const text = exportRecord(facts, { addresses: 'masked' });
    for (const secret of ['Ann', 'd34db33f', 'verysecret']) expect(text).not.toContain(secret);
    expect(text).toContain('NotReadableError');
    expect(text).toContain('Chrome/156.0.0.0');
    const plain = exportRecord(facts, { addresses: 'plain' });
    expect(plain).not.toContain('verysecret');
    expect(plain).not.toContain('ann@');
  });
});

describe('reading a record', () => {
  const good = (): { facts: Record<string, unknown>[] } & Record<string, unknown> =>
    JSON.parse(exportRecord(factsWith('10.1.2.3', 'fd12::7'), { addresses: 'plain' }));

  it.each<[string, string]>([
    ['nothing', ''],
    ['no JSON', '{'],
    ['another JSON', '{"a":1}'],
    ['null', 'null'],
    ['a list', '[]'],
  ])('refuses %s', (_name, text) => {
    expect(() => readRecord(text)).toThrow(expect.objectContaining({ code: 'not_a_record' }));
  });

  it('refuses what is too large, and what is newer', () => {
    expect(() => readRecord(' '.repeat(20_000_001))).toThrow(expect.objectContaining({ code: 'too_large' }));
    expect(() => readRecord(JSON.stringify({ ...good(), version: 2 }))).toThrow(
      expect.objectContaining({ code: 'newer_version' }),
    );
  });

  it('refuses any fact with a field missing, of another type, or too many', () => {
    const count = good().facts.length;
    for (let ix = 0; ix < count; ix += 1) {
      for (const field of Object.keys(good().facts[ix]!)) {
        for (const change of ['delete', 'twist', 'add']) {
          const file = good();
          const fact = file.facts[ix]!;
          if (change === 'delete') delete fact[field];
          else if (change === 'twist')
            fact[field] = field === 'settings' || field === 'constraints' ? 'x'.repeat(30_000) : { a: 1 };
          else fact.stranger = 1;
          expect(() => readRecord(JSON.stringify(file)), `${field} ${change}`).toThrow(RecordError);
        }
      }
    }
  });

  it('throws nothing but its own error, whatever is in the file', () => {
    const random = new SeededRandom(11);
    const text = exportRecord(factsWith('10.1.2.3', 'fd12::7'), { addresses: 'plain' });
    for (let round = 0; round < 500; round += 1) {
      const cut = random.below(text.length);
      const bent = text.slice(0, cut) + '[{"}],0'.charAt(random.below(7)) + text.slice(cut + random.below(3));
      try {
        readRecord(bent);
      } catch (error) {
        expect(error).toBeInstanceOf(RecordError);
      }
    }
  });
});

/** As people write them: a run of zeros left out, if there is one at `from`. */
function shortened(groups: string[], from: number): string {
  if (groups[from] !== '0') return groups.join(':');
  const to = groups.findIndex((group, ix) => ix > from && group !== '0');
  const end = to === -1 ? groups.length : to;
  return `${groups.slice(0, from).join(':')}::${groups.slice(end).join(':')}`;
}
