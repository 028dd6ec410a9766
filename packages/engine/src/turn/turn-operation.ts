import type { TransportAddress } from '../stun/index.js';

/** What the server around the core is asked to do; what came of a bind or a connect it tells the core. */
export type TurnOperation =
  /** Open the relayed socket; answer with `bound` or `bindFailed`. For TCP: listen, and connect from the same port. */
  | {
      readonly type: 'bind';
      readonly relay: number;
      readonly transport: 'udp' | 'tcp';
      readonly address: TransportAddress;
    }
  | { readonly type: 'unbind'; readonly relay: number }
  /** Send these bytes to a client over TCP or TLS. */
  | { readonly type: 'write'; readonly stream: number; readonly bytes: Uint8Array }
  | { readonly type: 'close-stream'; readonly stream: number; readonly reason: StreamEnd }
  /** Connect to a peer from the relay's address; answer with `connected` or `connectFailed`. */
  | { readonly type: 'connect'; readonly connection: number; readonly relay: number; readonly peer: TransportAddress }
  | { readonly type: 'close-connection'; readonly connection: number }
  /** From now on pass bytes on between the two as they are, `early` to the peer first (RFC 6062 §5.4). */
  | { readonly type: 'join'; readonly stream: number; readonly connection: number; readonly early: Uint8Array };

/** Why a client's connection is to be closed: it is not TURN, its frame is too long, it does nothing, or its other end is gone. */
export type StreamEnd = 'no_turn' | 'too_long' | 'idle' | 'peer_closed' | 'allocation_ended';
