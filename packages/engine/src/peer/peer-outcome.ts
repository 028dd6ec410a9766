/** What a row was. */
export type PeerOutcome =
  /** A packet to forward: `packet` holds it. */
  | 'media'
  /** RTCP of the row's peer, read; whoever sends to it may read what it says of his streams. */
  | 'report'
  /** A check, or news of a handshake: all is done. */
  | 'taken'
  /** STUN that is for no peer here: TURN may know it. */
  | 'stranger'
  /** Counted, and nothing else. */
  | 'dropped';
