import type { PeerPlane } from '../ports/index.js';

/** What the router asks of the media plane: of peers, and by which index rows name a MID. */
export interface RouterPlane extends PeerPlane {
  /** Of 1 to 32 bytes. */
  midIx(mid: string): number;
}
