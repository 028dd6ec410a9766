import type { MediaCommand, MediaEvent, MediaReply } from '@madang/engine';
import type { RefusedPort } from './media-listen-error.js';
import type { MediaPlace } from './media-place.js';
import type { MediaReading } from './media-reading.js';

/** What is said to a media thread. `id` comes back in what answers. */
export type ToThread =
  /** The first: it is loaded by then, or loads, and is to be reached there. */
  | { readonly type: 'open'; readonly place: MediaPlace }
  | { readonly type: 'command'; readonly id: number; readonly command: MediaCommand }
  | { readonly type: 'read'; readonly id: number }
  /** Take leave of everybody, and end. */
  | { readonly type: 'close' };

/** What a media thread says. */
export type FromThread =
  /** The first: it takes commands from now on. */
  | { readonly type: 'opened'; readonly port: number; readonly addresses: readonly string[] }
  /** Or this, and it ends. */
  | { readonly type: 'refused'; readonly why: NotOpened }
  | { readonly type: 'reply'; readonly id: number; readonly reply: MediaReply }
  | { readonly type: 'event'; readonly event: MediaEvent }
  /** It came upon a mistake of ours, and goes on. */
  | { readonly type: 'fault'; readonly error: Error }
  | { readonly type: 'reading'; readonly id: number; readonly reading: MediaReading };

export type NotOpened =
  | { readonly type: 'no-addon'; readonly sentence: string }
  | { readonly type: 'port'; readonly where: RefusedPort };
