import type { ExtensionIds } from '../rtp/index.js';
import { RoundTrip } from '../stream/index.js';
import type { Subscription } from './subscription.js';

export interface ViewerOptions {
  /** Whom the addon sends the rows to. */
  readonly peerIx: number;
  /** By which numbers header extensions were negotiated. One object for viewers with the same: then work is shared. */
  readonly extensionIds: ExtensionIds;
  /** Whether elements of the two-byte form may stand beside others (`a=extmap-allow-mixed`). */
  readonly takesTwoByteExtensions: boolean;
  /** Bits of `FORM` that every RTP row has: `TRANSPORT_SEQ` and `ABS_SEND_TIME` where negotiated. */
  readonly form: number;
  /** What all streams to this viewer are named by in `SOURCE_DESCRIPTION` (RFC 7022). */
  readonly cname: string;
}

/** One remote endpoint that subscriptions go to. */
export class Viewer {
  readonly peerIx: number;
  readonly extensionIds: ExtensionIds;
  readonly takesTwoByteExtensions: boolean;
  readonly form: number;
  readonly cname: string;
  readonly roundTrip = new RoundTrip();
  readonly subscriptions: Subscription[] = [];
  readonly #bySsrc = new Map<number, Subscription>();
  #transportSeq16 = 0;

  constructor(options: ViewerOptions) {
    this.peerIx = options.peerIx;
    this.extensionIds = options.extensionIds;
    this.takesTwoByteExtensions = options.takesTwoByteExtensions;
    this.form = options.form;
    this.cname = options.cname;
  }

  /** Subscriptions add themselves. */
  add(subscription: Subscription): void {
    this.subscriptions.push(subscription);
    this.#bySsrc.set(subscription.out.ssrc >>> 0, subscription);
  }

  remove(subscription: Subscription): void {
    const ix = this.subscriptions.indexOf(subscription);
    if (ix >= 0) this.subscriptions.splice(ix, 1);
    this.#bySsrc.delete(subscription.out.ssrc >>> 0);
  }

  /** What goes to this viewer under an SSRC. */
  find(ssrc: number): Subscription | undefined {
    return this.#bySsrc.get(ssrc);
  }

  /** The next transport-wide number, for every RTP packet to this viewer. */
  nextTransportSeq16(): number {
    this.#transportSeq16 = (this.#transportSeq16 + 1) & 0xffff;
    return this.#transportSeq16;
  }
}
