import type { Source } from '@madang/protocol';
import { kindOf } from '../sources.js';
import type { EncodedFrame } from './encoded-frame.js';
import { ENCRYPTED_CODECS, huskBytes, huskOf } from './husk.js';
import { OpeningKeys } from './opening-keys.js';
import { SealingKey } from './sealing-key.js';

/** Part of what is proven with each frame: nobody can show a member's screen as its face. */
const SOURCE_BYTES: Readonly<Record<Source, number>> = { microphone: 1, camera: 2, screen: 3, 'screen-audio': 4 };

/** Encrypts what is sent, and decrypts what comes. Whatever can't be is dropped: both answer with false. */
export class FrameCipher {
  readonly #roomKeys = new Map<number, Uint8Array>();
  #generation = 0;
  #self: string | undefined;
  #sealing: SealingKey | undefined;
  readonly #opening = new Map<string, OpeningKeys>();

  /** The room's first key, or a later one. The one before stays good for what was sent with it. */
  setKey(roomKey: Uint8Array, generation: number): void {
    this.#roomKeys.set(generation, roomKey);
    for (const older of this.#roomKeys.keys()) {
      if (older !== generation && older !== this.#generation) this.#roomKeys.delete(older);
    }
    this.#generation = generation;
    if (this.#sealing !== undefined) this.#sealing.renew(roomKey, generation);
    else this.#begin();
  }

  /** Under which id one is in the room: a membership anew has keys of its own. */
  setSelf(member: string): void {
    this.#self = member;
    this.#sealing = undefined;
    this.#opening.clear();
    this.#begin();
  }

  /** Somebody came, or went. */
  ratchet(): void {
    this.#sealing?.ratchet();
  }

  forget(member: string): void {
    this.#opening.delete(member);
  }

  /** Puts the encrypted frame, in its husk, in the place of the clear one. */
  async seal(frame: EncodedFrame, source: Source): Promise<boolean> {
    const kind = kindOf(source);
    const plain = new Uint8Array(frame.data);
    const husk = huskOf(kind, plain);
    if (this.#sealing === undefined || husk === null || !isExpected(frame, kind)) return false;
    const sealed = await this.#sealing.seal(metadataOf(source, husk), plain);
    const whole = new Uint8Array(husk.length + sealed.length);
    whole.set(husk);
    whole.set(sealed, husk.length);
    frame.data = whole.buffer;
    return true;
  }

  /** Puts the clear frame in the place of the encrypted one. */
  async open(frame: EncodedFrame, member: string, source: Source): Promise<boolean> {
    const kind = kindOf(source);
    const data = new Uint8Array(frame.data);
    const bytes = huskBytes(kind, data);
    if (data.length < bytes || !isExpected(frame, kind)) return false;
    const plain = await this.#keysOf(member).open(metadataOf(source, data.subarray(0, bytes)), data.subarray(bytes));
    if (plain === null) return false;
    frame.data = plain.buffer;
    return true;
  }

  #begin(): void {
    const roomKey = this.#roomKeys.get(this.#generation);
    if (roomKey === undefined || this.#self === undefined) return;
    this.#sealing = new SealingKey(roomKey, this.#generation, this.#self);
  }

  #keysOf(member: string): OpeningKeys {
    const known = this.#opening.get(member);
    if (known !== undefined) return known;
    const keys = new OpeningKeys(member, this.#roomKeys);
    this.#opening.set(member, keys);
    return keys;
  }
}

/** Another codec would need another husk. */
function isExpected(frame: EncodedFrame, kind: 'audio' | 'video'): boolean {
  const mimeType = frame.getMetadata?.().mimeType;
  return mimeType === undefined || mimeType === '' || mimeType.toLowerCase() === ENCRYPTED_CODECS[kind];
}

function metadataOf(source: Source, husk: Uint8Array): Uint8Array {
  return Uint8Array.from([SOURCE_BYTES[source], ...husk]);
}
