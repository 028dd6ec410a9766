import { PEER_FAILURE } from '../ports/index.js';
import type { ChannelEvent } from '../sctp/index.js';
import type { Flow } from '../stream/index.js';
import type { DataLink } from './data-links.js';
import type { InboundLayer } from './inbound-layer.js';
import type { Peer } from './peer.js';

/** Why a peer is no more. */
export type PeerEnd =
  /** It said good-bye. */
  | 'goodbye'
  /** It never came, or did not finish the handshake, within 30 s. */
  | 'unconnected'
  /** No check of it for 30 s (RFC 7675). */
  | 'consent'
  /** Its certificate is not the one that its description announced. */
  | 'fingerprint'
  /** The handshake failed otherwise. */
  | 'dtls';

/** What happened to a peer without anybody asking for it. */
export type PeerEvent =
  /** From now on what is written for it is sent. `srtpProfile` as in `use_srtp`. */
  | { readonly type: 'connected'; readonly peer: Peer; readonly srtpProfile: number }
  /** It has another address now, and has proven it. */
  | { readonly type: 'moved'; readonly peer: Peer }
  /** A layer began to flow, fell silent or stalled. */
  | { readonly type: 'flow'; readonly peer: Peer; readonly layer: InboundLayer; readonly flow: Flow }
  /** It took leave of a layer (BYE). Packets may come again. */
  | { readonly type: 'ended'; readonly peer: Peer; readonly layer: InboundLayer }
  /** Something happened to its data channels. */
  | { readonly type: 'data'; readonly peer: Peer; readonly event: ChannelEvent }
  /** A description has taken its data channels away: what became of them. */
  | { readonly type: 'data-ended'; readonly peer: Peer; readonly data: DataLink }
  /** It is forgotten already. */
  | { readonly type: 'closed'; readonly peer: Peer; readonly reason: PeerEnd };

/** `failure` is one of `PEER_FAILURE`. */
export function endByFailure(failure: number): PeerEnd {
  if (failure === PEER_FAILURE.FINGERPRINT) return 'fingerprint';
  return failure === PEER_FAILURE.TIMEOUT ? 'unconnected' : 'dtls';
}
