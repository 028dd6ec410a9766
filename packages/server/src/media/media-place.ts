/** Where a media thread is reached, and how much of a room it forwards. */
export interface MediaPlace {
  /** `--bind`: numeric addresses, or none for all. */
  readonly bind: readonly string[];
  /** `--announce`: what other sides are told instead. */
  readonly announce: readonly string[];
  /** UDP and TCP, the same on every address. 0: a free one. */
  readonly port: number;
  /** Of how many members of a room sound is forwarded at one time, the loudest; absent for all. */
  readonly lastN?: number;
}
