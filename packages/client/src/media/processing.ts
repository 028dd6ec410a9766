import type { ProcessedTrack, TrackProcessor } from './track-processor.js';

export type DeviceSource = 'microphone' | 'camera';

/** Which processor each device goes through. */
export class Processing {
  readonly #processors = new Map<DeviceSource, TrackProcessor>();
  readonly #onFailed: (source: DeviceSource, error: unknown) => void;

  constructor(onFailed: (source: DeviceSource, error: unknown) => void) {
    this.#onFailed = onFailed;
  }

  set(source: DeviceSource, processor: TrackProcessor | null): void {
    if (processor === null) this.#processors.delete(source);
    else this.#processors.set(source, processor);
  }

  /** What the processor of this source makes of `input`; undefined without one. Refuses with what it refused with. */
  async run(source: DeviceSource, input: MediaStreamTrack): Promise<ProcessedTrack | undefined> {
    const processed = await this.#processors.get(source)?.process(input);
    if (processed !== undefined) processed.track.enabled = input.enabled;
    return processed;
  }

  /** As `run`, but a processor that can't do its work is taken out, and the device used as it is. */
  async runIfAble(source: DeviceSource, input: MediaStreamTrack): Promise<ProcessedTrack | undefined> {
    try {
      return await this.run(source, input);
    } catch (error) {
      this.set(source, null);
      this.#onFailed(source, error);
      return undefined;
    }
  }
}
