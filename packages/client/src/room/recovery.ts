import type { PeerState } from './member.js';

/** A connection that has dropped out often comes back by itself: so long it is given. */
const DISCONNECTED_MS = 2_000;
/** An ICE restart has worked within this time, or it has not. */
const RESTART_MS = 5_000;
/** A first connection, or a fresh one, takes no longer than this. */
const CONNECT_MS = 15_000;
/** Whoever waits for the newcomer's offer waits so long before making one. */
const AWAIT_OFFER_MS = 8_000;
/** So many restarts in vain, then a fresh RTCPeerConnection. */
const MOST_RESTARTS = 3;

/** How the connection to one member is doing, and when something has to be done about it. Times in monotonic ms. */
export interface Recovery {
  readonly connection: PeerState;
  readonly restarts: number;
  /** Infinity while all is well. */
  readonly dueAt: number;
}

export type RecoveryAction = 'none' | 'restart' | 'start-over';

export interface RecoveryStep {
  readonly state: Recovery;
  readonly action: RecoveryAction;
}

export function recovery(awaitsOffer: boolean, now: number): Recovery {
  return { connection: 'new', restarts: 0, dueAt: now + (awaitsOffer ? AWAIT_OFFER_MS : CONNECT_MS) };
}

/** The connection state changed. */
export function connectionChanged(state: Recovery, connection: PeerState, now: number): RecoveryStep {
  if (connection === state.connection) return { state, action: 'none' };
  switch (connection) {
    case 'connected':
      return { state: { connection, restarts: 0, dueAt: Number.POSITIVE_INFINITY }, action: 'none' };
    case 'disconnected':
      return { state: { ...state, connection, dueAt: Math.min(state.dueAt, now + DISCONNECTED_MS) }, action: 'none' };
    case 'failed':
      return recover({ ...state, connection }, now);
    case 'new':
    case 'connecting': {
      const dueAt = Number.isFinite(state.dueAt) ? state.dueAt : now + CONNECT_MS;
      return { state: { ...state, connection, dueAt }, action: 'none' };
    }
  }
}

/** The network of this machine changed: the way found is most likely gone, long before ICE would notice. */
export function networkChanged(state: Recovery, now: number): RecoveryStep {
  if (state.connection === 'new' || state.connection === 'connecting') return { state, action: 'none' };
  const dueAt = state.connection === 'connected' ? state.dueAt : now + RESTART_MS;
  return { state: { ...state, restarts: 1, dueAt }, action: 'restart' };
}

/** `dueAt` has come. */
export function recoveryDue(state: Recovery, now: number): RecoveryStep {
  return state.connection === 'connected' ? { state, action: 'none' } : recover(state, now);
}

function recover(state: Recovery, now: number): RecoveryStep {
  const everConnected = state.connection === 'disconnected' || state.connection === 'failed';
  if (everConnected && state.restarts < MOST_RESTARTS) {
    return { state: { ...state, restarts: state.restarts + 1, dueAt: now + RESTART_MS }, action: 'restart' };
  }
  return { state: { connection: 'new', restarts: 0, dueAt: now + CONNECT_MS }, action: 'start-over' };
}
