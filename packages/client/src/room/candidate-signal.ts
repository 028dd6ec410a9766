import type { PeerSignal } from '@madang/protocol';

/**
 * The signal that tells the other side of a candidate; without one, that the browser has found all it can. Undefined
 * where nothing need be told: some browsers tell the end twice, as an empty candidate and as none.
 */
export function candidateSignal(
  candidate: RTCIceCandidate | null,
  pc: RTCPeerConnection,
  generation: number,
): PeerSignal | undefined {
  if (candidate?.candidate === '') return undefined;
  const firstMid = pc.getTransceivers()[0]?.mid ?? null;
  const { sdpMid = firstMid, sdpMLineIndex = null, usernameFragment = null } = candidate ?? {};
  return {
    kind: 'candidate',
    generation,
    candidate: { candidate: candidate?.candidate ?? '', sdpMid, sdpMLineIndex, usernameFragment },
  };
}
