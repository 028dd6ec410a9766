import type { ByteRate } from './byte-rate.js';

/** What all allocations of one user share. */
export interface Account {
  readonly name: string;
  readonly rate: ByteRate;
  allocations: number;
}
