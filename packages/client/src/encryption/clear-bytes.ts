/** RFC 6386 §9.1: the frame tag, and in a keyframe the start code and the size of the picture. */
const VP8_TAG_BYTES = 3;
const VP8_KEYFRAME_BYTES = 10;

/** The codecs of encrypted rooms, as `RTCRtpCodec.mimeType`, lower case. */
export const ENCRYPTED_CODECS = { audio: 'audio/opus', video: 'video/vp8' } as const;

/**
 * So many bytes at the beginning of a frame stay readable, and are proven to be unaltered all the same. Of sound none. Of
 * VP8 what the receiving browser's and the media server's readers of packets look at to tell keyframes: an encrypted first
 * byte would make keyframes of delta frames. It is read off the frame itself, on both sides.
 */
export function clearBytes(kind: 'audio' | 'video', frame: Uint8Array): number {
  if (kind === 'audio' || frame.length === 0) return 0;
  return (frame[0]! & 1) === 0 ? VP8_KEYFRAME_BYTES : VP8_TAG_BYTES;
}
