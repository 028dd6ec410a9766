import type { MadangErrorCode } from '../madang-error.js';

/** What the link wants of the server once the socket is open. */
export type Goal = 'none' | 'join' | 'resume' | 'rejoin';

/** Where a link stands. `entering`: the socket is open and the request named by the goal is on its way. */
export type LinkState =
  | { readonly at: 'closed' }
  | { readonly at: 'connecting'; readonly goal: Goal; readonly attempt: number }
  | { readonly at: 'waiting'; readonly goal: Goal; readonly attempt: number }
  | { readonly at: 'idle' }
  | { readonly at: 'entering'; readonly goal: Exclude<Goal, 'none'>; readonly attempt: number }
  | { readonly at: 'member' };

export type LinkInput =
  | { readonly type: 'open' }
  | { readonly type: 'join' }
  | { readonly type: 'up' }
  /** The socket closed, or could not be opened; `code` where the server said why. */
  | { readonly type: 'down'; readonly code?: MadangErrorCode | undefined }
  | { readonly type: 'entered' }
  | { readonly type: 'refused'; readonly code: MadangErrorCode }
  /** The time to wait is over. */
  | { readonly type: 'due' }
  /** There is a reason to try at once. An attempt under way may hang in a network that is gone. */
  | { readonly type: 'hurry' }
  /** The socket opens, or looks open, but nothing comes through, or an event was missed. */
  | { readonly type: 'stale' }
  /** Another connection has taken the membership over: whoever takes it back starts a fight. */
  | { readonly type: 'replaced' }
  | { readonly type: 'close' };

export type LinkAction =
  | { readonly type: 'connect' }
  | { readonly type: 'disconnect' }
  | { readonly type: 'enter'; readonly goal: Exclude<Goal, 'none'> }
  | { readonly type: 'wait'; readonly attempt: number }
  | { readonly type: 'give-up'; readonly code: MadangErrorCode };

export interface LinkStep {
  readonly state: LinkState;
  readonly actions: readonly LinkAction[];
}

/** Refusals that trying again can't change. Everything else passes: a full server empties, a restart ends. */
const DEFINITE: ReadonlySet<MadangErrorCode> = new Set([
  'bad_request',
  'unknown_event',
  'message_too_large',
  'origin_refused',
  'protocol_mismatch',
  'mode_unavailable',
  'room_through_server',
  'room_peer_to_peer',
  'room_encrypted',
  'room_not_encrypted',
  'forbidden',
  'not_found',
  'membership_ended',
]);

/** So often a rejoin finds the room full before it gives up: longer than one's own lost member takes to be cleared. */
const ROOM_FULL_ATTEMPTS = 14;

const CONNECT: LinkAction = { type: 'connect' };
const DISCONNECT: LinkAction = { type: 'disconnect' };

/** The life of the signaling link: state and input to the next state and what is to be done. */
export function linkStep(state: LinkState, input: LinkInput): LinkStep {
  if (input.type === 'close') return { state: { at: 'closed' }, actions: state.at === 'closed' ? [] : [DISCONNECT] };
  switch (state.at) {
    case 'closed':
      return closedStep(state, input);
    case 'idle':
      return idleStep(state, input);
    case 'connecting':
    case 'waiting':
      return openingStep(state, input);
    case 'entering':
      return enteringStep(state, input);
    case 'member':
      return memberStep(state, input);
  }
}

function closedStep(state: LinkState, input: LinkInput): LinkStep {
  if (input.type !== 'open' && input.type !== 'join') return { state, actions: [] };
  const goal = input.type === 'join' ? 'join' : 'none';
  return { state: { at: 'connecting', goal, attempt: 0 }, actions: [CONNECT] };
}

function idleStep(state: LinkState, input: LinkInput): LinkStep {
  if (input.type === 'join') return enter('join', 0);
  if (input.type === 'down') return wait('none', 0);
  if (input.type === 'stale') return wait('none', 0, [DISCONNECT]);
  return { state, actions: [] };
}

function openingStep(state: LinkState & { at: 'connecting' | 'waiting' }, input: LinkInput): LinkStep {
  const { goal, attempt } = state;
  if (input.type === 'join') return { state: { ...state, goal: 'join' }, actions: [] };
  if (state.at === 'waiting') {
    const isTime = input.type === 'due' || input.type === 'hurry';
    return isTime ? connect(goal, attempt, [CONNECT]) : { state, actions: [] };
  }
  if (input.type === 'hurry') return connect(goal, attempt, [DISCONNECT, CONNECT]);
  if (input.type === 'stale') return wait(goal, attempt + 1, [DISCONNECT]);
  if (input.type === 'up') return goal === 'none' ? { state: { at: 'idle' }, actions: [] } : enter(goal, attempt);
  if (input.type === 'down') {
    if (input.code !== undefined && DEFINITE.has(input.code)) return giveUp(input.code);
    return wait(goal, attempt + 1);
  }
  return { state, actions: [] };
}

function enteringStep(state: LinkState & { at: 'entering' }, input: LinkInput): LinkStep {
  const { goal, attempt } = state;
  if (input.type === 'entered') return { state: { at: 'member' }, actions: [] };
  if (input.type === 'down') return wait(goal, attempt + 1);
  if (input.type === 'stale') return wait(goal, attempt + 1, [DISCONNECT]);
  if (input.type !== 'refused') return { state, actions: [] };
  // The person who just asked to join decides about a refusal; the open socket serves the next try.
  if (goal === 'join') return { state: { at: 'idle' }, actions: [{ type: 'give-up', code: input.code }] };
  if (goal === 'resume' && input.code === 'resume_expired') return enter('rejoin', attempt);
  const fullForGood = input.code === 'room_full' && attempt >= ROOM_FULL_ATTEMPTS;
  if (fullForGood || DEFINITE.has(input.code)) return giveUp(input.code, [DISCONNECT]);
  return wait(goal, attempt + 1, [DISCONNECT]);
}

function memberStep(state: LinkState, input: LinkInput): LinkStep {
  if (input.type === 'down') return wait('resume', 0);
  if (input.type === 'stale') return wait('resume', 0, [DISCONNECT]);
  if (input.type === 'replaced') return giveUp('membership_ended', [DISCONNECT]);
  return { state, actions: [] };
}

function connect(goal: Goal, attempt: number, actions: readonly LinkAction[]): LinkStep {
  return { state: { at: 'connecting', goal, attempt }, actions };
}

function enter(goal: Exclude<Goal, 'none'>, attempt: number): LinkStep {
  return { state: { at: 'entering', goal, attempt }, actions: [{ type: 'enter', goal }] };
}

function wait(goal: Goal, attempt: number, before: readonly LinkAction[] = []): LinkStep {
  return { state: { at: 'waiting', goal, attempt }, actions: [...before, { type: 'wait', attempt }] };
}

function giveUp(code: MadangErrorCode, before: readonly LinkAction[] = []): LinkStep {
  return { state: { at: 'closed' }, actions: [...before, { type: 'give-up', code }] };
}
