import { KIND, type KindName } from './ports/index.js';

/** Why a datagram was dropped. `malformed`: its row names bytes that are not there. */
export type DropReason = 'malformed' | 'no_endpoint';

const KIND_NAMES = Object.keys(KIND) as KindName[];

/** How many datagrams came, by kind, and how many were dropped, by reason. */
export class PacketCounts {
  readonly #byKind = new Float64Array(KIND_NAMES.length);
  readonly #dropped: Record<DropReason, number> = { malformed: 0, no_endpoint: 0 };

  /** `kind` is one of `KIND`. */
  received(kind: number): void {
    this.#byKind[kind]!++;
  }

  dropped(reason: DropReason): void {
    this.#dropped[reason]++;
  }

  /** A copy, by name. */
  snapshot(): { readonly received: Record<KindName, number>; readonly dropped: Record<DropReason, number> } {
    const received = Object.fromEntries(KIND_NAMES.map((name) => [name, this.#byKind[KIND[name]]]));
    return { received: received as Record<KindName, number>, dropped: { ...this.#dropped } };
  }
}
