/** The way that the packets between two members take. Types are of RFC 8445 §4, as the browser reports them. */
export interface Path {
  /** The farther-fetched of the two ends: `relay` if either is relayed, `host` only if both are. */
  readonly kind: 'host' | 'srflx' | 'prflx' | 'relay';
  readonly localType: CandidateType;
  readonly remoteType: CandidateType;
  readonly protocol: 'udp' | 'tcp';
  /** How a relayed local candidate reaches its TURN server. */
  readonly relayProtocol?: 'udp' | 'tcp' | 'tls';
  /** `unknown` where the browser hides addresses behind mDNS names. */
  readonly family: 'ipv4' | 'ipv6' | 'unknown';
  /** `address:port`; an mDNS name or `?` where the address is hidden. */
  readonly local: string;
  readonly remote: string;
  readonly roundTripMs?: number;
}

export type CandidateType = 'host' | 'srflx' | 'prflx' | 'relay';
