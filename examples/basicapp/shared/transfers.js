// How a file on its way looks on the page.
import { put } from './language.js';
import { make } from './make.js';

/** A row with a bar for the file; `show(bytes, waiting)` moves it. */
export function showRow(direction, { name, size }) {
  const bar = make('progress', { max: Math.max(size, 1), value: 0 });
  bar.setAttribute('aria-label', name);
  const state = make('span');
  const row = make('li', {}, make('b', {}, name), bar, state);
  row.dataset.direction = direction;
  document.getElementById('files').append(row);
  let mostWaiting = 0;
  const show = (bytes, waiting = 0) => {
    bar.value = bytes;
    mostWaiting = Math.max(mostWaiting, waiting);
    row.dataset.mostWaiting = mostWaiting;
    put(state, direction === 'sending' ? 'progressSending' : 'progressReceiving', {
      done: kibibytes(bytes),
      all: kibibytes(size),
      waiting: kibibytes(waiting),
    });
  };
  show(0);
  const end = (key) => {
    row.dataset.state = key;
    put(state, key, { all: kibibytes(size), waiting: kibibytes(mostWaiting) });
  };
  return { row, show, end, done: () => end('rowSent'), failed: () => end('rowFailed') };
}

/** Above this many bytes a file goes without a fingerprint, for which it would have to be in memory as a whole. */
const MOST_HASHED_BYTES = 256 * 1024 * 1024;

/**
 * The file that has arrived, as something to download: nothing is stored before somebody presses the link. The two
 * fingerprints are the sender's and our own.
 */
export function showReceived({ row, show, end }, name, file, [theirs, ours]) {
  show(file.size);
  if (theirs === undefined || ours === undefined) end('rowUnchecked');
  else end(theirs === ours ? 'rowReceived' : 'rowDiffers');
  const link = make('a', { href: URL.createObjectURL(file), download: name, className: 'button' });
  put(link, 'save', { name });
  row.append(link);
}

/** The SHA-256 of a file as hexadecimal digits; undefined on insecure pages, which have no `crypto.subtle`. */
export async function sha256(file) {
  if (!crypto.subtle || file.size > MOST_HASHED_BYTES) return undefined;
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const kibibytes = (bytes) => Math.round(bytes / 1024).toLocaleString('en');
