import { SeededRandom } from '@madang/testkit';
import { describe, expect, it } from 'vitest';
import { CAUSES, diagnose, exportRecord, type Fact, readRecord } from '../src/index.js';
import { type CallStory, checkingCall, connectedCall, healthyCall, host, PEER } from './call-story.js';
import { CASES } from './causes.js';

const causesAt = (story: CallStory, atMs: number): string[] => diagnose(story.facts, atMs).map(({ cause }) => cause);

describe.each(CAUSES)('the cause %s', (cause) => {
  const { ill, atMs, says = {}, well, wellAtMs = atMs } = CASES[cause];

  it('is named, alone or first, when it is there', () => {
    const findings = diagnose(ill().facts, atMs);
    expect(findings[0]).toMatchObject({ cause, ...says });
    expect(findings.filter(({ severity }) => severity === 'blocks').length).toBeLessThanOrEqual(1);
    expect(findings[0]?.sinceMs).toBeLessThanOrEqual(atMs);
  });

  it('is not named in the nearest call without it', () => {
    expect(causesAt(well(), wellAtMs)).not.toContain(cause);
  });

  it('is found in a masked file as well', () => {
    const { facts } = readRecord(exportRecord(ill().facts, { addresses: 'masked' }));
    expect(diagnose(facts, atMs)[0]?.cause).toBe(cause);
  });
});

describe('a diagnosis', () => {
  it('finds nothing in a call that goes well, at any time of it, however slow its steps are', () => {
    const random = new SeededRandom(5);
    for (let round = 0; round < 60; round += 1) {
      const facts = slowed(healthyCall(25_000).facts, random);
      const end = facts.at(-1)?.atMs ?? 0;
      for (let atMs = 0; atMs <= end; atMs += 400) {
        expect(diagnose(facts, atMs), `round ${round} at ${atMs}`).toEqual([]);
      }
    }
  });

  it('finds nothing where there is nothing', () => {
    expect(diagnose([], 0)).toEqual([]);
  });

  it('names no consequence beside its cause', () => {
    const lost = healthyCall(10_000)
      .at(10_500, { type: 'connection', peer: PEER, state: 'disconnected' })
      .at(12_000, { type: 'connection', peer: PEER, state: 'failed' });
    expect(causesAt(lost, 30_000)).toEqual(['path-lost']);
  });

  it('goes on naming a cause while the connection is tried anew, until that works', () => {
    const story = checkingCall([host('192.168.1.7')], [host('10.0.0.9')])
      .failed(16_000)
      .at(16_100, { type: 'connection-closed', peer: PEER })
      .opened(16_101)
      .described(16_200);
    expect(causesAt(story, 17_000)).toEqual(['only-local-addresses']);
    story.at(18_000, { type: 'connection', peer: PEER, state: 'connected' });
    expect(causesAt(story, 18_500)).toEqual([]);
  });

  it('is over with the connection', () => {
    const story = checkingCall([host('192.168.1.7')], [host('10.0.0.9')])
      .failed(16_000)
      .at(17_000, { type: 'connection-closed', peer: PEER });
    expect(causesAt(story, 17_500)).toEqual([]);
  });

  it('names a server that is silent, without waiting as long for it as the browser does', () => {
    const story = checkingCall()
      .without(({ type }) => type === 'gathering' || type === 'candidates-end')
      .at(900, { type: 'ice-servers', urls: ['stun:10.0.0.1:3478'] })
      .at(1_060, { type: 'gathering', peer: PEER, state: 'gathering' });
    expect(causesAt(story, 6_000)).toEqual([]);
    expect(causesAt(story, 14_000)).toEqual(['stun-unreachable']);
    story.at(14_100, { type: 'connection', peer: PEER, state: 'connected' });
    expect(causesAt(story, 14_500)).not.toContain('stun-unreachable');
  });

  it('calls unanswered checks within one network the work of a firewall', () => {
    const story = (other: string) => checkingCall([host('192.168.1.7')], [host(other)]).failed(16_000);
    expect(causesAt(story('192.168.1.9'), 16_100)).toEqual(['checks-unanswered']);
    expect(causesAt(story('192.168.2.9'), 16_100)).toEqual(['only-local-addresses']);
    const v6 = checkingCall([host('fd00:1::7')], [host('fd00:1:0:0:5::9')]).failed(16_000);
    expect(causesAt(v6, 16_100)).toEqual(['checks-unanswered']);
  });

  it('tells a refusal by a TURN server in a call that works as something that could be better', () => {
    const story = connectedCall().flows(10_000).at(1_300, {
      type: 'candidate-error',
      peer: PEER,
      url: 'turn:a.example',
      code: 401,
      text: 'Unauthorized',
    });
    expect(diagnose(story.facts, 9_000)).toMatchObject([{ cause: 'turn-unauthorized', severity: 'impairs' }]);
  });

  it('puts what is missing before what could be better, and early steps before late ones', () => {
    const story = connectedCall()
      .flows(30_000, undefined, { roundTripMs: 900 })
      .at(20_000, { type: 'playback', peer: PEER, source: 'microphone', state: 'blocked' })
      .at(21_000, { type: 'media-ended', source: 'camera', by: 'unplugged' });
    expect(causesAt(story, 30_000)).toEqual(['device-unplugged', 'sound-blocked', 'long-delay']);
  });

  it('does not look into the future', () => {
    const story = healthyCall(5_000).at(9_000, { type: 'online', online: false });
    expect(causesAt(story, 5_000)).toEqual([]);
  });
});

/** The same call, each step of which takes up to a second longer, in the same order. */
function slowed(facts: readonly Fact[], random: SeededRandom): Fact[] {
  let lateMs = 0;
  let before = 0;
  return facts.map((fact) => {
    // Samples come once a second whatever else happens.
    if (fact.type !== 'sample' && fact.atMs > before) lateMs += random.fraction() * 400;
    before = fact.atMs;
    return { ...fact, atMs: fact.atMs + lateMs };
  });
}
