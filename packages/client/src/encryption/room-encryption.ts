import { Emitter } from '../emitter.js';
import { localError } from '../madang-error.js';
import type { EncryptionWay } from './encryption-way.js';
import { MOST_GENERATIONS } from './key-id.js';
import { type CipherWorker, type EncryptionState, MediaCipher } from './media-cipher.js';
import { compareCodeOf, ROOM_KEY_BYTES, roomKeyOf } from './room-key.js';

/**
 * What a room's media are to be encrypted with: a passphrase, of which all derive the same key, or a key of 32 bytes that
 * the program brings to its members itself, and which may be followed by others (`generation`, from 0 and up to 255).
 */
export type EncryptionWish =
  | { readonly passphrase: string }
  | { readonly key: Uint8Array; readonly generation?: number };

export interface RoomEncryptionDeps {
  readonly way: EncryptionWay | undefined;
  readonly openWorker: () => CipherWorker;
}

/** Whether the media of a room are encrypted end to end, and by what. Decided anew by each `connect`. */
export class RoomEncryption extends Emitter<{ state: [memberId: string] }> {
  readonly #deps: RoomEncryptionDeps;
  #cipher: MediaCipher | undefined;
  #code: string | undefined;

  constructor(deps: RoomEncryptionDeps) {
    super();
    this.#deps = deps;
  }

  /** What every connection has to lead its media through; undefined where they stay clear. */
  get cipher(): MediaCipher | undefined {
    return this.#cipher;
  }

  /** Eight digits for people to compare: who shows the same has the same key. */
  get code(): string | undefined {
    return this.#code;
  }

  /** Refuses with `encryption_unsupported` where this browser can't, and with `bad_request` for what is no key. */
  async prepare(wish: EncryptionWish, room: string): Promise<void> {
    this.close();
    const { way, openWorker } = this.#deps;
    if (way === undefined) throw localError('encryption_unsupported');
    const key = 'key' in wish ? wish.key : await roomKeyOf(wish.passphrase, room);
    const generation = 'key' in wish ? (wish.generation ?? 0) : 0;
    checkKey(key, generation);
    const cipher = new MediaCipher(way, openWorker());
    cipher.on('state', (member) => this.emit('state', member));
    this.#cipher = cipher;
    this.setKey(key, generation);
  }

  /** The next key of the room. What was sent with the one before can be read for a while still. */
  setKey(key: Uint8Array, generation: number): void {
    checkKey(key, generation);
    this.#cipher?.setKey(key, generation);
    this.#code = compareCodeOf(key);
  }

  /** Undefined where nothing is encrypted. */
  stateOf(member: string): EncryptionState | undefined {
    return this.#cipher?.stateOf(member);
  }

  close(): void {
    this.#cipher?.close();
    this.#cipher = undefined;
    this.#code = undefined;
  }
}

function checkKey(key: Uint8Array, generation: number): void {
  const isCount = Number.isInteger(generation) && generation >= 0 && generation < MOST_GENERATIONS;
  if (key.length !== ROOM_KEY_BYTES) throw localError('bad_request', `a key has ${ROOM_KEY_BYTES} bytes`);
  if (!isCount) throw localError('bad_request', `a generation is from 0 to ${MOST_GENERATIONS - 1}`);
}
