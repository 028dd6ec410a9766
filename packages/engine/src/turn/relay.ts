import type { Family, TransportAddress } from '../stun/index.js';
import type { Allocation } from './allocation.js';

export type RelayTransport = 'udp' | 'tcp';

/** A relayed transport address: a socket of the server's that stands for a client. */
export interface Relay {
  readonly id: number;
  readonly transport: RelayTransport;
  readonly family: Family;
  /** Index of its address among the relay hosts. */
  readonly hostIx: number;
  readonly port: number;
  /** What clients are told. */
  readonly announced: TransportAddress;
  state: 'binding' | 'bound';
  /** Index of its port in the batch tables; -1 until bound, and for TCP. */
  portIx: number;
  /** Null while it is kept for a reservation. */
  allocation: Allocation | null;
  /** When its allocation ends for this family (RFC 8656 §8.1). */
  expiresAtMs: number;
}
