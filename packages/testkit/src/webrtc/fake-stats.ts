/** As much of RTCPeerConnection.getStats as says which way the packets take. */
export function fakeStats(pair: { readonly local: string; readonly remote: string } | undefined): Map<string, object> {
  if (pair === undefined) return new Map();
  const end = { candidateType: 'host', protocol: 'udp', port: 9 };
  const ends = { localCandidateId: 'L', remoteCandidateId: 'R' };
  const rows = [
    { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
    { id: 'P', type: 'candidate-pair', ...ends, currentRoundTripTime: 0.01 },
    { id: 'L', type: 'local-candidate', ...end, address: pair.local },
    { id: 'R', type: 'remote-candidate', ...end, address: pair.remote },
  ];
  return new Map(rows.map((row) => [row.id, row]));
}
