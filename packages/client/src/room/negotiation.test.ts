import type { PeerSignal } from '@madang/protocol';
import { describe, expect, it } from 'vitest';
import { firstOffer, type Negotiation, type NegotiationInput, negotiation, negotiationStep } from './negotiation.js';

const described = (type: 'offer' | 'answer', generation = 1): NegotiationInput => ({
  type: 'signal',
  signal: { kind: 'description', generation, description: { type, sdp: type }, tracks: [] },
});
const candidate = (name: string, generation = 1): NegotiationInput => {
  const signal: PeerSignal = { kind: 'candidate', generation, candidate: { candidate: name } };
  return { type: 'signal', signal };
};

/** The actions of the last input, as words. */
function words(state: Negotiation, ...inputs: NegotiationInput[]): { state: Negotiation; said: string[] } {
  let step: ReturnType<typeof negotiationStep> = { state, actions: [] };
  for (const input of inputs) step = negotiationStep(step.state, input);
  const said = step.actions.map((action) => {
    if (action.type === 'candidate') return `candidate ${action.candidate.candidate}`;
    if (action.type === 'renew') return action.sections ? 'renew with sections' : 'renew';
    return action.type === 'ignore' ? `ignore ${action.reason}` : action.type;
  });
  return { state: step.state, said };
}

const offered = (polite: boolean): Negotiation => firstOffer(negotiation(polite)).state;
const settled = (polite: boolean): Negotiation => words(offered(polite), described('answer')).state;

describe('a first exchange', () => {
  it('takes one offer and one answer', () => {
    expect(firstOffer(negotiation(true)).actions.map(({ type }) => type)).toEqual(['renew', 'offer']);
    expect(words(negotiation(false), described('offer')).said).toEqual(['answer']);
    expect(words(offered(true), described('answer')).said).toEqual(['accept']);
  });

  it('keeps candidates that come before the description', () => {
    expect(words(offered(true), candidate('a'), candidate('b'), described('answer')).said).toEqual([
      'accept',
      'candidate a',
      'candidate b',
    ]);
  });

  it('keeps no more than 64 of them', () => {
    const many = Array.from({ length: 65 }, (_, ix) => candidate(`c${ix}`));
    expect(words(negotiation(true), ...many).said).toEqual(['ignore queue-full']);
  });
});

describe('glare', () => {
  it('of later offers makes the polite one begin anew, rather than withdraw its offer', () => {
    const begun = words(settled(true), { type: 'needed' }, described('offer'));
    expect(begun.said).toEqual(['renew with sections', 'offer']);
    expect(words(settled(false), { type: 'needed' }, described('offer')).said).toEqual(['ignore glare']);
  });

  it('of first offers makes the polite one begin afresh', () => {
    expect(words(offered(true), described('offer')).said).toEqual(['renew', 'answer']);
    expect(words(offered(false), described('offer')).said).toEqual(['ignore glare']);
  });

  it('never has two offers out', () => {
    expect(words(offered(false), { type: 'needed' }).said).toEqual(['ignore offer-underway']);
    expect(words(settled(false), { type: 'needed' }).said).toEqual(['offer']);
  });
});

describe('starting over', () => {
  it('takes the next generation, whatever was under way', () => {
    for (const state of [negotiation(true), offered(true), settled(false)]) {
      const { state: next, said } = words(state, { type: 'start-over' });
      expect(said).toEqual(['renew with sections', 'offer']);
      expect(next).toMatchObject({ generation: 2, phase: 'offered', settled: false });
    }
  });

  it('of the other side is followed, even by the impolite one with an offer out', () => {
    const { state, said } = words(offered(false), described('offer', 2));
    expect(said).toEqual(['renew', 'answer']);
    expect(state.generation).toBe(2);
  });

  it('forgets what belongs to the past and keeps what is to come', () => {
    const { said } = words(settled(true), candidate('early', 2), described('offer', 2));
    expect(said).toEqual(['renew', 'answer', 'candidate early']);
    const over = words(settled(true), { type: 'start-over' }).state;
    expect(words(over, candidate('late', 1)).said).toEqual(['ignore old-generation']);
    expect(words(over, described('offer', 1)).said).toEqual(['ignore old-generation']);
  });

  it('by both at once is ordinary glare', () => {
    const polite = words(settled(true), { type: 'start-over' }).state;
    const impolite = words(settled(false), { type: 'start-over' }).state;
    expect(words(polite, described('offer', 2)).said).toEqual(['renew', 'answer']);
    expect(words(impolite, described('offer', 2)).said).toEqual(['ignore glare']);
  });
});

it('ignores answers that nobody waits for', () => {
  expect(words(settled(true), described('answer')).said).toEqual(['ignore no-offer']);
  expect(words(offered(true), described('answer', 2)).said).toEqual(['ignore no-offer']);
});
