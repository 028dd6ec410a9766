import type { Source } from '@madang/protocol';
import { attachStream, detachStream, type MediaElement } from './element.js';

/** One of one's own sources. The object stays the same while its device is switched, muted and reopened. */
export class LocalTrack {
  readonly source: Source;
  #track: MediaStreamTrack;
  #muted = false;
  #stream: MediaStream | undefined;
  readonly #elements = new Set<MediaElement>();

  constructor(source: Source, track: MediaStreamTrack) {
    this.source = source;
    this.#track = track;
  }

  get kind(): 'audio' | 'video' {
    return this.#track.kind === 'audio' ? 'audio' : 'video';
  }

  /** The browser's track; another one after a switch of the device. Ended while a camera is muted. */
  get mediaStreamTrack(): MediaStreamTrack {
    return this.#track;
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** The device it comes from; undefined for screens and where the browser does not say. */
  get deviceId(): string | undefined {
    return this.#track.getSettings().deviceId;
  }

  /** A stream with this track alone; another object after a switch of the device. */
  get stream(): MediaStream {
    this.#stream ??= new MediaStream([this.#track]);
    return this.#stream;
  }

  /** Shows the track in `element` until `detach`, through every switch of the device. */
  attach(element: MediaElement): void {
    this.#elements.add(element);
    attachStream(element, this.stream);
  }

  detach(element: MediaElement): void {
    this.#elements.delete(element);
    if (this.#stream !== undefined) detachStream(element, this.#stream);
  }

  /** @internal `LocalMedia` puts the newly opened device in. */
  replace(track: MediaStreamTrack): void {
    this.#track = track;
    this.#stream = undefined;
    for (const element of this.#elements) attachStream(element, this.stream);
  }

  /** @internal */
  setMuted(muted: boolean): void {
    this.#muted = muted;
  }

  /** @internal Ends the browser's track, and so releases the device. */
  release(): void {
    this.#track.stop();
  }
}
