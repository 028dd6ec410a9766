import { VIDEO_CODEC } from '../rtp/index.js';
import type { MediaAgreement, NegotiatedCodec } from '../sdp/index.js';

/** What a payload type of a section means, as far as its packets are looked into. */
export interface InboundCodec {
  readonly payloadType: number;
  /** In capitals: `VP8`, `OPUS`, `RED`. */
  readonly name: string;
  readonly clockHz: number;
  /** One of `VIDEO_CODEC`; -1 for sound, and for what is not looked into. */
  readonly videoCodec: number;
  /** What its sender said that it understands (RFC 4585, RFC 5104). */
  readonly nack: boolean;
  readonly pli: boolean;
  readonly fir: boolean;
  readonly remb: boolean;
  readonly transportFeedback: boolean;
}

/** The codecs of a section that comes in, by payload type. */
export function inboundCodecs({ codecs }: MediaAgreement): Map<number, InboundCodec> {
  return new Map(codecs.map((codec) => [codec.payloadType, inboundCodec(codec)]));
}

function inboundCodec({ payloadType, name, clockRate, feedback }: NegotiatedCodec): InboundCodec {
  const capitals = name.toUpperCase();
  return {
    payloadType,
    name: capitals,
    clockHz: clockRate,
    videoCodec: VIDEO_CODEC[capitals as keyof typeof VIDEO_CODEC] ?? -1,
    nack: feedback.includes('nack'),
    pli: feedback.includes('nack pli'),
    fir: feedback.includes('ccm fir'),
    remb: feedback.includes('goog-remb'),
    transportFeedback: feedback.includes('transport-cc'),
  };
}
