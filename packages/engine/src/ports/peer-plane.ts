/** What a peer of the media plane is opened with. */
export interface PlanePeer {
  /** By which numbers header extensions were negotiated for what it is sent. */
  readonly extensionIds: { readonly mid?: number; readonly transportSeq?: number; readonly absSendTime?: number };
  readonly dtls: {
    readonly role: 'client' | 'server';
    /** SHA-256 of the certificate that its description announced, as it stands there. */
    readonly fingerprint: string;
  };
}

/**
 * What the engine asks of the media plane about peers and their keys. The calls do at once what they say: a row behind the
 * one that allowed it, in the same batch, is already taken. Indices that name nothing throw.
 */
export interface PeerPlane {
  /** Its index in the tables; null when the plane has as many as it may have. */
  openPeer(peer: PlanePeer): number | null;
  /** Says good-bye, and forgets the peer and its keys. Rows for it that are not flushed yet are dropped. */
  closePeer(peerIx: number): void;
  /** A check of the peer was signed and came from there: DTLS and SRTP from there are its own. */
  admit(peerIx: number, addressIx: number): void;
  /** Where it is sent to from now on. A DTLS client begins. */
  usePath(peerIx: number, portIx: number, addressIx: number): void;
}
