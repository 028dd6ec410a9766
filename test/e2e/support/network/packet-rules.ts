import { type Fault, fault } from './fault.js';
import type { Namespace } from './namespace.js';

const TABLE = 'inet madang';

/** What a router drops of the packets that pass through it. */
export class PacketRules {
  readonly #namespace: Namespace;

  constructor(namespace: Namespace) {
    this.#namespace = namespace;
    this.#nft(`add table ${TABLE}`);
    this.#nft(`add chain ${TABLE} passing { type filter hook forward priority 0; policy accept; }`);
  }

  /** Drops every packet that all the conditions hold for, in nftables' words, until mended. */
  drop(...conditions: string[]): Fault {
    const rule = `add rule ${TABLE} passing ${conditions.join(' ')} drop`;
    const told = this.#nft('--echo', '--handle', rule);
    const [, handle] = /# handle (\d+)/.exec(told) ?? [];
    if (handle === undefined) throw new Error(`nftables told no handle of: ${rule}`);
    return fault(() => this.#nft(`delete rule ${TABLE} passing handle ${handle}`));
  }

  #nft(...args: string[]): string {
    return this.#namespace.run('nft', ...args);
  }
}
