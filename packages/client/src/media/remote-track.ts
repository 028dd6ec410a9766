import type { Source } from '@madang/protocol';
import { attachStream, detachStream, type MediaElement } from './element.js';

/** What another member sends from one source. */
export class RemoteTrack {
  readonly source: Source;
  readonly mediaStreamTrack: MediaStreamTrack;
  /** Where it comes in; for levels and statistics. */
  readonly receiver: RTCRtpReceiver;
  readonly #onAttach: ((element: MediaElement) => () => void) | undefined;
  /** What is to be undone when an element lets go of the track. */
  readonly #attached = new Map<MediaElement, () => void>();
  #stream: MediaStream | undefined;

  constructor(source: Source, receiver: RTCRtpReceiver, onAttach?: (element: MediaElement) => () => void) {
    this.source = source;
    this.receiver = receiver;
    this.mediaStreamTrack = receiver.track;
    this.#onAttach = onAttach;
  }

  get kind(): 'audio' | 'video' {
    return this.mediaStreamTrack.kind === 'audio' ? 'audio' : 'video';
  }

  /** A stream with this track alone. The browser keeps sound and picture of one member in step all the same. */
  get stream(): MediaStream {
    this.#stream ??= new MediaStream([this.mediaStreamTrack]);
    return this.#stream;
  }

  attach(element: MediaElement): void {
    attachStream(element, this.stream);
    this.#attached.get(element)?.();
    const undo = this.#onAttach?.(element);
    if (undo !== undefined) this.#attached.set(element, undo);
  }

  detach(element: MediaElement): void {
    this.#attached.get(element)?.();
    this.#attached.delete(element);
    if (this.#stream !== undefined) detachStream(element, this.#stream);
  }
}
