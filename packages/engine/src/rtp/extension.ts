/** The header extensions that are understood, as indices of tables. */
export const EXTENSION = {
  /** Which media section (RFC 9143 §15.1). */
  MID: 0,
  /** Which layer of a simulcast (RFC 8852 §3.1). */
  RID: 1,
  /** Which layer an RTX packet repairs (RFC 8852 §3.2). */
  REPAIRED_RID: 2,
  /** A number for every packet of a connection (draft-holmer-rmcat-transport-wide-cc-extensions-01 §2). */
  TRANSPORT_SEQ: 3,
  ABS_SEND_TIME: 4,
  /** RFC 6464. */
  AUDIO_LEVEL: 5,
  /** 3GPP TS 26.114 §7.4.5. */
  VIDEO_ORIENTATION: 6,
  PLAYOUT_DELAY: 7,
  /** RTP Payload Format For AV1, appendix A. */
  DEPENDENCY_DESCRIPTOR: 8,
  ABS_CAPTURE_TIME: 9,
} as const;

export type ExtensionName = keyof typeof EXTENSION;

export const EXTENSION_COUNT = 10;

/** What an extension is called in `a=extmap` (RFC 8285 §5). */
export const EXTENSION_URI: Readonly<Record<ExtensionName, string>> = {
  MID: 'urn:ietf:params:rtp-hdrext:sdes:mid',
  RID: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  REPAIRED_RID: 'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  TRANSPORT_SEQ: 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  ABS_SEND_TIME: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  AUDIO_LEVEL: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  VIDEO_ORIENTATION: 'urn:3gpp:video-orientation',
  PLAYOUT_DELAY: 'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
  DEPENDENCY_DESCRIPTOR: 'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
  ABS_CAPTURE_TIME: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
};
