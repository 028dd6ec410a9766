export { cipherWorker } from './cipher-worker.js';
export { type EncryptionWay, encryptionWay } from './encryption-way.js';
export { type CipherWorker, type EncryptionState, MediaCipher } from './media-cipher.js';
export { compareCodeOf, ROOM_KEY_BYTES, roomKeyOf } from './room-key.js';
