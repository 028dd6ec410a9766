import { ExtensionPlaces, RtpHeader } from '../rtp/index.js';
import type { InboundCodec } from './inbound-codec.js';
import type { InboundLayer } from './inbound-layer.js';

/**
 * A packet of a publisher that is to be forwarded, as the row and the headers say. One object is filled again for every
 * packet; it and the places in it are good until the batch ends. A retransmission stands here as what it repeats.
 */
export class InboundPacket {
  layer: InboundLayer | null = null;
  codec: InboundCodec | null = null;
  /** Number in the layer's sequence without wraps; it begins anew where `layer.epoch` changes. */
  extended = -1;
  /** It came later than others, on request. */
  isRecovered = false;
  arrivedMs = 0;
  /** Slot of the batch, and where in it the payload begins: what a row that sends it names. */
  slot = -1;
  offset = 0;
  /** Without padding; 0 for a packet that only probes, of which nothing has to be sent on but its number is used. */
  payloadBytes = 0;
  bytes: Uint8Array = new Uint8Array(0);
  /** Places count from the beginning of `bytes`. Number, payload type and SSRC are the layer's own. */
  readonly header = new RtpHeader();
  readonly extensions = new ExtensionPlaces();
}
