import type { Fact } from '@madang/client';

/** All pages of this server in this browser hear each other under this name. */
export const LIVE_CHANNEL = 'madang-inspect';

/** A call that is going on in some tab. */
export interface LiveCall {
  readonly id: string;
  readonly room: string;
  /** As the person is called there; empty before joining. */
  readonly name: string;
}

/** What tabs with a call and inspector pages say to each other. A page asks, a call answers: nobody has a timer. */
export type LiveMessage =
  | { readonly type: 'who' }
  | { readonly type: 'call'; readonly call: LiveCall }
  | { readonly type: 'over'; readonly id: string }
  | { readonly type: 'watch'; readonly id: string; readonly watcher: string }
  | {
      readonly type: 'facts';
      readonly id: string;
      readonly watcher: string;
      readonly facts: readonly Fact[];
      /** All there are; else only those that this watcher does not have yet. */
      readonly isWhole: boolean;
      readonly nowMs: number;
    };

/** The part of BroadcastChannel that is needed. */
export interface LiveChannel {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: LiveMessage): void;
  close(): void;
}

const TYPES: readonly string[] = ['who', 'call', 'over', 'watch', 'facts'] satisfies LiveMessage['type'][];

/** Pages of another version may say other things: those are passed over. */
export function isLiveMessage(data: unknown): data is LiveMessage {
  return typeof data === 'object' && data !== null && 'type' in data && TYPES.includes(String(data.type));
}
