import {
  DependencyDescriptor,
  type ExtensionIds,
  type ExtensionPlaces,
  PayloadMarks,
  type RtpHeader,
} from '../rtp/index.js';

const NOTHING = new Uint8Array(0);

/** What no layer is above: viewers who want all of them want this one. */
export const TOP_LAYER = 7;

/**
 * One packet of a publisher on its way to the viewers: what its peer has read of it, and what its source adds. One object
 * is filled again for every packet.
 */
export class MediaPacket {
  /** The slab of the receive table. */
  slab: Uint8Array = NOTHING;
  slot = -1;
  /** Where the slot begins in the slab. */
  slotAt = 0;
  /**
   * As read from `slab`. Of a retransmission on its own SSRC the peer sets what the original had: payload type, sequence
   * number, and the payload without the prefix (RFC 4588 §4).
   */
  readonly header: RtpHeader;
  readonly places: ExtensionPlaces;
  /** What `InboundStream` made of the sequence number. */
  extended = 0;
  /** Whether none after it has come before it. */
  isNewest = false;

  /** By the source: what the payload says. */
  readonly marks = new PayloadMarks();
  readonly descriptor = new DependencyDescriptor();
  /** Whether layers are told by `descriptor`. */
  isDescribed = false;
  /** Decoding can begin here. Every packet of sound is so. */
  isEntry = false;
  /** The first packet of a picture with all its spatial layers; its layers may be others than those before. */
  beginsPicture = false;
  /** The last packet of its spatial layer of a picture. */
  endsLayer = false;
  /** -1 when the packet does not tell: then it is for everybody. */
  spatialId = -1;
  temporalId = -1;
  /** Who gets temporal layers up to `raiseFrom` may get those up to `raiseTo` from this packet on. */
  raiseFrom = 0;
  raiseTo = -1;

  /** By `ExtraElements`: for whom the header extensions were written last, where they stand, and as of when. */
  extraIds: ExtensionIds | null = null;
  extraColumn = 0;
  extraEpoch = -1;
  isExtraTwoByte = false;

  constructor(header: RtpHeader, places: ExtensionPlaces) {
    this.header = header;
    this.places = places;
  }

  /** Where the payload begins in the slot. */
  get offset(): number {
    return this.header.payloadAt - this.slotAt;
  }
}
