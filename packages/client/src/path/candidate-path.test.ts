import { describe, expect, it } from 'vitest';
import { candidatePath, samePath } from './candidate-path.js';

interface Ends {
  readonly local?: object;
  readonly remote?: object;
  readonly pair?: object;
  readonly transport?: boolean;
}

function report({ local = {}, remote = {}, pair = {}, transport = true }: Ends) {
  const host = { candidateType: 'host', protocol: 'udp', address: '192.0.2.1', port: 5 };
  const rows = [
    { id: 'X', type: 'candidate-pair', localCandidateId: 'R', remoteCandidateId: 'L', state: 'failed' },
    { id: 'P', type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R', ...pair },
    { id: 'L', type: 'local-candidate', ...host, ...local },
    { id: 'R', type: 'remote-candidate', ...host, address: '192.0.2.2', ...remote },
    ...(transport ? [{ id: 'T', type: 'transport', selectedCandidatePairId: 'P' }] : []),
  ];
  return new Map(rows.map((row) => [row.id, row]));
}

describe('the path of a candidate pair', () => {
  it('is read from what the transport names', () => {
    expect(candidatePath(report({ pair: { currentRoundTripTime: 0.025 } }))).toEqual({
      kind: 'host',
      localType: 'host',
      remoteType: 'host',
      protocol: 'udp',
      family: 'ipv4',
      local: '192.0.2.1:5',
      remote: '192.0.2.2:5',
      roundTripMs: 25,
    });
  });

  it('is read from the pair itself where no transport names one', () => {
    expect(candidatePath(report({ transport: false, pair: { selected: true } }))?.kind).toBe('host');
    expect(candidatePath(report({ transport: false, pair: { nominated: true, state: 'succeeded' } }))?.kind).toBe(
      'host',
    );
    expect(candidatePath(report({ transport: false }))).toBeUndefined();
    expect(candidatePath(new Map())).toBeUndefined();
  });

  it.each([
    ['host', 'relay', 'relay'],
    ['relay', 'host', 'relay'],
    ['host', 'srflx', 'srflx'],
    ['prflx', 'srflx', 'srflx'],
    ['host', 'prflx', 'prflx'],
    ['host', 'host', 'host'],
  ])('of %s and %s is %s', (local, remote, kind) => {
    expect(candidatePath(report({ local: { candidateType: local }, remote: { candidateType: remote } }))?.kind).toBe(
      kind,
    );
  });

  it('knows protocols, also towards the relay', () => {
    const local = { candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' };
    expect(candidatePath(report({ local }))).toMatchObject({ protocol: 'udp', relayProtocol: 'tls' });
    expect(candidatePath(report({ local: { protocol: 'tcp' } }))).toMatchObject({ protocol: 'tcp' });
  });

  it('knows families, and does not guess behind mDNS names and hidden addresses', () => {
    expect(candidatePath(report({ local: { address: '2001:db8::1' } }))).toMatchObject({
      family: 'ipv6',
      local: '[2001:db8::1]:5',
    });
    const hidden = { local: { address: 'a1b2.local' }, remote: { address: undefined } };
    expect(candidatePath(report(hidden))).toMatchObject({ family: 'unknown', local: 'a1b2.local:5', remote: '?:5' });
    expect(candidatePath(report({ local: { address: 'a1b2.local' } }))?.family).toBe('ipv4');
    expect(candidatePath(report({ local: { address: undefined, ip: '192.0.2.9' } }))?.local).toBe('192.0.2.9:5');
  });

  it('stays the same when only the round trip differs', () => {
    const path = candidatePath(report({}));
    expect(samePath(path, candidatePath(report({ pair: { currentRoundTripTime: 1 } })))).toBe(true);
    expect(samePath(path, candidatePath(report({ local: { port: 6 } })))).toBe(false);
    expect(samePath(path, undefined)).toBe(false);
  });
});
