export { cipherWorker } from './cipher-worker.js';
export { encryptionWay } from './encryption-way.js';
export type { CipherWorker, EncryptionState, MediaCipher } from './media-cipher.js';
export { type EncryptionWish, RoomEncryption } from './room-encryption.js';
