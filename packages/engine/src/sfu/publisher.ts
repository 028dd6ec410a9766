import type { ExtensionIds } from '../rtp/index.js';
import type { RoundTrip } from '../stream/index.js';

/** The remote endpoint that a source comes from, as its peer describes it. */
export interface Publisher {
  /** Whom requests for keyframes are sent to. */
  readonly peerIx: number;
  /** What we call ourselves in feedback to it. */
  readonly ownSsrc: number;
  readonly roundTrip: RoundTrip;
  /** By which numbers its header extensions were negotiated. */
  readonly extensionIds: ExtensionIds;
}
