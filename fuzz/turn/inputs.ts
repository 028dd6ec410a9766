import type { SeededRandom } from '@madang/testkit';
import { concatBytes, writeU16, writeU32 } from '../../packages/engine/src/bytes/index.js';

const MAGIC_COOKIE = 0x2112_a442;
const METHODS = [0x0001, 0x0003, 0x0004, 0x0006, 0x0007, 0x0008, 0x0009, 0x000a, 0x000b, 0x000c] as const;
const CLASSES = [0x000, 0x010, 0x100, 0x110] as const;
const TYPES = [
  0x0001, 0x0006, 0x0008, 0x0009, 0x000a, 0x000c, 0x000d, 0x0010, 0x0012, 0x0013, 0x0014, 0x0015, 0x0016, 0x0017,
  0x0018, 0x0019, 0x001a, 0x001c, 0x001d, 0x001e, 0x0020, 0x0022, 0x0024, 0x0025, 0x002a, 0x8000, 0x8001, 0x8002,
  0x8004, 0x8022, 0x8028, 0x8029, 0x802a,
] as const;
const LENGTHS = [0, 1, 2, 3, 4, 8, 12, 16, 20, 32, 40] as const;

function bytesOf(random: SeededRandom, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) bytes[at] = random.uint32();
  return bytes;
}

/** Any bytes at all, short ones more often. */
export function noise(random: SeededRandom): Uint8Array {
  return bytesOf(random, random.chance(0.9) ? random.below(64) : random.below(1_500));
}

/** A message with a right header and attributes of known types with any values; lengths lie now and then. */
export function stunLike(random: SeededRandom): Uint8Array {
  const room = new Uint8Array(20 + 8 * 44);
  let end = 20;
  for (let count = random.below(8); count > 0; count--) {
    const length = random.pick(LENGTHS);
    writeU16(room, end, random.chance(0.9) ? random.pick(TYPES) : random.below(0x1_0000));
    writeU16(room, end + 2, random.chance(0.95) ? length : random.below(0x1_0000));
    for (let at = end + 4; at < end + 4 + length; at++) room[at] = random.uint32();
    end += 4 + ((length + 3) & ~3);
  }
  writeU16(room, 0, random.pick(METHODS) | random.pick(CLASSES));
  writeU16(room, 2, random.chance(0.95) ? end - 20 : random.below(0x1_0000));
  writeU32(room, 4, MAGIC_COOKIE);
  for (let at = 8; at < 20; at++) room[at] = random.uint32();
  return room.slice(0, end);
}

/** ChannelData on a channel that is likely bound; its length lies now and then. */
export function channelLike(random: SeededRandom): Uint8Array {
  const length = random.below(40);
  const told = random.chance(0.8) ? length : random.below(0x1_0000);
  return concatBytes(Uint8Array.of(0x40, random.below(4), told >> 8, told), bytesOf(random, length));
}

/** A message that was right until a few of its bytes were changed, cut off, doubled or put elsewhere. */
export function mutated(random: SeededRandom, whole: Uint8Array): Uint8Array {
  let bytes: Uint8Array = whole.slice();
  for (let count = 1 + random.below(4); count > 0; count--) {
    const at = random.below(bytes.length + 1);
    const way = random.below(5);
    if (way === 0) bytes[at] = random.uint32();
    else if (way === 1) bytes[at]! ^= 1 << random.below(8);
    else if (way === 2) bytes = bytes.slice(0, at);
    else if (way === 3) bytes = concatBytes(bytes.subarray(0, at), bytes.subarray(random.below(at + 1)));
    else bytes.set(bytes.slice(random.below(bytes.length + 1)).subarray(0, bytes.length - at), at);
  }
  return bytes.subarray(0, 1_500);
}
