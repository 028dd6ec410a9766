/** That a host may be a peer of an allocation. Of a family 4 or 6; the words are those of the address book. */
export interface Permission {
  readonly family: number;
  readonly word0: number;
  readonly word1: number;
  readonly word2: number;
  readonly word3: number;
  /** From this time on it is none any more. */
  expiresAtMs: number;
  /** Channels that look at it: it stays, even when expired, until they are gone. */
  channels: number;
  next: Permission | null;
}

/** How long one lasts, neither more nor less (RFC 8656 §9). */
export const PERMISSION_MS = 300_000;

/** The permissions of an allocation (RFC 8656 §9). Cost: `find` in O(1) and without allocation. */
export class Permissions {
  readonly #byHash = new Map<number, Permission>();
  #size = 0;

  /** Expired ones count until they are swept. */
  get size(): number {
    return this.#size;
  }

  /** The permission of a host, which may have expired. */
  find(family: number, word0: number, word1: number, word2: number, word3: number): Permission | null {
    let permission = this.#byHash.get(hash(word0, word1, word2, word3)) ?? null;
    while (permission !== null && !isOf(permission, family, word0, word1, word2, word3)) permission = permission.next;
    return permission;
  }

  /** Gives the host a permission until `expiresAtMs`, or makes the one it has last as long. */
  refresh(
    family: number,
    [word0, word1, word2, word3]: readonly [number, number, number, number],
    expiresAtMs: number,
  ): Permission {
    const existing = this.find(family, word0, word1, word2, word3);
    if (existing !== null) {
      existing.expiresAtMs = expiresAtMs;
      return existing;
    }
    const key = hash(word0, word1, word2, word3);
    const next = this.#byHash.get(key) ?? null;
    const added: Permission = { family, word0, word1, word2, word3, expiresAtMs, channels: 0, next };
    this.#byHash.set(key, added);
    this.#size++;
    return added;
  }

  /** Forgets those that have expired and no channel looks at; with `family`, all of that family. */
  sweep(now: number, family?: number): void {
    for (const [key, first] of this.#byHash) {
      let kept: Permission | null = null;
      for (let permission: Permission | null = first; permission !== null; ) {
        const next: Permission | null = permission.next;
        const isOver = permission.family === family || (permission.expiresAtMs <= now && permission.channels === 0);
        if (isOver) this.#size--;
        else {
          permission.next = kept;
          kept = permission;
        }
        permission = next;
      }
      if (kept === null) this.#byHash.delete(key);
      else this.#byHash.set(key, kept);
    }
  }

  /** When the next one expires that a sweep would forget; infinite when there is none. */
  nextAt(): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const first of this.#byHash.values()) {
      for (let permission: Permission | null = first; permission !== null; permission = permission.next) {
        if (permission.channels === 0) earliest = Math.min(earliest, permission.expiresAtMs);
      }
    }
    return earliest;
  }
}

function hash(word0: number, word1: number, word2: number, word3: number): number {
  return word0 ^ Math.imul(word1, 0x9e37_79b1) ^ Math.imul(word2, 0x85eb_ca77) ^ Math.imul(word3, 0xc2b2_ae3d);
}

function isOf(
  permission: Permission,
  family: number,
  word0: number,
  word1: number,
  word2: number,
  word3: number,
): boolean {
  return (
    permission.word0 === word0 &&
    permission.word3 === word3 &&
    permission.word1 === word1 &&
    permission.word2 === word2 &&
    permission.family === family
  );
}
