// The connection to the other page: offer, answer and candidates, by "perfect negotiation". Both pages run this very
// code. Either may offer at any time; when both do at once, the polite one takes its own offer back.

/** `send(type, content)` brings a message to the other page; what comes from there goes into `receive`. */
export function openPeer({ polite, configuration, send }) {
  const pc = new RTCPeerConnection(configuration);
  let makingOffer = false;
  let ignoringOffer = false;
  let settingAnswer = false;

  // Fires when there is something to agree on: a track or a data channel was added, or ICE is to start again.
  pc.onnegotiationneeded = async () => {
    try {
      makingOffer = true;
      // Without an argument it makes the offer (or, below, the answer) that fits the state.
      await pc.setLocalDescription();
      send('description', { description: pc.localDescription });
    } finally {
      makingOffer = false;
    }
  };

  // Trickle ICE: each address goes out as soon as it is found, while others are still being looked for.
  pc.onicecandidate = ({ candidate }) => {
    if (candidate) send('candidate', { candidate });
  };

  async function receiveDescription(description) {
    const ready = !makingOffer && (pc.signalingState === 'stable' || settingAnswer);
    const collision = description.type === 'offer' && !ready;
    ignoringOffer = collision && !polite;
    if (ignoringOffer) return;
    settingAnswer = description.type === 'answer';
    try {
      // In a collision this takes our own offer back first (a rollback).
      await pc.setRemoteDescription(description);
    } finally {
      settingAnswer = false;
    }
    if (description.type !== 'offer') return;
    await pc.setLocalDescription();
    send('description', { description: pc.localDescription });
  }

  async function receiveCandidate(candidate) {
    try {
      await pc.addIceCandidate(candidate);
    } catch (error) {
      // Candidates of an offer that we ignore are nobody's.
      if (!ignoringOffer) throw error;
    }
  }

  return {
    pc,
    receive: (type, { description, candidate }) =>
      type === 'description' ? receiveDescription(description) : receiveCandidate(candidate),
  };
}
