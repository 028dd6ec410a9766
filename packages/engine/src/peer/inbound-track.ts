import type { MediaAgreement, ReceivedStream } from '../sdp/index.js';
import { RtxPayloadTypes } from '../stream/index.js';
import { type InboundCodec, inboundCodecs } from './inbound-codec.js';
import { InboundLayer } from './inbound-layer.js';

/** A track that a peer publishes: one section of its description, with one layer or several. */
export class InboundTrack {
  readonly mid: string;
  readonly kind: 'audio' | 'video';
  /** In the order of the description. A layer stays the same object from one description to the next. */
  layers: readonly InboundLayer[] = [];
  agreement: MediaAgreement;
  codecs: ReadonlyMap<number, InboundCodec> = new Map();
  rtx = new RtxPayloadTypes();
  /** How its sender can be asked for a keyframe, and whether it goes by REMB. */
  pli = false;
  fir = false;
  remb = false;

  constructor(agreement: MediaAgreement) {
    this.mid = agreement.mid;
    this.kind = agreement.kind;
    this.agreement = agreement;
    this.update(agreement);
  }

  /** A later description says it otherwise. */
  update(agreement: MediaAgreement): void {
    this.agreement = agreement;
    this.codecs = inboundCodecs(agreement);
    const codecs = [...this.codecs.values()];
    this.pli = codecs.some(({ pli }) => pli);
    this.fir = codecs.some(({ fir }) => fir);
    this.remb = codecs.some(({ remb }) => remb);
    this.rtx = new RtxPayloadTypes();
    for (const { payloadType, rtxPayloadType } of agreement.codecs) {
      if (rtxPayloadType !== null) this.rtx.set(rtxPayloadType, payloadType);
    }
    const old = this.layers;
    this.layers = agreement.streams.map((stream, ix) => this.#layer(stream, ix, old));
  }

  layerOf(rid: string): InboundLayer | null {
    return this.layers.find((layer) => layer.rid === rid) ?? null;
  }

  /** Whether packets of this payload type belong here, as they are or as retransmissions. */
  takes(payloadType: number): boolean {
    return this.codecs.has(payloadType) || this.rtx.originalOf(payloadType) >= 0;
  }

  #layer(stream: ReceivedStream, ix: number, old: readonly InboundLayer[]): InboundLayer {
    const same = old.find((layer, at) => (stream.rid === null ? at === ix : layer.rid === stream.rid));
    const layer = same ?? new InboundLayer(this, stream.rid);
    if (stream.ssrc !== null) layer.use(stream.ssrc | 0);
    if (stream.rtxSsrc !== null) layer.rtxSsrc = stream.rtxSsrc | 0;
    return layer;
  }
}
