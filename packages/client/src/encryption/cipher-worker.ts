import type { CipherWorker } from './media-cipher.js';

/** The worker of this package, from a file of the page's own origin: no content security policy has to be widened. */
export function cipherWorker(): CipherWorker {
  return new Worker(new URL('./frame-worker.js', import.meta.url), { type: 'module', name: 'madang-encryption' });
}
