import { MOST_GENERATIONS, MOST_STEPS, readKeyId, writeKeyId } from './key-id.js';
import { ReplayWindow } from './replay-window.js';
import { senderKeyOf } from './room-key.js';
import { openSframe } from './sframe.js';
import { readSframeHeader } from './sframe-header.js';
import { ratchet, SFRAME_SUITES, type SframeKey, sframeKey } from './sframe-key.js';

const SUITE = SFRAME_SUITES.AES_128_GCM_SHA256_128;
/** Keys of one member that are kept: the present one, and those before for what is late. */
const KEPT = 4;
/** Keys that somebody speaks of, and no frame has shown to be right. */
const UNPROVEN_KEPT = 4;

interface Candidate {
  readonly key: SframeKey;
  readonly base: Uint8Array;
  readonly seen: ReplayWindow;
}

/** The farthest that a member is known to be. */
interface Chain {
  readonly session: bigint;
  readonly generation: number;
  readonly step: number;
  readonly base: Uint8Array;
}

export type RoomKeys = ReadonlyMap<number, Uint8Array>;

/**
 * What the frames of one member are opened with. The member says by the key id how far it has ratcheted, and is followed
 * there; what is believed of it, only a frame that could be opened has shown.
 */
export class OpeningKeys {
  readonly #member: string;
  readonly #roomKeys: RoomKeys;
  readonly #proven = new Map<bigint, Candidate>();
  readonly #unproven = new Map<bigint, Promise<Candidate | null>>();
  #chain: Chain | undefined;

  constructor(member: string, roomKeys: RoomKeys) {
    this.#member = member;
    this.#roomKeys = roomKeys;
  }

  /** The frame, or null if it is another's, altered, cut short or old, or if its key is not here. */
  async open(metadata: Uint8Array, frame: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null> {
    const header = readSframeHeader(frame);
    if (header === null) return null;
    const candidate = await this.#candidate(header.kid);
    if (candidate === null || !candidate.seen.isFresh(header.counter)) return null;
    const plain = await openSframe(candidate.key, header, metadata, frame);
    // Asked again: two frames of one counter may have been opened side by side.
    if (plain === null || !candidate.seen.isFresh(header.counter)) return null;
    candidate.seen.note(header.counter);
    this.#prove(header.kid, candidate);
    return plain;
  }

  #candidate(kid: bigint): Candidate | Promise<Candidate | null> {
    const known = this.#proven.get(kid) ?? this.#unproven.get(kid);
    if (known !== undefined) return known;
    const derived = this.#derive(kid);
    this.#unproven.set(kid, derived);
    forgetOldest(this.#unproven, UNPROVEN_KEPT);
    return derived;
  }

  async #derive(kid: bigint): Promise<Candidate | null> {
    const start = this.#start(kid);
    if (start === null) return null;
    const { step } = readKeyId(kid);
    let { base } = start;
    for (let at = start.step; at < step; at += 1) base = ratchet(SUITE, base);
    return { key: await sframeKey(SUITE, base, kid), base, seen: new ReplayWindow() };
  }

  /** From where the key of `kid` can be reached; null where there is no way, or no way back. */
  #start(kid: bigint): { readonly base: Uint8Array; readonly step: number } | null {
    const { session, generation, step } = readKeyId(kid);
    const chain = this.#chain;
    if (step > MOST_STEPS || writeKeyId({ session, generation, step }) !== kid) return null;
    if (chain !== undefined) {
      // One membership is one run of one sender: whatever else is said in its name was recorded before.
      if (session !== chain.session || isOlder(generation, chain.generation)) return null;
      if (generation === chain.generation) return step < chain.step ? null : chain;
    }
    const roomKey = this.#roomKeys.get(generation);
    return roomKey === undefined ? null : { base: senderKeyOf(roomKey, this.#member, session), step: 0 };
  }

  /** A frame under `kid` was opened. */
  #prove(kid: bigint, candidate: Candidate): void {
    if (this.#proven.has(kid)) return;
    this.#unproven.delete(kid);
    this.#proven.set(kid, candidate);
    forgetOldest(this.#proven, KEPT);
    this.#chain = { ...readKeyId(kid), base: candidate.base };
  }
}

function forgetOldest(keys: Map<bigint, unknown>, most: number): void {
  const [oldest] = keys.keys();
  if (keys.size > most && oldest !== undefined) keys.delete(oldest);
}

/** Generations count in a circle. */
function isOlder(generation: number, than: number): boolean {
  const behind = (than - generation + MOST_GENERATIONS) % MOST_GENERATIONS;
  return behind > 0 && behind < MOST_GENERATIONS / 2;
}
