// Keys of the bench: random SRTP master keys, and the session keys that follow from them (RFC 3711 §4.3.1).
import { createCipheriv, randomBytes } from 'node:crypto';

const KEY_BYTES = 16;
const SALT_BYTES = 12;
const LABEL = { key: 0, salt: 2 };

/** Master key and salt of AEAD_AES_128_GCM, one behind the other: 28 bytes. */
export const masterSecret = () => randomBytes(KEY_BYTES + SALT_BYTES);

/** AES in counter mode over (salt XOR label), the salt padded to 14 bytes on the right (RFC 7714 §11). */
function derive(master, label, length) {
  const iv = Buffer.alloc(16);
  master.copy(iv, 0, KEY_BYTES);
  iv[7] ^= label;
  const cipher = createCipheriv('aes-128-ctr', master.subarray(0, KEY_BYTES), iv);
  return cipher.update(Buffer.alloc(length));
}

/** Session key and salt, one behind the other: 28 bytes. */
export function sessionSecret(master) {
  return Buffer.concat([derive(master, LABEL.key, KEY_BYTES), derive(master, LABEL.salt, SALT_BYTES)]);
}
