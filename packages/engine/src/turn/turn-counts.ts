import type { StunFault } from '../stun/index.js';
import type { PeerRefusal } from './peer-policy.js';

/** Why bytes that came were not answered or passed on. */
export type TurnDrop =
  | `stun_${StunFault}`
  | PeerRefusal
  | 'malformed'
  | 'no_port'
  | 'no_turn'
  | 'no_request'
  | 'unknown_method'
  | 'unknown_attribute'
  | 'unproven_limit'
  | 'amplification'
  | 'no_allocation'
  | 'no_channel'
  | 'no_permission'
  | 'no_data'
  | 'wrong_family'
  | 'bandwidth'
  | 'tx_full'
  | 'address_full'
  | 'address_gone'
  | 'slow_client'
  | 'repeated'
  | 'icmp_type';

/** Why an allocation ended. */
export type AllocationEnd = 'expired' | 'deleted' | 'stream_closed' | 'revoked' | 'port_lost' | 'no_ports';

/** What happened, by name: for `/metrics`. Names of answers are `METHOD_success` and `METHOD_CODE`. */
export class TurnCounts {
  readonly #dropped = new Map<TurnDrop, number>();
  readonly #answered = new Map<string, number>();
  readonly #ended = new Map<AllocationEnd, number>();
  packetsToPeers = 0;
  bytesToPeers = 0;
  packetsToClients = 0;
  bytesToClients = 0;

  dropped(reason: TurnDrop): void {
    this.#dropped.set(reason, (this.#dropped.get(reason) ?? 0) + 1);
  }

  answered(name: string): void {
    this.#answered.set(name, (this.#answered.get(name) ?? 0) + 1);
  }

  ended(reason: AllocationEnd): void {
    this.#ended.set(reason, (this.#ended.get(reason) ?? 0) + 1);
  }

  toPeer(bytes: number): void {
    this.packetsToPeers++;
    this.bytesToPeers += bytes;
  }

  toClient(bytes: number): void {
    this.packetsToClients++;
    this.bytesToClients += bytes;
  }

  /** A copy. */
  snapshot() {
    const { packetsToPeers, bytesToPeers, packetsToClients, bytesToClients } = this;
    return {
      dropped: Object.fromEntries(this.#dropped) as Partial<Record<TurnDrop, number>>,
      answered: Object.fromEntries(this.#answered),
      ended: Object.fromEntries(this.#ended) as Partial<Record<AllocationEnd, number>>,
      packetsToPeers,
      bytesToPeers,
      packetsToClients,
      bytesToClients,
    };
  }
}
