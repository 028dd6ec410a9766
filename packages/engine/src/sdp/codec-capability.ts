/** A codec that may be received or sent, with what tells it from its namesakes. */
export interface CodecCapability {
  readonly kind: 'audio' | 'video';
  readonly name: string;
  readonly clockRate: number;
  readonly channels: number;
  /** As in `fmtp`: what has to be the same at the other side, and what we ask of a sender. */
  readonly parameters: string;
  readonly feedback: readonly string[];
}

const AUDIO_FEEDBACK = ['transport-cc'];
const VIDEO_FEEDBACK = ['goog-remb', 'transport-cc', 'ccm fir', 'nack', 'nack pli'];

function audio(name: string, clockRate: number, channels: number, parameters = ''): CodecCapability {
  return { kind: 'audio', name, clockRate, channels, parameters, feedback: AUDIO_FEEDBACK };
}

function video(name: string, parameters = ''): CodecCapability {
  return { kind: 'video', name, clockRate: 90_000, channels: 1, parameters, feedback: VIDEO_FEEDBACK };
}

/**
 * RED around Opus (RFC 2198). Its `fmtp` names payload types, so that of an answer comes from the offer. In-band FEC is
 * asked of every sender of Opus; stereo and DTX are taken when the sender speaks of them.
 */
export const RED = audio('red', 48_000, 2);
export const OPUS = audio('opus', 48_000, 2, 'minptime=10;useinbandfec=1');

const H264_PROFILES = ['42e01f', '42001f', '4d001f', '64001f', '640c1f'];

/** Everything that can be forwarded without being decoded. The order counts only where we offer. */
export const CODECS: readonly CodecCapability[] = [
  RED,
  OPUS,
  audio('G722', 8000, 1),
  audio('PCMU', 8000, 1),
  audio('PCMA', 8000, 1),
  video('VP8'),
  video('VP9', 'profile-id=0'),
  ...H264_PROFILES.flatMap((profile) =>
    [1, 0].map((mode) =>
      video('H264', `level-asymmetry-allowed=1;packetization-mode=${mode};profile-level-id=${profile}`),
    ),
  ),
  video('AV1', 'level-idx=5;profile=0;tier=0'),
  video('VP9', 'profile-id=2'),
  video('AV1', 'level-idx=5;profile=1;tier=0'),
  video('H265', 'level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST'),
  video('H265', 'level-id=93;profile-id=2;tier-flag=0;tx-mode=SRST'),
];
