import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** As many as OWASP asks for with SHA-256: a passphrase that somebody has thought of is guessed no faster. */
const ITERATIONS = 600_000;
export const ROOM_KEY_BYTES = 32;
const CODE_DIGITS = 8;

/** The key of a room from what stands behind the `#` of its link. The room's name is the salt. Takes some 100 ms. */
export async function roomKeyOf(passphrase: string, room: string): Promise<Uint8Array> {
  const secret = bytesOf(passphrase.normalize('NFC'));
  const material = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveBits']);
  const salt = bytesOf(`madang encryption 1 ${room.normalize('NFC')}`);
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ITERATIONS };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, material, 8 * ROOM_KEY_BYTES));
}

/** What one run of one member derives its keys from. Nobody else in the room ever encrypts with them. */
export function senderKeyOf(roomKey: Uint8Array, member: string, session: bigint): Uint8Array {
  return derived(roomKey, `madang sender 1 ${session} ${member}`, 32);
}

/** Eight digits that are the same for everyone who has the same key, and almost surely others for another key. */
export function compareCodeOf(roomKey: Uint8Array): string {
  const view = new DataView(new Uint8Array(derived(roomKey, 'madang compare 1', 8)).buffer);
  const digits = String(view.getBigUint64(0) % 10n ** BigInt(CODE_DIGITS)).padStart(CODE_DIGITS, '0');
  return `${digits.slice(0, 4)} ${digits.slice(4)}`;
}

function derived(key: Uint8Array, purpose: string, bytes: number): Uint8Array {
  return expand(sha256, extract(sha256, key, new Uint8Array()), bytesOf(purpose), bytes);
}

function bytesOf(value: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(value);
}
