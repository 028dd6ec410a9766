import type { RxTable, TxTable } from '@madang/engine';
import type { IdentityPem } from './dtls-identity.js';
import type { SrtpProfile } from './srtp-profile.js';

/**
 * Everything of one thread that touches the network: its UDP ports, the addresses it has seen, its peers with their keys,
 * and the two tables in which packets pass. It decides nothing.
 *
 * Indices (`portIx`, `addressIx`, `peerIx`, `midIx`, slots) are small integers that fit into the tables. Calls with an
 * index that names nothing throw, since only a mistake of ours can cause them; so does every call after `close`, but for
 * `close` itself. What comes from the network never throws: it is counted.
 */
export interface MediaPlane {
  /** Fill it and call `tx.flush()` to send outside of a batch. Within one, what it holds is sent when the call returns. */
  readonly tx: TxTable;
  readonly slots: SlotHolder;
  /**
   * SHA-256 of the certificate that the plane shows its peers, as it stands in `a=fingerprint:sha-256` (RFC 8122 §5).
   * The certificate is made when it is first asked for.
   */
  readonly fingerprint: string;

  /**
   * Opens a UDP port. Throws `BindError` with the system's code, such as `EADDRINUSE`, or `ENFILE` when there are as many
   * ports as the plane may have. Costs six or seven system calls.
   */
  bind(options: BindOptions): BoundPort;
  /** Closes a port at once. Rows of it that are in the current batch stay valid. */
  unbind(portIx: number): void;

  /**
   * The index of an address, the same that rows from there have; null when every entry of the table is kept. IPv4 inside
   * IPv6 is taken for IPv4. Throws on what is no numeric address.
   */
  addressIx(ip: string, port: number): number | null;
  /** Null when the address had to make room for another one since: indices are not used again for others. */
  address(addressIx: number): RemoteAddress | null;
  /** From now on the address stays in the table, until it was released as often as it was kept. */
  keepAddress(addressIx: number): void;
  releaseAddress(addressIx: number): void;

  /** The index of a MID of at most 32 bytes for the column `MID_IX`; the same string has the same index. */
  midIx(mid: string): number;

  /** Opens a peer; null when there are as many as the plane may have. */
  openPeer(options: PeerOptions): number | null;
  /** Forgets a peer: its keys are overwritten, its addresses are strangers again. Its index may come again later. */
  closePeer(peerIx: number): void;
  /**
   * The SHA-256 of the certificate that signaling announced for the peer, in the same form. Without it a handshake waits
   * at its end; only the first counts. Throws on another form.
   */
  setFingerprint(peerIx: number, sha256: string): void;
  /** An ICE check of the peer came from that address: what else comes from there is the peer's from now on. */
  admit(peerIx: number, addressIx: number): void;
  /** Sends what is for the peer from that port to that address from now on. A DTLS client begins its handshake. */
  usePath(peerIx: number, portIx: number, addressIx: number): void;

  /** What happened since the plane was opened; an object is made for each call. */
  counts(): PlaneCounts;
  /** Closes ports and peers at once; `onBatch` is not called any more. */
  close(): void;
}

export interface MediaPlaneOptions {
  /**
   * Called once for each batch of datagrams, with the plane's two tables; they are valid until it returns. What it throws
   * is an uncaught exception of the thread; the batch counts as handled, and nothing of it is sent.
   */
  readonly onBatch: (rx: RxTable, tx: TxTable) => void;
  readonly sizes?: Partial<PlaneSizes>;
  /** Whom the plane is to its DTLS peers; several planes may share one. Without it the plane makes its own. */
  readonly identity?: IdentityPem;
}

/** Bounds of a plane. Memory is taken from the system as it is first used. */
export interface PlaneSizes {
  /** Datagrams that can be there at once, held ones included. 4,096. */
  readonly slots: number;
  /** Bytes of a slot; longer datagrams are dropped. 2,048. */
  readonly slotBytes: number;
  /** Rows of a batch, at least 64. 8,192. */
  readonly rxRows: number;
  readonly txRows: number;
  /** 256 KiB. */
  readonly inlineBytes: number;
  /** At most 1,048,576. 65,536. */
  readonly addresses: number;
  /** 4,096. */
  readonly ports: number;
  /** 4,096. */
  readonly peers: number;
  /** TCP connections at once, 4,096, and of one host (of IPv6: a network of 64 bits), 256; others are closed at once. */
  readonly connections: number;
  readonly connectionsPerHost: number;
}

export interface BindOptions {
  /** A numeric IPv4 or IPv6 address. `::` with `dualStack` takes IPv4 as well. */
  readonly ip: string;
  /** 0, the default: one that is free. */
  readonly port?: number;
  readonly dualStack?: boolean;
  /** What to ask the system for. 8 MiB each. */
  readonly receiveBufferBytes?: number;
  readonly sendBufferBytes?: number;
  /** Of all datagrams sent from here: 0 to 63 (RFC 2474), and 0 to 3 (RFC 3168). 0. */
  readonly dscp?: number;
  readonly ecn?: number;
  /** Whether runs of packets may be handed over as one message, where the system can (UDP_SEGMENT). True. */
  readonly segments?: boolean;
  /** Whether several datagrams may be taken in as one message, where the system can (UDP_GRO). True. */
  readonly coalesces?: boolean;
  /**
   * Whether DTLS and SRTP that come in here are peers'. With false every datagram is a row as it came, as a relay needs it:
   * what passes through it is other people's. True.
   */
  readonly forPeers?: boolean;
  /**
   * Whether rows tell when the system took a datagram in, and its ECN field; without it AGE_US and IP_FLAGS are 0, and a
   * datagram costs some 0.3 microseconds less. True.
   */
  readonly stamps?: boolean;
  /** How many bytes may wait when the system has no room; more are dropped and counted. 1 MiB. */
  readonly queueBytes?: number;
}

export interface BoundPort {
  readonly portIx: number;
  readonly ip: string;
  readonly port: number;
  /** What the system granted. */
  readonly receiveBufferBytes: number;
  readonly sendBufferBytes: number;
  readonly segments: boolean;
  readonly coalesces: boolean;
}

export interface RemoteAddress {
  readonly ip: string;
  readonly port: number;
}

export interface PeerOptions {
  /** By which numbers (1 to 14, or to 255 in the two-byte form) header extensions were negotiated; absent: not at all. */
  readonly extensionIds?: { readonly mid?: number; readonly transportSeq?: number; readonly absSendTime?: number };
  /**
   * Keys come from a DTLS handshake (RFC 5764). Records are taken only from addresses that were admitted; the peer is
   * keyed when its certificate has proved to be the announced one, and a row of kind `PEER_STATE` tells so.
   */
  readonly dtls?: {
    readonly role: 'client' | 'server';
    /** As for `setFingerprint`. */
    readonly fingerprint?: string;
    /** The largest datagram of a handshake, 256 to 2,048 bytes. 1,200. */
    readonly maxDatagramBytes?: number;
  };
  /** Keys that both ends have from elsewhere, for benches and for links between nodes. */
  readonly srtp?: {
    readonly profile: SrtpProfile;
    /** Master key, then master salt. */
    readonly send: Uint8Array;
    readonly receive: Uint8Array;
  };
}

/** Keeps datagrams beyond their batch, for retransmission. Costs no call into the addon. */
export interface SlotHolder {
  /** Only for a slot of the current batch: it stays until it is released. */
  hold(slot: number): void;
  /** Only for a held slot: its bytes may be gone when the current batch ends, or at the next one. */
  release(slot: number): void;
}

/** Counts of packets unless the name says otherwise. */
export interface PlaneCounts {
  readonly received: number;
  readonly receivedBytes: number;
  readonly receiveCalls: number;
  /** Received as part of a longer message. */
  readonly coalesced: number;
  /** Calls of `onBatch`. */
  readonly batches: number;
  readonly sent: number;
  readonly sentBytes: number;
  readonly sendCalls: number;
  /** Sent as part of a run. */
  readonly segmented: number;
  /** Runs that the system refused and that were sent packet by packet. */
  readonly segmentationRefused: number;
  /** Waited for room in the system. */
  readonly queued: number;
  /** Dropped on receipt: longer than a slot, empty, no slot free, no room for the address. */
  readonly rxTooLong: number;
  readonly rxEmpty: number;
  readonly rxNoSlot: number;
  readonly rxNoAddress: number;
  /** RTP of a peer that has no keys yet; DTLS from an address that no peer has proven to be its own. */
  readonly rxNoKeys: number;
  readonly rxDtlsUnproven: number;
  readonly rxSrtpMalformed: number;
  readonly rxSrtpAuthentication: number;
  readonly rxSrtpReplayed: number;
  readonly rxSrtpOther: number;
  /** Not sent: the row names bytes that are not there, or a port, address or peer that is not. */
  readonly txBadRow: number;
  readonly txNoPort: number;
  readonly txNoAddress: number;
  readonly txNoPeer: number;
  readonly txNoKeys: number;
  readonly txProtectFailed: number;
  readonly txQueueFull: number;
  /** The system would not send it. */
  readonly txRefused: number;
  /** TCP connections that were taken, and that were closed at once for the bounds on them. */
  readonly connectionsAccepted: number;
  readonly connectionsRefused: number;
  /**
   * Closed since: by the other side; because they did not begin with a framed STUN message; because nobody kept their
   * address within 10 s; because whoever kept it has let go, or their port was closed.
   */
  readonly connectionsEnded: number;
  readonly connectionsForeign: number;
  readonly connectionsUnproven: number;
  readonly connectionsLeft: number;
  /** Datagrams in frames; `received` and `sent` count them, too. Those dropped had no room in their connection's queue. */
  readonly framesReceived: number;
  readonly framesSent: number;
  readonly framesDropped: number;
  readonly connectionsOpen: number;
  readonly portsOpen: number;
  readonly peersOpen: number;
  readonly freeSlots: number;
  readonly addresses: number;
  readonly addressesEvicted: number;
}
