import type { MediaPath } from '@madang/protocol';

/** So long, at the least, the way before stays open after everything has come in here by the new one. */
export const LINGER_MS = 500;
/**
 * So long after that it stays open, at the most, until the others have told that everything has come in there as well: whoever
 * closes the way before takes it away from both.
 */
export const PATIENCE_MS = 12_000;
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

/** `open`, `close`: a way. `opened`: it is. `arrived`: the move is done but for the closing. */
export type MoveAction =
  | { readonly type: 'open'; readonly way: MediaPath }
  | { readonly type: 'opened' | 'arrived'; readonly afterMs: number }
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

/** What is seen of a move. */
export interface MoveSight {
  /** The new way is open in both directions. */
  readonly isOpen: boolean;
  /** All that is to come has come by it. */
  readonly isAllThere: boolean;
  /** The others on the way before have told the same. */
  readonly areOthersDone: boolean;
}

export function look(state: Move, { isOpen, isAllThere, areOthersDone }: MoveSight, now: number): MoveStep {
  if (state.at !== 'moving') return { state, actions: [] };
  const openMs = isOpen ? (state.openMs ?? now) : undefined;
  const isLate = openMs !== undefined && now - openMs >= MOST_MS;
  const afterMs = now - state.sinceMs;
  if (state.arrivedMs === undefined) {
    const opened = isOpen && state.openMs === undefined ? [{ type: 'opened', afterMs } as const] : [];
    if (openMs === undefined || !(isAllThere || isLate)) return { state: { ...state, openMs }, actions: opened };
    const arrived = { ...state, openMs, arrivedMs: now };
    return { state: arrived, actions: [...opened, { type: 'arrived', afterMs }] };
  }
  if (now - state.arrivedMs < (areOthersDone ? LINGER_MS : PATIENCE_MS))
    return { state: { ...state, openMs }, actions: [] };
  return {
    state: { at: 'settled', on: state.to },
    actions: [{ type: 'close', way: state.from, afterMs }],
  };
}

function begun(from: MediaPath, to: MediaPath, sinceMs: number): MoveStep {
  return {
    state: { at: 'moving', from, to, sinceMs, openMs: undefined, arrivedMs: undefined },
    actions: [{ type: 'open', way: to }],
  };
}
