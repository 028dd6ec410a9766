import { drawSession, MOST_STEPS, writeKeyId } from './key-id.js';
import { senderKeyOf } from './room-key.js';
import { sealSframe } from './sframe.js';
import { ratchet, SFRAME_SUITES, type SframeKey, sframeKey } from './sframe-key.js';

const SUITE = SFRAME_SUITES.AES_128_GCM_SHA256_128;

/** What one member encrypts all of its streams with, from its joining on. One counter for all of them. */
export class SealingKey {
  readonly #member: string;
  readonly #session = drawSession();
  #generation: number;
  #base: Uint8Array;
  #step = 0;
  #counter = 0n;
  #key: Promise<SframeKey>;

  constructor(roomKey: Uint8Array, generation: number, member: string) {
    this.#member = member;
    this.#generation = generation;
    this.#base = senderKeyOf(roomKey, member, this.#session);
    this.#key = this.#derive();
  }

  /** Somebody came or went: from now on with a key that does not lead back to the one before. */
  ratchet(): void {
    if (this.#step >= MOST_STEPS) return;
    const before = this.#base;
    this.#base = ratchet(SUITE, before);
    before.fill(0);
    this.#step += 1;
    this.#key = this.#derive();
  }

  /** The room has another key. */
  renew(roomKey: Uint8Array, generation: number): void {
    this.#generation = generation;
    this.#base = senderKeyOf(roomKey, this.#member, this.#session);
    this.#step = 0;
    this.#key = this.#derive();
  }

  async seal(metadata: Uint8Array, plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    const counter = this.#counter;
    this.#counter += 1n;
    return sealSframe(await this.#key, counter, metadata, plain);
  }

  #derive(): Promise<SframeKey> {
    const id = { session: this.#session, generation: this.#generation, step: this.#step };
    return sframeKey(SUITE, this.#base, writeKeyId(id));
  }
}
