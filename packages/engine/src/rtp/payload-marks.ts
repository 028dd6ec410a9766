/** The most spatial layers any of the codecs has. */
export const MOST_SPATIAL_LAYERS = 8;

/**
 * What a payload says of the picture that it is a part of: the same columns for every codec, so that forwarding needs to
 * know none. One object is filled again for every packet. -1 means that the payload does not tell.
 */
export class PayloadMarks {
  /** Decoding can begin with this packet: the first of a keyframe. */
  keyframe = false;
  /** The first packet of a frame, of one spatial layer where there are several. */
  beginsFrame = false;
  /** The last packet of a frame of one spatial layer. Only VP9 tells; others by the marker bit of the RTP header. */
  endsFrame = false;
  /** Decoding may go up to this packet's temporal layer here. */
  switchingPoint = false;
  /** No other picture refers to this one. */
  discardable = false;
  /** The layer refers to the one below it, of the same picture (VP9 D). */
  refersBelow = false;
  /** A part of what tells how to decode (SPS, VPS, AV1 sequence header) is in the packet. */
  parameterSets = false;
  spatialId = -1;
  temporalId = -1;
  /** VP8 and VP9; `pictureIdBits` says whether of 7 or 15 bits. */
  pictureId = -1;
  /** 0 when there is no picture id. */
  pictureIdBits = 0;
  tl0PicIdx8 = -1;
  /** VP8, 5 bits. */
  keyIdx = -1;
  /** How many spatial layers the packet tells of, and how large each is; 0 when it doesn't. */
  layers = 0;
  readonly widths = new Uint16Array(MOST_SPATIAL_LAYERS);
  readonly heights = new Uint16Array(MOST_SPATIAL_LAYERS);

  /** Forgets the packet before. */
  clear(): void {
    this.keyframe = false;
    this.beginsFrame = false;
    this.endsFrame = false;
    this.switchingPoint = false;
    this.discardable = false;
    this.refersBelow = false;
    this.parameterSets = false;
    this.spatialId = -1;
    this.temporalId = -1;
    this.pictureId = -1;
    this.pictureIdBits = 0;
    this.tl0PicIdx8 = -1;
    this.keyIdx = -1;
    this.layers = 0;
  }

  /** Adds a layer above those told so far; more than there can be are left out. */
  addLayer(width: number, height: number): void {
    if (this.layers === MOST_SPATIAL_LAYERS) return;
    this.widths[this.layers] = width;
    this.heights[this.layers] = height;
    this.layers++;
  }
}
