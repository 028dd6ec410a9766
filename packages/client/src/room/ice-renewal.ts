import type { IceServer, Joined } from '@madang/protocol';
import type { Clock } from '../clock.js';

/** What a reply says of STUN and TURN servers. */
export type ToldIceServers = Pick<Joined, 'iceServers' | 'iceServersTtlMs'>;

export interface IceRenewalDeps {
  readonly clock: Clock;
  ask(): Promise<ToldIceServers>;
  use(servers: readonly IceServer[]): void;
}

/** A lifetime shorter than this is no lifetime; and asking again sooner would be a burden on the server. */
const LEAST_MS = 1_000;
/** How soon to ask again when nothing came of it. */
const RETRY_MS = 5_000;

/**
 * Asks for fresh ICE servers when half of the time is over that the credentials of the last ones are good for: connections
 * that are there have the new ones well before they need them.
 */
export class IceRenewal {
  readonly #deps: IceRenewalDeps;
  #timer: unknown;
  /** Answers to questions of an earlier round come too late. */
  #round = 0;

  constructor(deps: IceRenewalDeps) {
    this.#deps = deps;
  }

  /** From now on these hold, for so long. */
  told({ iceServersTtlMs }: ToldIceServers): void {
    this.stop();
    if (iceServersTtlMs !== undefined) this.#arm(Math.max(LEAST_MS, iceServersTtlMs / 2));
  }

  stop(): void {
    this.#round += 1;
    this.#deps.clock.clearTimeout(this.#timer);
  }

  #arm(afterMs: number): void {
    this.#timer = this.#deps.clock.setTimeout(() => void this.#renew(), afterMs);
  }

  async #renew(): Promise<void> {
    const { ask, use } = this.#deps;
    const round = this.#round;
    try {
      const fresh = await ask();
      if (round !== this.#round) return;
      use(fresh.iceServers);
      this.told(fresh);
    } catch {
      if (round === this.#round) this.#arm(RETRY_MS);
    }
  }
}
