/** A size of a camera's picture, in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** From the lowest quality to the best, as the server counts them. */
const ENCODINGS = [
  { rid: 'q', scaleResolutionDownBy: 4 },
  { rid: 'h', scaleResolutionDownBy: 2 },
  { rid: 'f', scaleResolutionDownBy: 1 },
] as const;

/** A picture whose longer side is shorter than that is worth no encoding of its own beside a larger one. */
const LEAST_LONG_SIDE = 160;
/** The most bits per second for a picture of at least so many pixels. */
const RATES: readonly (readonly [pixels: number, bps: number])[] = [
  [1280 * 720, 2_500_000],
  [960 * 540, 1_500_000],
  [640 * 360, 800_000],
  [320 * 180, 250_000],
  [0, 100_000],
];

/**
 * The encodings of a camera for the media server, so that each viewer can be sent a picture that fits. There are always
 * three, as a section can't get more later; those that nobody needs rest. `wanted`: which of them anybody is to be sent.
 */
export function cameraEncodings(size: PictureSize, wanted?: readonly boolean[]): RTCRtpEncodingParameters[] {
  return ENCODINGS.map(({ rid, scaleResolutionDownBy }, ix) => {
    const [width, height] = [size.width / scaleResolutionDownBy, size.height / scaleResolutionDownBy];
    const isBest = ix === ENCODINGS.length - 1;
    const isLargeEnough = isBest || Math.max(width, height) >= LEAST_LONG_SIDE;
    return {
      rid,
      scaleResolutionDownBy,
      maxBitrate: rateOf(width * height),
      active: isLargeEnough && (wanted?.[ix] ?? true),
    };
  });
}

function rateOf(pixels: number): number {
  return RATES.find(([least]) => pixels >= least)![1];
}
