import type { StunMessage, TransportAddress } from '../stun/index.js';
import type { Allocation } from './allocation.js';
import type { Identity } from './authenticator.js';
import type { Envelope } from './client-path.js';

/** A request that has proved who sent it. */
export interface TurnRequest {
  readonly message: StunMessage;
  readonly envelope: Envelope;
  readonly client: TransportAddress;
  readonly identity: Identity;
  readonly now: number;
}

/** A request on a 5-tuple that has an allocation, of the user who made it. */
export interface AllocatedRequest extends TurnRequest {
  readonly allocation: Allocation;
}
