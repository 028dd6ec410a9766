import type { Source } from '@madang/protocol';

/** What a pipe is made with: the number that the page calls it by, and its direction. */
export interface PipeOptions {
  readonly pipe: number;
  readonly direction: 'seal' | 'open';
}

/** From the page to the worker. */
export type ToWorker =
  | { readonly type: 'key'; readonly roomKey: Uint8Array; readonly generation: number }
  | { readonly type: 'self'; readonly member: string }
  | { readonly type: 'ratchet' }
  | { readonly type: 'forget'; readonly member: string }
  /** The frames of a sender or a receiver, where the browser hands out streams. */
  | ({ readonly type: 'pipe'; readonly readable: ReadableStream; readonly writable: WritableStream } & PipeOptions)
  /** What goes through a pipe: a source of one's own, or of `member`. Until this is told nothing does. */
  | { readonly type: 'carries'; readonly pipe: number; readonly source: Source; readonly member?: string };

/** How it goes with what a pipe receives. `locked`: frames come, and none of the last can be opened. */
export type PipeState = 'open' | 'locked';

/** From the worker to the page. */
export interface FromWorker {
  readonly type: 'state';
  readonly pipe: number;
  readonly state: PipeState;
}
