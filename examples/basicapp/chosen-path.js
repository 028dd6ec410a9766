// Which of the three paths the packets take: read from the statistics of the connection.

/** The farther of the two ends says what kind of path it is. */
const FARTHEST_FIRST = ['relay', 'srflx', 'prflx', 'host'];
const PRIVATE = /^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|::1$|fe80:|f[cd])/i;

/** `{ path: 'common' | 'stun' | 'turn', local, remote, protocol, milliseconds }`, or undefined while there is none. */
export async function chosenPath(pc) {
  const rows = new Map([...(await pc.getStats())]);
  const all = [...rows.values()];
  const transport = all.find(({ type, selectedCandidatePairId }) => type === 'transport' && selectedCandidatePairId);
  // Firefox marks the pair instead.
  const pair =
    rows.get(transport?.selectedCandidatePairId) ??
    all.find(({ type, selected }) => type === 'candidate-pair' && selected);
  const local = rows.get(pair?.localCandidateId);
  const remote = rows.get(pair?.remoteCandidateId);
  if (!local || !remote) return undefined;
  const farthest = FARTHEST_FIRST.find((type) => type === kind(local) || type === kind(remote));
  return {
    path: farthest === 'relay' ? 'turn' : farthest === 'host' ? 'common' : 'stun',
    local: kind(local),
    remote: kind(remote),
    protocol: local.protocol,
    milliseconds: Math.round((pair.currentRoundTripTime ?? 0) * 1_000),
  };
}

/**
 * A `prflx` candidate is an address from which a check came that nobody had told us of: behind a NAT, or, with an
 * address of our own network, only faster than the signaling.
 */
function kind({ candidateType, address }) {
  return candidateType === 'prflx' && PRIVATE.test(address ?? '') ? 'host' : candidateType;
}
