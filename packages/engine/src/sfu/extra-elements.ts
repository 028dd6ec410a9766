import { readU16, writeU16 } from '../bytes/index.js';
import type { TxTable } from '../ports/index.js';
import {
  EXTENSION,
  type ExtensionIds,
  type ExtensionPlaces,
  ExtensionWriter,
  MOST_REWRITE_BYTES,
  rewriteActiveTargets,
} from '../rtp/index.js';
import type { MediaPacket } from './media-packet.js';

/** What of a publisher's header extensions is for its viewers: the others are between it and us. */
const COPIED = [EXTENSION.AUDIO_LEVEL, EXTENSION.VIDEO_ORIENTATION, EXTENSION.PLAYOUT_DELAY];

/** The column `EXTRA` has eight bits for a length. */
export const MOST_EXTRA_BYTES = 255;
/** The longest element of the one-byte form (RFC 8285 §4.2). */
const LONGEST_SHORT = 16;

/**
 * The header extension elements that go along with a packet, in the inline area of a transmit table: written once for all
 * viewers that have the same numbers for them and get the same.
 */
export class ExtraElements {
  /** Whether the elements written last have the two-byte form. */
  isTwoByte = false;
  readonly #writer = new ExtensionWriter();
  readonly #scratch = new Uint8Array(MOST_EXTRA_BYTES + MOST_REWRITE_BYTES);
  /** How often the inline area was emptied. */
  #epoch = 0;

  /** The inline area was emptied, or what a packet has written there is of no more use. */
  forget(): void {
    this.#epoch = (this.#epoch + 1) | 0;
  }

  /** The column `EXTRA` for a viewer who gets the elements as they came; 0 for none. There have to be 255 bytes of room. */
  copied(packet: MediaPacket, ids: ExtensionIds, tx: TxTable): number {
    if (packet.extraIds === ids && packet.extraEpoch === this.#epoch) {
      this.isTwoByte = packet.isExtraTwoByte;
      return packet.extraColumn;
    }
    const { places } = packet;
    const at = places.at(EXTENSION.DEPENDENCY_DESCRIPTOR);
    const length = at < 0 ? 0 : places.lengthOf(EXTENSION.DEPENDENCY_DESCRIPTOR);
    packet.extraColumn = this.#write(packet.slab, places, ids, tx, packet.slab, at, length);
    packet.extraIds = ids;
    packet.extraEpoch = this.#epoch;
    packet.isExtraTwoByte = this.isTwoByte;
    return packet.extraColumn;
  }

  /**
   * The same for one who sees frame numbers `shift` further on, and gets only some targets: `activeTargets` has a bit for
   * each; 0: as it came.
   */
  described(packet: MediaPacket, ids: ExtensionIds, tx: TxTable, shift: number, activeTargets: number): number {
    const { places, slab, descriptor } = packet;
    const at = places.at(EXTENSION.DEPENDENCY_DESCRIPTOR);
    let length = places.lengthOf(EXTENSION.DEPENDENCY_DESCRIPTOR);
    if (length > MOST_EXTRA_BYTES) return this.copied(packet, ids, tx);
    if (activeTargets !== 0) length = rewriteActiveTargets(slab, at, descriptor, activeTargets, this.#scratch, 0);
    else for (let ix = 0; ix < length; ix++) this.#scratch[ix] = slab[at + ix]!;
    writeU16(this.#scratch, 1, (readU16(slab, at + 1) + shift) & 0xffff);
    return this.#write(slab, places, ids, tx, this.#scratch, 0, length);
  }

  #write(
    slab: Uint8Array,
    places: ExtensionPlaces,
    ids: ExtensionIds,
    tx: TxTable,
    descriptor: Uint8Array,
    descriptorAt: number,
    descriptorBytes: number,
  ): number {
    this.isTwoByte = descriptorBytes > LONGEST_SHORT;
    const writer = this.#writer;
    writer.begin(tx.inline, tx.inlineBytes, MOST_EXTRA_BYTES, this.isTwoByte ? 'two-byte' : 'one-byte');
    for (let ix = 0; ix < COPIED.length; ix++) {
      const at = places.at(COPIED[ix]!);
      if (at >= 0) writer.copy(ids.idOf(COPIED[ix]!), slab, at, places.lengthOf(COPIED[ix]!));
    }
    const id = ids.idOf(EXTENSION.DEPENDENCY_DESCRIPTOR);
    if (descriptorBytes > 0) writer.copy(id, descriptor, descriptorAt, descriptorBytes);
    if (writer.length === 0) return 0;
    const column = tx.inlineBytes * 256 + writer.length;
    tx.inlineBytes += writer.length;
    return column;
  }
}
