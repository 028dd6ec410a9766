import type { PeerState } from './member.js';

/** A connection that says of itself that it dropped out did so seconds ago: little more is waited. */
const DISCONNECTED_MS = 500;
/** An ICE restart has worked within this time, or it has not. */
const RESTART_MS = 5_000;
/** A first connection, or a fresh one, takes no longer than this. */
const CONNECT_MS = 15_000;
/** Whoever waits for the newcomer's offer waits so long before making one. */
const AWAIT_OFFER_MS = 8_000;
/** So many restarts in vain, then a fresh RTCPeerConnection. */
const MOST_RESTARTS = 3;
/**
 * Both ends notice a loss, and offers that meet halfway cost a fresh connection: the polite end leaves it to the other,
 * and makes an offer of its own only when none comes for so long.
 */
const POLITE_MS = 3_000;
/** As long as the polite end waits when it knows more than the other: its own network changed, or its server is back. */
const BRIEFLY_POLITE_MS = 300;

/** How the connection to one member is doing, and when something has to be done about it. Times in monotonic ms. */
export interface Recovery {
  readonly connection: PeerState;
  /** Nothing arrives any more, though the connection does not say so yet. */
  readonly stalled: boolean;
  /** This machine's network changed, and the path has not been looked for anew since. */
  readonly changed: boolean;
  readonly restarts: number;
  /** Infinity while all is well. */
  readonly dueAt: number;
  /** Whether this end lets the other go first. */
  readonly polite: boolean;
}

export type RecoveryAction = 'none' | 'restart' | 'start-over';

export interface RecoveryStep {
  readonly state: Recovery;
  readonly action: RecoveryAction;
}

export interface RecoveryOptions {
  /** The first offer comes from the other side. */
  readonly awaitsOffer: boolean;
  readonly polite: boolean;
}

export function recovery({ awaitsOffer, polite }: RecoveryOptions, now: number): Recovery {
  const dueAt = now + (awaitsOffer ? AWAIT_OFFER_MS : CONNECT_MS);
  return { connection: 'new', stalled: false, changed: false, restarts: 0, dueAt, polite };
}

/** The connection state changed. */
export function connectionChanged(state: Recovery, connection: PeerState, now: number): RecoveryStep {
  if (connection === state.connection) return none(state);
  switch (connection) {
    case 'connected':
      return none(state.changed ? { ...state, connection } : well({ ...state, connection }));
    case 'disconnected':
      return none({ ...state, connection, dueAt: dueBy(state, now + DISCONNECTED_MS + politeness(state)) });
    case 'failed':
      if (state.polite && state.restarts === 0) {
        return none({ ...state, connection, dueAt: dueBy(state, now + POLITE_MS) });
      }
      return recover({ ...state, connection }, now);
    case 'new':
    case 'connecting':
      return none({ ...state, connection, dueAt: dueBy(state, now + CONNECT_MS) });
  }
}

/** Packets that came steadily have ceased: long before ICE notices, the path is looked for anew. */
export function flowCeased(state: Recovery, now: number): RecoveryStep {
  if (state.connection !== 'connected' || state.stalled) return none(state);
  if (state.polite) return none({ ...state, stalled: true });
  return { state: { ...state, stalled: true, restarts: 1, dueAt: now + RESTART_MS }, action: 'restart' };
}

/** Packets come again. */
export function flowResumed(state: Recovery): RecoveryStep {
  if (!state.stalled) return none(state);
  const flows = { ...state, stalled: false };
  return none(state.connection === 'connected' && !state.changed ? well(flows) : flows);
}

/** The network of this machine changed: the way found is most likely gone, long before ICE would notice. */
export function networkChanged(state: Recovery, now: number): RecoveryStep {
  if (!wasConnected(state)) return none(state);
  if (state.polite) return none({ ...state, changed: true, restarts: 0, dueAt: now + BRIEFLY_POLITE_MS });
  return restart({ ...state, restarts: 0 }, now);
}

/** An offer of the other side was answered: both ends look for a path, or anew, and this one need not begin. */
export function offerTaken(state: Recovery, now: number): RecoveryStep {
  if (isWell(state)) return none(state);
  // What was waited for has come, be it late; a second offer of a first connection gets no more time than the first.
  const firstDueAt = state.restarts === 0 ? now + CONNECT_MS : state.dueAt;
  const dueAt = wasConnected(state) ? now + RESTART_MS : firstDueAt;
  return none({ ...state, changed: false, restarts: Math.max(1, state.restarts), dueAt });
}

/**
 * Signals reach the other side again. What was to be restarted is restarted now; an offer that has waited for this gets
 * its time from now on.
 */
export function signalsPass(state: Recovery, now: number): RecoveryStep {
  if (isWell(state)) return none(state);
  if (!wasConnected(state) || state.restarts > 0) {
    return none({ ...state, dueAt: Math.max(finite(state.dueAt), now + RESTART_MS) });
  }
  return state.polite ? none({ ...state, dueAt: now + BRIEFLY_POLITE_MS }) : restart(state, now);
}

/** `dueAt` has come. What is well by now has nothing due any more, or it would be due again at once, for ever. */
export function recoveryDue(state: Recovery, now: number): RecoveryStep {
  if (isWell(state)) return none(well(state));
  // One restart is all that a standstill is worth: if the path is gone, ICE will say so.
  if (state.connection === 'connected' && state.restarts > 0) {
    return none({ ...state, dueAt: Number.POSITIVE_INFINITY });
  }
  return recover(state, now);
}

function recover(state: Recovery, now: number): RecoveryStep {
  if (wasConnected(state) && state.restarts < MOST_RESTARTS) return restart(state, now);
  const { polite } = state;
  return { state: recovery({ awaitsOffer: false, polite }, now), action: 'start-over' };
}

function restart(state: Recovery, now: number): RecoveryStep {
  const restarts = state.restarts + 1;
  // Where packets come all the same, nothing more is due.
  const dueAt = state.connection === 'connected' && !state.stalled ? Number.POSITIVE_INFINITY : now + RESTART_MS;
  return { state: { ...state, changed: false, restarts, dueAt }, action: 'restart' };
}

function none(state: Recovery): RecoveryStep {
  return { state, action: 'none' };
}

function well(state: Recovery): Recovery {
  return { ...state, stalled: false, changed: false, restarts: 0, dueAt: Number.POSITIVE_INFINITY };
}

function isWell({ connection, stalled, changed }: Recovery): boolean {
  return connection === 'connected' && !stalled && !changed;
}

function wasConnected({ connection }: Recovery): boolean {
  return connection !== 'new' && connection !== 'connecting';
}

function politeness({ polite }: Recovery): number {
  return polite ? POLITE_MS : 0;
}

/** What is due already stays so. */
function dueBy({ dueAt }: Recovery, otherwise: number): number {
  return Number.isFinite(dueAt) ? dueAt : otherwise;
}

function finite(ms: number): number {
  return Number.isFinite(ms) ? ms : 0;
}
