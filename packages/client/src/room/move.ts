import type { MediaPath } from '@madang/protocol';

/**
 * So long the way before stays open after everything has come in by the new one: the others may not have got so far, and
 * whoever closes it takes it away from both.
 */
export const LINGER_MS = 2_500;
/** So long after the new way is open what still has not come by it is waited for. */
export const MOST_MS = 8_000;

/** By which way media go, and, while they are being moved, by which they went before. Times in monotonic ms. */
export type Move =
  | { readonly at: 'nowhere' }
  | { readonly at: 'settled'; readonly on: MediaPath }
  | {
      readonly at: 'moving';
      readonly from: MediaPath;
      readonly to: MediaPath;
      readonly sinceMs: number;
      /** Since when the new way is open in both directions. */
      readonly openMs: number | undefined;
      /** When everything had come in by it. */
      readonly arrivedMs: number | undefined;
    };

/** `open`, `close`: a way. `arrived`: the move is done but for the closing. */
export type MoveAction =
  | { readonly type: 'open'; readonly way: MediaPath }
  | { readonly type: 'arrived'; readonly afterMs: number }
  | { readonly type: 'close'; readonly way: MediaPath; readonly afterMs: number };

export interface MoveStep {
  readonly state: Move;
  readonly actions: readonly MoveAction[];
}

/** The room says by which way media go from now on. A move that is under way is turned round where it has to be. */
export function headFor(state: Move, to: MediaPath, now: number): MoveStep {
  switch (state.at) {
    case 'nowhere':
      return { state: { at: 'settled', on: to }, actions: [{ type: 'open', way: to }] };
    case 'settled':
      return state.on === to ? { state, actions: [] } : begun(state.on, to, now);
    case 'moving':
      return state.to === to ? { state, actions: [] } : begun(state.to, to, now);
  }
}

/** What is seen of a move: whether the new way is open in both directions, and whether all that is to come has come by it. */
export interface MoveSight {
  readonly isOpen: boolean;
  readonly isAllThere: boolean;
}

export function look(state: Move, { isOpen, isAllThere }: MoveSight, now: number): MoveStep {
  if (state.at !== 'moving') return { state, actions: [] };
  const openMs = isOpen ? (state.openMs ?? now) : undefined;
  const isLate = openMs !== undefined && now - openMs >= MOST_MS;
  if (state.arrivedMs === undefined) {
    if (openMs === undefined || !(isAllThere || isLate)) return { state: { ...state, openMs }, actions: [] };
    const arrived = { ...state, openMs, arrivedMs: now };
    return { state: arrived, actions: [{ type: 'arrived', afterMs: now - state.sinceMs }] };
  }
  if (now - state.arrivedMs < LINGER_MS) return { state: { ...state, openMs }, actions: [] };
  return {
    state: { at: 'settled', on: state.to },
    actions: [{ type: 'close', way: state.from, afterMs: now - state.sinceMs }],
  };
}

function begun(from: MediaPath, to: MediaPath, sinceMs: number): MoveStep {
  return {
    state: { at: 'moving', from, to, sinceMs, openMs: undefined, arrivedMs: undefined },
    actions: [{ type: 'open', way: to }],
  };
}
