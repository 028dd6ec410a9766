/** RFC 6386 §9.1: frame tag, start code, width and height. */
const VP8_KEYFRAME_HEADER_BYTES = 10;
const VP8_TAG_BYTES = 3;
/** A tag that says of its first partition that it is longer than any frame, and of the frame that it is no keyframe. */
const VP8_TAG = [0xf1, 0xff, 0xff] as const;
/** RFC 6716 §3.2.5: a packet of any number of frames, and the number 0, which none may have. */
const OPUS = [0xfb, 0x00] as const;

/** The codecs of encrypted rooms, as `RTCRtpCodec.mimeType`, lower case. */
export const ENCRYPTED_CODECS = { audio: 'audio/opus', video: 'video/vp8' } as const;

/**
 * What stands before an encrypted frame. Readers of packets, in browsers and in the media server, find in it what they
 * would find in the frame: whether it is a keyframe, and of what size. Decoders that are handed it without having the key
 * find that it is broken, and show and play nothing, rather than noise. Null for what is no frame of VP8.
 */
export function huskOf(kind: 'audio' | 'video', frame: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (kind === 'audio') return Uint8Array.from(OPUS);
  const bytes = huskBytes(kind, frame);
  if (frame.length < bytes) return null;
  const isKeyframe = bytes === VP8_KEYFRAME_HEADER_BYTES;
  const husk = frame.slice(0, bytes);
  husk.set(VP8_TAG);
  if (isKeyframe) husk[0]! &= ~1;
  return husk as Uint8Array<ArrayBuffer>;
}

/** How many bytes of an encrypted frame are husk, or would be of a clear one. */
export function huskBytes(kind: 'audio' | 'video', frame: Uint8Array): number {
  if (kind === 'audio') return OPUS.length;
  return frame.length > 0 && (frame[0]! & 1) === 0 ? VP8_KEYFRAME_HEADER_BYTES : VP8_TAG_BYTES;
}
