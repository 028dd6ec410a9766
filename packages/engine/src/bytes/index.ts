export { decodeBase64, encodeBase64 } from './base64.js';
export {
  readU16,
  readU24,
  readU32,
  readU48,
  readU64,
  writeU16,
  writeU24,
  writeU32,
  writeU48,
  writeU64,
} from './big-endian.js';
export { concatBytes } from './concat-bytes.js';
export { type Deadline, DeadlineHeap } from './deadline-heap.js';
export { ExtendedSequence } from './extended-sequence.js';
export { latin1Bytes, latin1Text } from './latin1.js';
export { Ring } from './ring.js';
export { sameBytes } from './same-bytes.js';
export { add16, distance16, isNewer16 } from './serial16.js';
export { add32, distance32, isNewer32 } from './serial32.js';
export { utf8Bytes, utf8Text } from './utf8.js';
