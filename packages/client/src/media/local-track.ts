import type { Source } from '@madang/protocol';
import { attachStream, detachStream, type MediaElement } from './element.js';
import type { ProcessedTrack } from './track-processor.js';

/** One of one's own sources. The object stays the same while its device is switched, muted, processed and reopened. */
export class LocalTrack {
  readonly source: Source;
  #device: MediaStreamTrack;
  #processed: ProcessedTrack | undefined;
  #muted = false;
  #stream: MediaStream | undefined;
  readonly #elements = new Set<MediaElement>();

  constructor(source: Source, device: MediaStreamTrack, processed?: ProcessedTrack) {
    this.source = source;
    this.#device = device;
    this.#processed = processed;
  }

  get kind(): 'audio' | 'video' {
    return this.#device.kind === 'audio' ? 'audio' : 'video';
  }

  /** What is sent and shown; another one after a switch of device or processor. Ended while a camera is muted. */
  get mediaStreamTrack(): MediaStreamTrack {
    return this.#processed?.track ?? this.#device;
  }

  /** The track as the device gives it, before any processor. Measure it, but leave it as it is. */
  get deviceTrack(): MediaStreamTrack {
    return this.#device;
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** The device it comes from; undefined for screens and where the browser does not say. */
  get deviceId(): string | undefined {
    return this.#device.getSettings().deviceId;
  }

  /** A stream with this track alone; another object after a switch of the device. */
  get stream(): MediaStream {
    this.#stream ??= new MediaStream([this.mediaStreamTrack]);
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

  /** @internal `LocalMedia` puts the newly opened device in; what was there is released. */
  replace(device: MediaStreamTrack, processed?: ProcessedTrack): void {
    const [before, run] = [this.#device, this.#processed];
    this.#device = device;
    this.#processed = processed;
    this.#stream = undefined;
    for (const element of this.#elements) attachStream(element, this.stream);
    run?.close();
    if (before !== device) before.stop();
  }

  /** @internal */
  setMuted(muted: boolean): void {
    this.#muted = muted;
  }

  /** @internal Silence, or sound again, from a device that stays open. */
  setEnabled(enabled: boolean): void {
    this.#device.enabled = enabled;
    if (this.#processed !== undefined) this.#processed.track.enabled = enabled;
  }

  /** @internal Ends the browser's track, and so releases the device. */
  release(): void {
    this.#device.stop();
    this.#processed?.close();
    this.#processed = undefined;
  }
}
