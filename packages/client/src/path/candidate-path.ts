export type CandidateType = 'host' | 'srflx' | 'prflx' | 'relay';

/** The way that the packets between two members take. Types are those of RFC 8445 §4, as the browser reports them. */
export interface Path {
  /** The farther-fetched of the two ends: `relay` if either is relayed, `host` only if both are. */
  readonly kind: CandidateType;
  readonly localType: CandidateType;
  readonly remoteType: CandidateType;
  readonly protocol: 'udp' | 'tcp';
  /** How a relayed local candidate reaches its TURN server. */
  readonly relayProtocol?: 'udp' | 'tcp' | 'tls';
  /** `unknown` where the browser hides the addresses behind mDNS names. */
  readonly family: 'ipv4' | 'ipv6' | 'unknown';
  /** `address:port`; an mDNS name, or `?`, where the address is hidden. */
  readonly local: string;
  readonly remote: string;
  /** Of the last connectivity check. */
  readonly roundTripMs?: number;
}

/** One row of RTCPeerConnection.getStats(); what is in it depends on its type and on the browser. */
interface Row {
  readonly id: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Farthest first. */
const BY_DISTANCE: readonly CandidateType[] = ['relay', 'srflx', 'prflx', 'host'];

/** The path of the selected candidate pair, or undefined while there is none. */
export function candidatePath(stats: { forEach(visit: (row: Row) => void): void }): Path | undefined {
  const rows = new Map<string, Row>();
  stats.forEach((row) => {
    rows.set(row.id, row);
  });
  const pair = selectedPair(rows);
  const local = rows.get(String(pair?.localCandidateId));
  const remote = rows.get(String(pair?.remoteCandidateId));
  if (pair === undefined || local === undefined || remote === undefined) return undefined;
  const localType = candidateType(local);
  const remoteType = candidateType(remote);
  const { relayProtocol } = local;
  const roundTripS = pair.currentRoundTripTime;
  return {
    kind: BY_DISTANCE.find((type) => type === localType || type === remoteType) ?? 'host',
    localType,
    remoteType,
    protocol: local.protocol === 'tcp' ? 'tcp' : 'udp',
    ...(isRelayProtocol(relayProtocol) ? { relayProtocol } : {}),
    family: family(addressOf(local)) ?? family(addressOf(remote)) ?? 'unknown',
    local: endpoint(local),
    remote: endpoint(remote),
    ...(typeof roundTripS === 'number' ? { roundTripMs: roundTripS * 1_000 } : {}),
  };
}

/** Whether the packets take another way; the round-trip time alone is none. */
export function samePath(a: Path | undefined, b: Path | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.kind === b.kind && a.protocol === b.protocol && a.local === b.local && a.remote === b.remote;
}

/** The transport names the pair; Firefox marks it on the pair itself. */
function selectedPair(rows: ReadonlyMap<string, Row>): Row | undefined {
  const all = [...rows.values()];
  const transport = all.find((row) => row.type === 'transport' && typeof row.selectedCandidatePairId === 'string');
  if (transport !== undefined) return rows.get(String(transport.selectedCandidatePairId));
  const pairs = all.filter((row) => row.type === 'candidate-pair');
  return (
    pairs.find((row) => row.selected === true) ??
    pairs.find((row) => row.nominated === true && row.state === 'succeeded')
  );
}

function candidateType(row: Row): CandidateType {
  return BY_DISTANCE.find((type) => type === row.candidateType) ?? 'host';
}

function isRelayProtocol(value: unknown): value is 'udp' | 'tcp' | 'tls' {
  return value === 'udp' || value === 'tcp' || value === 'tls';
}

function addressOf(row: Row): string {
  const address = row.address ?? row.ip;
  return typeof address === 'string' ? address : '';
}

function family(address: string): 'ipv4' | 'ipv6' | undefined {
  if (address.includes(':')) return 'ipv6';
  return /^\d+(?:\.\d+){3}$/.test(address) ? 'ipv4' : undefined;
}

function endpoint(row: Row): string {
  const address = addressOf(row);
  const host = address === '' ? '?' : address.includes(':') ? `[${address}]` : address;
  return `${host}:${typeof row.port === 'number' ? row.port : '?'}`;
}
