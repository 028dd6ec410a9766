import type { Source } from '@madang/protocol';
import { type Clock, every } from '../clock.js';
import type { MediaElement } from '../media/index.js';
import type { CallRecord, FactOf } from '../record/index.js';
import { kindOf } from '../sources.js';
import { watchFirstFrame } from './first-frame.js';

/** So long an element may take to begin by itself, once there is something to play, before it counts as held back. */
const BEGIN_MS = 1_000;
const HAVE_CURRENT_DATA = 2;
const EVENTS = ['playing', 'play', 'pause', 'volumechange'] as const;

type Playback = FactOf<'playback'>['state'];
/** An element of a page; a stand-in that only takes a stream is one, too, of which nothing is noted. */
type Playing = MediaElement & Partial<HTMLVideoElement>;

export interface PlaybackDeps {
  /** The connection it comes by. */
  readonly peer: string;
  /** Whose it is, where the connection does not say that. */
  readonly member?: string;
  readonly source: Source;
  readonly record: CallRecord;
  readonly clock: Clock;
}

/**
 * Notes what `element` does with a track that was just given to it: whether it plays, is held back by the browser, is
 * paused, or turned down; and when it shows a first frame. Until the returned function is called.
 */
export function watchPlayback(element: MediaElement, deps: PlaybackDeps): () => void {
  const { peer, member, source, record, clock } = deps;
  const about = { peer, source, ...(member === undefined ? {} : { member }) };
  watchFirstFrame(element, member ?? peer);
  const playing: Playing = element;
  if (playing.addEventListener === undefined) return () => {};
  let told: Playback | undefined;
  let hasBegun = false;
  const look = (isLate = false): void => {
    hasBegun ||= playing.paused === false;
    const state = playbackOf(playing, source, hasBegun, isLate);
    if (state === undefined || state === told) return;
    told = state;
    record.add({ type: 'playback', ...about, state });
  };
  const onEvent = (): void => look();
  for (const event of EVENTS) playing.addEventListener(event, onEvent);
  // Seen at two looks in a row: between the first data and the start there is a moment.
  let hadData = false;
  const stop = every(clock, BEGIN_MS, () => {
    const hasData = (playing.readyState ?? HAVE_CURRENT_DATA) >= HAVE_CURRENT_DATA;
    if (told === undefined) look(hasData && hadData);
    hadData = hasData;
  });
  const noFrame = watchRendered(playing, () => record.add({ type: 'first', what: 'frame-rendered', ...about }));
  look();
  return () => {
    stop();
    noFrame();
    for (const event of EVENTS) playing.removeEventListener?.(event, onEvent);
  };
}

/** Undefined as long as it can't be told yet. */
function playbackOf(element: Playing, source: Source, hasBegun: boolean, isLate: boolean): Playback | undefined {
  if (element.paused === true) {
    // Taken out of the page, an element is paused by the browser: that is nobody's fault.
    if (hasBegun) return element.isConnected === false ? undefined : 'paused';
    // One that begins by itself and has not was not allowed to; any other waits for the page to start it.
    return isLate ? (element.autoplay === true ? 'blocked' : 'paused') : undefined;
  }
  return kindOf(source) === 'audio' && (element.muted === true || element.volume === 0) ? 'silenced' : 'playing';
}

/** Calls `rendered` when a first frame of what is in the element now has been shown. Sound has no frames. */
function watchRendered(element: Playing, rendered: () => void): () => void {
  if (element.requestVideoFrameCallback === undefined) return () => {};
  const handle = element.requestVideoFrameCallback(() => rendered());
  return () => element.cancelVideoFrameCallback?.(handle);
}
