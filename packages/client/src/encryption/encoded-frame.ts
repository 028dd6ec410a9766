/** As much of RTCEncodedVideoFrame and RTCEncodedAudioFrame as is used. */
export interface EncodedFrame {
  data: ArrayBuffer;
  /** `mimeType` is not told by every browser. */
  getMetadata?(): { readonly mimeType?: string };
}
