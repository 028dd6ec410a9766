import type { Source } from '@madang/protocol';
import { attachStream, detachStream, type MediaElement } from './element.js';
import { ElementViews, type TrackView } from './element-views.js';
import type { Forwarding, TrackPriority } from './forwarding.js';

/** Where a track comes in, and who notes what an element does with it; the returned function ends that. */
export interface Incoming {
  readonly receiver: RTCRtpReceiver;
  readonly watch?: (element: MediaElement) => () => void;
}

/**
 * What another member sends from one source. The object stays the same while the way changes that it comes by, straight
 * from the member or through the media server: elements that it is attached to go on without a break.
 */
export class RemoteTrack {
  readonly source: Source;
  /** @internal Told when it matters otherwise than before how much of the track is seen. */
  onWish: (() => void) | undefined;
  #incoming: Incoming;
  #stream: MediaStream | undefined;
  #said: TrackView | undefined;
  #priority: TrackPriority | undefined;
  #paused = false;
  #forwarding: Forwarding | undefined;
  readonly #views = new ElementViews(() => this.onWish?.());
  /** What is to be undone when an element lets go of the track. */
  readonly #attached = new Map<MediaElement, (() => void) | undefined>();

  constructor(source: Source, incoming: Incoming) {
    this.source = source;
    this.#incoming = incoming;
  }

  /** Where it comes in; for levels and statistics. Another one when it comes by another way. */
  get receiver(): RTCRtpReceiver {
    return this.#incoming.receiver;
  }

  /** The browser's track; another one when it comes by another way. `attach` and `stream` follow by themselves. */
  get mediaStreamTrack(): MediaStreamTrack {
    return this.#incoming.receiver.track;
  }

  get kind(): 'audio' | 'video' {
    return this.mediaStreamTrack.kind === 'audio' ? 'audio' : 'video';
  }

  /** A stream with this track alone. The browser keeps sound and picture of one member in step all the same. */
  get stream(): MediaStream {
    this.#stream ??= new MediaStream([this.mediaStreamTrack]);
    return this.#stream;
  }

  /** Shows or plays the track in `element` until `detach`. A picture is asked for in the size it is shown in. */
  attach(element: MediaElement): void {
    attachStream(element, this.stream);
    this.#attached.get(element)?.();
    this.#attached.set(element, this.#incoming.watch?.(element));
    if (this.kind === 'video') this.#views.watch(element);
  }

  detach(element: MediaElement): void {
    this.#attached.get(element)?.();
    this.#attached.delete(element);
    this.#views.unwatch(element);
    if (this.#stream !== undefined) detachStream(element, this.#stream);
  }

  /**
   * What of the picture is seen: by all elements that it is attached to, or as `setView` said. Undefined: nothing is known
   * of it, and the whole picture is wanted. Matters where media go through the media server, which sends no more than that.
   */
  get view(): TrackView | undefined {
    return this.#said ?? this.#views.view;
  }

  /** Says what is seen of it, instead of what its elements tell; undefined: those count again. */
  setView(view: TrackView | undefined): void {
    this.#said = view;
    this.onWish?.();
  }

  /** What has to be spared first where the line is too thin. Undefined: screens come before cameras. */
  get priority(): TrackPriority | undefined {
    return this.#priority;
  }

  setPriority(priority: TrackPriority | undefined): void {
    if (this.#priority === priority) return;
    this.#priority = priority;
    this.onWish?.();
  }

  /** Whether it was asked not to come for now. */
  get paused(): boolean {
    return this.#paused;
  }

  setPaused(paused: boolean): void {
    if (this.#paused === paused) return;
    this.#paused = paused;
    this.onWish?.();
  }

  /** Which quality the media server sends of it, and why not a better one. Undefined where none has a say. */
  get forwarding(): Forwarding | undefined {
    return this.#forwarding;
  }

  /** @internal */
  setForwarding(forwarding: Forwarding | undefined): void {
    this.#forwarding = forwarding;
  }

  /** @internal From now on it comes in elsewhere. */
  moveTo(incoming: Incoming): void {
    const before = this.mediaStreamTrack;
    this.#incoming = incoming;
    if (before !== incoming.receiver.track) {
      if (this.kind === 'video') this.#swapPicture(before);
      else this.#swapSound();
    }
    for (const [element, undo] of this.#attached) {
      undo?.();
      this.#attached.set(element, incoming.watch?.(element));
    }
  }

  /**
   * In the same stream, so that an element keeps the last picture until there is a new one. The old track goes first: where two
   * are in a stream, browsers go on with the one that they had chosen, and show nothing of the other once that is taken away.
   */
  #swapPicture(before: MediaStreamTrack): void {
    this.#stream?.removeTrack(before);
    this.#stream?.addTrack(this.mediaStreamTrack);
  }

  /** In another stream: sound has no last picture to keep, and nothing of the connection before is left in it. */
  #swapSound(): void {
    const before = this.#stream;
    this.#stream = undefined;
    for (const element of this.#attached.keys()) {
      if (before === undefined || element.srcObject !== before) continue;
      const playing: MediaElement & Partial<HTMLMediaElement> = element;
      const wasPlaying = playing.paused === false;
      attachStream(element, this.stream);
      // Another stream stops an element that does not begin by itself.
      if (wasPlaying) playing.play?.().catch(() => {});
    }
  }
}
