import { type DependencyStructure, EXTENSION, readMarks, VIDEO_CODEC } from '../rtp/index.js';
import { type MediaPacket, TOP_LAYER } from './media-packet.js';

/**
 * Reads what the payloads of one source's packets say of their layers, and puts it into the same few words for all codecs.
 * Where a dependency descriptor is sent it counts; else the payload itself.
 */
export class PacketReader {
  /** One of `VIDEO_CODEC`; -1 for sound. */
  readonly codec: number;
  /** The one that came last; null before the first. */
  structure: DependencyStructure | null = null;
  /** Extended number of the packet that brought it. */
  #structureOf = -1;
  #rtpTs = 0;
  #hasBegun = false;
  /** Of the picture that is arriving, where its first packet alone tells. */
  #temporalId = -1;

  constructor(codec: number) {
    this.codec = codec;
  }

  /** Fills in the packet. `isNewest`: none after it has come. Only a new structure allocates. */
  read(packet: MediaPacket, isNewest: boolean): void {
    if (this.codec < 0) readSound(packet);
    else {
      readMarks(this.codec, packet.slab, packet.header, packet.marks);
      packet.isDescribed = this.#describe(packet);
      if (!packet.isDescribed) this.#fromMarks(packet, isNewest);
      packet.beginsPicture &&= packet.spatialId <= 0;
    }
    if (!isNewest) return;
    this.#rtpTs = packet.header.rtpTs;
    this.#hasBegun = true;
  }

  #describe(packet: MediaPacket): boolean {
    const { places, descriptor } = packet;
    const at = places.at(EXTENSION.DEPENDENCY_DESCRIPTOR);
    if (at < 0) return false;
    const length = places.lengthOf(EXTENSION.DEPENDENCY_DESCRIPTOR);
    if (!descriptor.read(packet.slab, at, length, this.structure)) return false;
    // One that was sent before what has come already may come late.
    if (descriptor.bringsStructure && packet.extended > this.#structureOf) {
      this.structure = descriptor.structure;
      this.#structureOf = packet.extended;
    }
    packet.isEntry = descriptor.bringsStructure && descriptor.beginsFrame;
    packet.beginsPicture = descriptor.beginsFrame;
    packet.endsLayer = descriptor.endsFrame;
    packet.spatialId = descriptor.spatialId;
    packet.temporalId = descriptor.temporalId;
    return true;
  }

  #fromMarks(packet: MediaPacket, isNewest: boolean): void {
    const { marks } = packet;
    packet.isEntry = marks.keyframe;
    packet.beginsPicture = marks.beginsFrame;
    packet.endsLayer = marks.endsFrame;
    packet.spatialId = marks.spatialId;
    packet.temporalId = marks.temporalId;
    if (this.codec === VIDEO_CODEC.H264) this.#inheritLayer(packet, isNewest);
    setRaise(packet, this.codec);
  }

  /** Only the first packet of a picture of H.264 tells its layer, and several may each begin a slice of it. */
  #inheritLayer(packet: MediaPacket, isNewest: boolean): void {
    if (!isNewest) return;
    const isSamePicture = this.#hasBegun && packet.header.rtpTs === this.#rtpTs;
    if (isSamePicture) packet.beginsPicture = false;
    if (packet.temporalId >= 0 || !isSamePicture) this.#temporalId = packet.temporalId;
    else packet.temporalId = this.#temporalId;
  }
}

function readSound(packet: MediaPacket): void {
  packet.isDescribed = false;
  packet.isEntry = true;
  packet.beginsPicture = true;
  packet.endsLayer = true;
  packet.spatialId = -1;
  packet.temporalId = -1;
}

/** Where more temporal layers may be taken: VP8 says so of the layer itself, VP9 of those above it, others at keyframes. */
function setRaise(packet: MediaPacket, codec: number): void {
  const { marks } = packet;
  packet.raiseTo = marks.keyframe ? TOP_LAYER : -1;
  packet.raiseFrom = 0;
  if (marks.keyframe || !marks.switchingPoint) return;
  packet.raiseTo = codec === VIDEO_CODEC.VP8 ? marks.temporalId : TOP_LAYER;
  packet.raiseFrom = codec === VIDEO_CODEC.VP8 ? 0 : marks.temporalId;
}
