import type { IntegrityKind } from '../stun/index.js';

/** Which way a client came: the 5-tuple of its messages. */
export type ClientPath =
  | { readonly type: 'datagram'; readonly portIx: number; readonly addressIx: number }
  | { readonly type: 'stream'; readonly stream: number };

/** What the answer to a request needs of it, when it is given at once or later. Holds copies. */
export interface Envelope {
  readonly path: ClientPath;
  readonly method: number;
  readonly transaction: Uint8Array;
  /** What the answer is signed with; null when the request was not. */
  readonly signing: { readonly kind: IntegrityKind; readonly key: Uint8Array } | null;
  readonly hasFingerprint: boolean;
}
