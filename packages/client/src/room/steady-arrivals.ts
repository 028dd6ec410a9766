/**
 * By which receivers something goes on coming in: by now there is a second frame of the picture, or more of the sound. The
 * first may be long ahead of what follows it. True where the browser does not say, lest anybody wait for it. It costs no
 * reading of statistics.
 */
export class SteadyArrivals {
  /** When the first frame was there, by the browser's own clock. */
  readonly #first = new Map<RTCRtpReceiver, number>();
  readonly #steady = new Set<RTCRtpReceiver>();

  has(receiver: RTCRtpReceiver): boolean {
    return this.#steady.has(receiver);
  }

  add(receiver: RTCRtpReceiver): void {
    this.#steady.add(receiver);
  }

  /** Looks again. */
  look(receiver: RTCRtpReceiver): boolean {
    const sources = receiver.getSynchronizationSources?.();
    const newest = sources === undefined ? undefined : Math.max(0, ...sources.map(({ timestamp }) => timestamp));
    if (newest === 0) return false;
    const first = this.#first.get(receiver);
    if (newest !== undefined && first === undefined) this.#first.set(receiver, newest);
    if (newest === undefined || (first !== undefined && newest > first)) this.#steady.add(receiver);
    return this.#steady.has(receiver);
  }

  clear(): void {
    this.#first.clear();
    this.#steady.clear();
  }
}
