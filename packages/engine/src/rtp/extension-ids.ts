import { EXTENSION_COUNT } from './extension.js';

/** By which number each extension was negotiated with one peer (`a=extmap`). */
export class ExtensionIds {
  readonly #extensionOf = new Int8Array(256).fill(-1);
  readonly #idOf = new Uint8Array(EXTENSION_COUNT);

  /**
   * `extension` is one of `EXTENSION`, `id` from 1 to 255 without 15, which ends the one-byte form (RFC 8285 §4.2). False,
   * and nothing changes, for another number, or one that is another extension's already: a section of a bundle has to
   * agree with its neighbours (RFC 8843 §9.2).
   */
  set(extension: number, id: number): boolean {
    if (!Number.isInteger(id) || id < 1 || id > 255 || id === 15) return false;
    const taken = this.#extensionOf[id]!;
    if (taken !== -1 && taken !== extension) return false;
    if (this.#idOf[extension] !== 0) this.#extensionOf[this.#idOf[extension]!] = -1;
    this.#extensionOf[id] = extension;
    this.#idOf[extension] = id;
    return true;
  }

  /** One of `EXTENSION`; -1 for a number that means nothing here. */
  extensionOf(id: number): number {
    return this.#extensionOf[id]!;
  }

  /** 0 when it was not negotiated. */
  idOf(extension: number): number {
    return this.#idOf[extension]!;
  }
}
