/** Where a media thread is reached. */
export interface MediaPlace {
  /** `--bind`: numeric addresses, or none for all. */
  readonly bind: readonly string[];
  /** `--announce`: what other sides are told instead. */
  readonly announce: readonly string[];
  /** UDP and TCP, the same on every address. 0: a free one. */
  readonly port: number;
}
