import type { Sending } from '../peer/index.js';
import type { ExtensionIds } from '../rtp/index.js';

/** One remote endpoint that subscriptions go to. */
export interface Viewer {
  /** Whom rows name: the plane's index of the peer. */
  readonly planeIx: number;
  /** What it is sent, and what it says of that. */
  readonly sending: Sending;
  readonly cname: string;
  /** By which numbers header extensions were negotiated. One object for viewers with the same: then work is shared. */
  readonly extensionIds: ExtensionIds;
  /** Whether elements of the two-byte form may stand beside others (`a=extmap-allow-mixed`). */
  readonly takesTwoByteExtensions: boolean;
  /** Bits of `FORM` that every RTP row has: `TRANSPORT_SEQ` and `ABS_SEND_TIME` where negotiated. */
  readonly form: number;
}
