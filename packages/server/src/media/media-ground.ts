import type { RxTable, TxTable } from '@madang/engine';
import { type MediaPlane, openMediaPlane, type TcpPorts } from '@madang/native';
import type { Clock } from './clock.js';
import { PlaneAddresses } from './plane-addresses.js';
import { routedHosts } from './turn/routed-hosts.js';

/** Those of peers are kept, strangers' pass through. */
const ADDRESSES = 1 << 16;
/** Datagrams that can be there at once. */
export const SLOTS = 1 << 13;

/**
 * What media stands on wherever it is reached: to make it is nearly all that a thread does before it can take anybody, so
 * that one in reserve has made it beforehand.
 */
export class MediaGround {
  readonly plane: MediaPlane & TcpPorts;
  readonly addresses: PlaneAddresses;
  /** As of `routedAtMs`. */
  readonly routed: readonly string[];
  readonly routedAtMs: number;
  onBatch: (rx: RxTable, tx: TxTable) => void = () => {};

  private constructor(routed: readonly string[], clock: Clock) {
    this.routed = routed;
    this.routedAtMs = clock.nowMs();
    this.plane = openMediaPlane({
      sizes: { addresses: ADDRESSES, slots: SLOTS },
      onBatch: (rx, tx) => this.onBatch(rx, tx),
    });
    this.addresses = new PlaneAddresses(this.plane, ADDRESSES);
    // The certificate is made when it is first asked for.
    void this.plane.fingerprint;
  }

  /** Rejects with `AddonMissing` when the addon was not built. */
  static async make(clock: Clock): Promise<MediaGround> {
    return new MediaGround(await routedHosts(), clock);
  }
}
