import { BlockPool } from '../../src/sctp/index.js';

/** Knows how many blocks are in use. */
export class CountedPool extends BlockPool {
  inUse = 0;

  override take(): Uint8Array {
    this.inUse++;
    return super.take();
  }

  override give(block: Uint8Array): void {
    this.inUse--;
    super.give(block);
  }
}
