import type { Candidate } from '../sdp/index.js';
import { parseHost } from '../stun/index.js';
import { candidatePriority } from './candidate-priority.js';

export interface AnnouncedAddresses {
  /** Addresses as text, the best first: what the machine has, what is in front of it (1:1 NAT), or both. */
  readonly addresses: readonly string[];
  readonly udpPort: number;
  /** Null where TCP is not listened on. */
  readonly tcpPort: number | null;
}

const BEST_RANK = 8191;

/**
 * The candidates of a server: each address for UDP, and for passive TCP (RFC 6544). All are host candidates, also an
 * address that a NAT maps one to one to ours: an ICE-lite agent has no others (RFC 8445 §5.2), and a client finds out by
 * itself which of them answer. Addresses that nobody can reach (unspecified, multicast, malformed) and repetitions are left
 * out.
 */
export function hostCandidates({ addresses, udpPort, tcpPort }: AnnouncedAddresses): Candidate[] {
  const usable = [...new Set(addresses)].filter(isUsable);
  const udp = usable.map((address, ix): Candidate => {
    const priority = candidatePriority({ type: 'host', rank: BEST_RANK - ix });
    return { ...common(address, ix), transport: 'udp', priority, port: udpPort };
  });
  if (tcpPort === null) return udp;
  const tcp = usable.map((address, ix): Candidate => {
    const priority = candidatePriority({ type: 'host', tcpType: 'passive', rank: BEST_RANK - ix });
    return { ...common(address, usable.length + ix), transport: 'tcp', priority, port: tcpPort, tcpType: 'passive' };
  });
  return [...udp, ...tcp];
}

/** One foundation for each address and transport (RFC 8445 §5.1.1.3). */
function common(address: string, ix: number): Pick<Candidate, 'foundation' | 'component' | 'address' | 'type'> {
  return { foundation: String(ix + 1), component: 1, address, type: 'host' };
}

function isUsable(address: string): boolean {
  const host = parseHost(address);
  if (host === null || host.every((byte) => byte === 0)) return false;
  return host.length === 4 ? host[0]! < 224 : host[0] !== 0xff;
}
