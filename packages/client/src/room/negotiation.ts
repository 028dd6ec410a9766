import type { PeerSignal, TrackDescription } from '@madang/protocol';

/** What two members agree on a connection by. */
export type CallSignal = Exclude<PeerSignal, { kind: 'arrived' }>;
type DescriptionSignal = Extract<PeerSignal, { kind: 'description' }>;
export type Candidate = Extract<PeerSignal, { kind: 'candidate' }>['candidate'];

/** Candidates kept for a description that has not come yet. */
const MOST_QUEUED = 64;

/**
 * Where two members stand with their descriptions: perfect negotiation (W3C WebRTC §10.7) as plain data. The shell
 * carries out the actions of one step before it brings the next input, so there is no in-between.
 */
export interface Negotiation {
  /** In glare the polite one gives up its own offer, the other one ignores the foreign one. */
  readonly polite: boolean;
  /** Number of the current RTCPeerConnection: who has to start over adds one, and the higher number wins. */
  readonly generation: number;
  /** `offered`: our offer is out and has no answer yet. */
  readonly phase: 'stable' | 'offered';
  /** An offer of this generation has been answered once. */
  readonly settled: boolean;
  readonly queued: readonly { readonly generation: number; readonly candidate: Candidate }[];
}

export type NegotiationInput =
  /** The browser says that the other side should hear of a change. */
  | { readonly type: 'needed' }
  /** Begin, or begin again, with a fresh RTCPeerConnection. */
  | { readonly type: 'start-over' }
  | { readonly type: 'signal'; readonly signal: CallSignal };

export type NegotiationAction =
  /** Close the RTCPeerConnection and make another; `sections`: with our own media sections already in it. */
  | { readonly type: 'renew'; readonly sections: boolean }
  /** Set the local description and send it. */
  | { readonly type: 'offer' }
  /** Take the foreign offer and answer it. */
  | { readonly type: 'answer'; readonly sdp: string; readonly tracks: readonly TrackDescription[] }
  /** Take the answer to our offer. */
  | { readonly type: 'accept'; readonly sdp: string; readonly tracks: readonly TrackDescription[] }
  | { readonly type: 'candidate'; readonly candidate: Candidate }
  | {
      readonly type: 'ignore';
      readonly reason: 'old-generation' | 'glare' | 'no-offer' | 'offer-underway' | 'queue-full';
    };

export interface NegotiationStep {
  readonly state: Negotiation;
  readonly actions: readonly NegotiationAction[];
}

/** Before the first offer, whoever is to make it. */
export function negotiation(polite: boolean): Negotiation {
  return { polite, generation: 1, phase: 'stable', settled: false, queued: [] };
}

/** The first offer, made by the member that came last. */
export function firstOffer(state: Negotiation): NegotiationStep {
  return { state: { ...state, phase: 'offered' }, actions: [{ type: 'renew', sections: true }, { type: 'offer' }] };
}

export function negotiationStep(state: Negotiation, input: NegotiationInput): NegotiationStep {
  switch (input.type) {
    case 'needed':
      // The browser asks again by itself as soon as the offer that is out has been settled.
      if (state.phase === 'offered') return ignore(state, 'offer-underway');
      return { state: { ...state, phase: 'offered' }, actions: [{ type: 'offer' }] };
    case 'start-over':
      return firstOffer({ ...state, ...afresh(state, state.generation + 1) });
    case 'signal':
      if (input.signal.generation < state.generation) return ignore(state, 'old-generation');
      if (input.signal.kind === 'candidate') return candidateStep(state, input.signal);
      return input.signal.description.type === 'offer'
        ? offerStep(state, input.signal)
        : answerStep(state, input.signal);
  }
}

function offerStep(state: Negotiation, { generation, description, tracks }: DescriptionSignal): NegotiationStep {
  const answer: NegotiationAction = { type: 'answer', sdp: description.sdp, tracks };
  // The other side has started over: what was between us is gone, our own offer included.
  if (generation > state.generation) {
    return settle({ ...state, ...afresh(state, generation) }, [{ type: 'renew', sections: false }, answer]);
  }
  if (state.phase === 'stable') return settle(state, [answer]);
  if (!state.polite) return ignore(state, 'glare');
  // Withdrawing a later offer leaves Chromium with pictures that stand still: both begin afresh, by our offer.
  if (state.settled) return firstOffer({ ...state, ...afresh(state, state.generation + 1) });
  // Withdrawing a first offer leaves sections behind that would come up a second time: a fresh start has none.
  return settle(state, [{ type: 'renew', sections: false }, answer]);
}

function answerStep(state: Negotiation, { generation, description, tracks }: DescriptionSignal): NegotiationStep {
  if (generation > state.generation || state.phase === 'stable') return ignore(state, 'no-offer');
  return settle(state, [{ type: 'accept', sdp: description.sdp, tracks }]);
}

function candidateStep(
  state: Negotiation,
  { generation, candidate }: Extract<PeerSignal, { kind: 'candidate' }>,
): NegotiationStep {
  if (generation === state.generation && state.settled) return { state, actions: [{ type: 'candidate', candidate }] };
  if (state.queued.length >= MOST_QUEUED) return ignore(state, 'queue-full');
  return { state: { ...state, queued: [...state.queued, { generation, candidate }] }, actions: [] };
}

/** Offer and answer are exchanged: what waited for that can go in. */
function settle(state: Negotiation, actions: readonly NegotiationAction[]): NegotiationStep {
  const due = state.queued.filter(({ generation }) => generation === state.generation);
  return {
    state: {
      ...state,
      phase: 'stable',
      settled: true,
      queued: state.queued.filter(({ generation }) => generation > state.generation),
    },
    actions: [...actions, ...due.map(({ candidate }) => ({ type: 'candidate' as const, candidate }))],
  };
}

function afresh(state: Negotiation, generation: number): Partial<Negotiation> {
  return {
    generation,
    phase: 'stable',
    settled: false,
    queued: state.queued.filter((old) => old.generation >= generation),
  };
}

type IgnoreReason = Extract<NegotiationAction, { type: 'ignore' }>['reason'];

function ignore(state: Negotiation, reason: IgnoreReason): NegotiationStep {
  return { state, actions: [{ type: 'ignore', reason }] };
}
