/**
 * How a browser lets a page at encoded frames. `streams`: `createEncodedStreams`, of Chromium only. `transform`:
 * `RTCRtpScriptTransform` (W3C WebRTC Encoded Transform).
 */
export type EncryptionWay = 'streams' | 'transform';

interface Surroundings {
  readonly RTCRtpSender?: { readonly prototype: object };
  readonly RTCRtpScriptTransform?: unknown;
  readonly Worker?: unknown;
  readonly navigator?: { readonly userAgentData?: { readonly brands?: readonly { readonly brand: string }[] } };
}

/**
 * The way to be trusted here, or undefined where there is none. Chromium has both, and the standard one is not used there:
 * a transform that is given to the sender of an answered section is taken without a word and never called, so that frames
 * leave unencrypted (seen in Chromium 156, both kinds of video). Should its streams be gone one day, Chromium stays
 * outside rather.
 */
export function encryptionWay(page: Surroundings = globalThis as Surroundings): EncryptionWay | undefined {
  if (page.Worker === undefined || page.RTCRtpSender === undefined) return undefined;
  if ('createEncodedStreams' in page.RTCRtpSender.prototype) return 'streams';
  const isChromium = page.navigator?.userAgentData?.brands?.some(({ brand }) => brand === 'Chromium') ?? false;
  return page.RTCRtpScriptTransform === undefined || isChromium ? undefined : 'transform';
}
