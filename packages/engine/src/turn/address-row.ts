import { readU32, writeU32 } from '../bytes/index.js';
import { ADDRESS, type AddressBook } from '../ports/index.js';
import { familyOf, type TransportAddress } from '../stun/index.js';

/** The four words of a host as they stand in the address book. */
export function hostWords(host: Uint8Array): [number, number, number, number] {
  const word = (ix: number) => (4 * ix < host.length ? readU32(host, 4 * ix) | 0 : 0);
  return [word(0), word(1), word(2), word(3)];
}

/** The address at an index of the book; null when it had to make room. */
export function addressAt(book: AddressBook, ix: number): TransportAddress | null {
  const at = book.rowOf(ix);
  if (at < 0) return null;
  const host = new Uint8Array(book.rows[at + ADDRESS.FAMILY] === 4 ? 4 : 16);
  for (let word = 0; 4 * word < host.length; word++) writeU32(host, 4 * word, book.rows[at + ADDRESS.WORD0 + word]!);
  return { host, port: book.rows[at + ADDRESS.PORT]! };
}

/** The index of an address in the book, entered if it is new; -1 when the book is full. */
export function enterAddress(book: AddressBook, { host, port }: TransportAddress): number {
  return book.enter(familyOf(host), port, ...hostWords(host));
}
