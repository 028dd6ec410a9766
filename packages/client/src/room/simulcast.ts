/** A size of a camera's picture, in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** From the lowest quality to the best, as the server counts them. */
const RIDS = ['q', 'h', 'f'] as const;

/**
 * So many encodings browsers make of a picture of at least so many pixels, less a tenth; whatever is more than that they
 * leave out from the end of the list, the best first (libwebrtc `video/config/simulcast.cc`).
 */
const COUNTS: readonly (readonly [pixels: number, count: number])[] = [
  [960 * 540 * 0.9, 3],
  [480 * 270 * 0.9, 2],
  [0, 1],
];

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
 * three, as a section can't get more later; of a small picture the first, or the first two, are used, the last of them in
 * full size. `wanted`: which of them anybody is to be sent; the others rest.
 */
export function cameraEncodings(
  { width, height }: PictureSize,
  wanted?: readonly boolean[],
): RTCRtpEncodingParameters[] {
  const count = atLeast(COUNTS, width * height);
  return RIDS.map((rid, ix) => {
    const scaleResolutionDownBy = 2 ** Math.max(0, count - 1 - ix);
    const maxBitrate = atLeast(RATES, (width * height) / scaleResolutionDownBy ** 2);
    return { rid, scaleResolutionDownBy, maxBitrate, active: ix < count && (wanted?.[ix] ?? true) };
  });
}

function atLeast(steps: readonly (readonly [least: number, value: number])[], pixels: number): number {
  return steps.find(([least]) => pixels >= least)![1];
}
