import { type CodecCapability, type MediaAgreement, matchCodec, type NegotiatedCodec } from '../sdp/index.js';

const MODE = /(?:^|;)\s*packetization-mode=(\d)/i;

/**
 * The payload type that a viewer has for each of a publisher's 128, -1 for what it can't take; null when it can't take what
 * the publisher prefers. Codecs are the same by name, clock, channels and what their parameters say of the bytes: profiles
 * of H.264, VP9 and AV1, packetization modes (RFC 6184 §8.2.2). Levels are not compared, since browsers announce lower
 * ones than they decode.
 */
export function payloadTypesFor(published: MediaAgreement, viewed: MediaAgreement): Int8Array | null {
  if (published.kind !== viewed.kind) return null;
  const types = new Int8Array(128).fill(-1);
  for (const codec of published.codecs) {
    types[codec.payloadType] = viewed.codecs.find((own) => takes(own, codec, published.kind))?.payloadType ?? -1;
  }
  const [preferred] = published.codecs;
  return preferred !== undefined && types[preferred.payloadType]! >= 0 ? types : null;
}

/** Whether a track that comes in `codec` can go out in what we offer as `ours`. */
export function canCarry(ours: CodecCapability, codec: NegotiatedCodec): boolean {
  if (ours.name.toLowerCase() === 'red') return codec.name.toLowerCase() === 'red';
  return takes({ ...ours, payloadType: 0, rtxPayloadType: null }, codec, ours.kind);
}

function takes(own: NegotiatedCodec, codec: NegotiatedCodec, kind: CodecCapability['kind']): boolean {
  if (matchCodec(own, { ...codec, kind }) !== null) return true;
  // Single NAL units are a part of the non-interleaved mode (RFC 6184 §6.3).
  const isOfMode0 = codec.name.toLowerCase() === 'h264' && (MODE.exec(codec.parameters)?.[1] ?? '0') === '0';
  return isOfMode0 && matchCodec(own, { ...codec, kind, parameters: inMode1(codec.parameters) }) !== null;
}

function inMode1(parameters: string): string {
  return MODE.test(parameters)
    ? parameters.replace(/packetization-mode=0/i, 'packetization-mode=1')
    : [parameters, 'packetization-mode=1'].filter((part) => part !== '').join(';');
}
