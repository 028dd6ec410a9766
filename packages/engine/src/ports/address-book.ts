/** Columns of a row of the address book. */
export const ADDRESS = {
  /** 4 or 6. */
  FAMILY: 0,
  PORT: 1,
  /** The host in network order, 32 bits a column: an IPv4 address in the first alone, the others 0. */
  WORD0: 2,
  WORD1: 3,
  WORD2: 4,
  WORD3: 5,
} as const;

export const ADDRESS_COLUMNS = 6;

/**
 * What the addresses are that the indices in batch tables stand for. An address that somebody holds keeps its index; one
 * that nobody holds may have to make room for another, but not before the call returns that its index came with. An index
 * is never another address's.
 */
export interface AddressBook {
  /** The columns of all addresses. The array may be another one after each call. */
  readonly rows: Int32Array;
  /** Where in `rows` the columns of an address begin; -1 when it had to make room. */
  rowOf(ix: number): number;
  /** The index of an address, entered when it is not there yet; -1 when all there is room for are held. */
  enter(family: number, port: number, word0: number, word1: number, word2: number, word3: number): number;
  /** Keeps an address until it is released as often as it was held. */
  hold(ix: number): void;
  release(ix: number): void;
}
