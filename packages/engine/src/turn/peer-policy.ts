import { sameBytes } from '../bytes/index.js';
import { type HostRange, isInRange } from './host-range.js';
import { EMBEDDING_HOSTS, LOOPBACK_HOSTS, SPECIAL_HOSTS } from './special-hosts.js';

/**
 * Why somebody may not be a peer: called by an IPv6 address that stands for an IPv4 one, a port of this process' services,
 * another port of this machine, a port that servers use, or an address that is nobody's on the open internet.
 */
export type PeerRefusal = 'peer_embedded' | 'peer_service' | 'peer_own' | 'peer_port' | 'peer_range';

const LOWEST_PORT = 1024;
const HTTPS_PORT = 443;

export interface PeerPolicyOptions {
  readonly ownHosts: readonly Uint8Array[];
  readonly servicePorts: readonly number[];
  readonly allowedPeers: readonly HostRange[];
  /** Whether a port on an own address is one that peers may have: a relayed or a media port. */
  isOpen(host: Uint8Array, port: number): boolean;
}

/**
 * Who may be a peer: one answer for CreatePermission, ChannelBind, Send and Connect (RFC 8656 §10.2, §11.2, §12.2, §21.4).
 * Two clients of this server reach each other, since relayed ports of own addresses are open.
 */
export class PeerPolicy {
  readonly #options: PeerPolicyOptions;

  constructor(options: PeerPolicyOptions) {
    this.#options = options;
  }

  /** For a transport address that data would go to; null when it may. */
  refusal(host: Uint8Array, port: number): PeerRefusal | null {
    const refusal = this.refusalOfHost(host, port);
    if (refusal !== null) return refusal;
    return port < LOWEST_PORT && port !== HTTPS_PORT ? 'peer_port' : null;
  }

  /** For a permission, which is for a host: its port counts on own addresses alone. */
  refusalOfHost(host: Uint8Array, port: number): PeerRefusal | null {
    const isAllowed = includes(this.#options.allowedPeers, host);
    const isOwn = this.#options.ownHosts.some((own) => sameBytes(own, host));
    // Loopback and the unspecified addresses embed nothing, though they lie in the range of compatible ones.
    const isLoopback = includes(LOOPBACK_HOSTS, host);
    if (!isLoopback && includes(EMBEDDING_HOSTS, host)) return 'peer_embedded';
    if ((isOwn || isLoopback) && this.#options.servicePorts.includes(port)) return 'peer_service';
    if (isAllowed) return null;
    if (isOwn) return this.#options.isOpen(host, port) ? null : 'peer_own';
    return includes(SPECIAL_HOSTS, host) ? 'peer_range' : null;
  }
}

function includes(ranges: readonly HostRange[], host: Uint8Array): boolean {
  return ranges.some((range) => isInRange(host, range));
}
