/** Columns of a row of the address book. */
export const ADDRESS = {
  /** 4 or 6; 0 where no address stands. */
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
 * The table of remote addresses that rows of the batch tables point into. An address has one index for as long as
 * somebody holds it; an index that nobody holds is good until the call that it came with returns.
 */
export interface AddressBook {
  /** `ADDRESS_COLUMNS` for each index. The array may be another one after `enter`. */
  readonly rows: Int32Array;
  /** The index of an address, entered when it is not there yet; -1 when every index is held. */
  enter(family: number, port: number, word0: number, word1: number, word2: number, word3: number): number;
  /** Keeps what stands at `ix` until it is released as often as it was held. */
  hold(ix: number): void;
  release(ix: number): void;
}
