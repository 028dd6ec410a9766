import { offerText } from '../recorded-offer.js';
import { FakeBrowser } from './fake-browser.js';
import { MediaStage } from './media-stage.js';

/** A browser that has made a recorded offer, got the answer, and is connected. */
export function connected(recording: string, change: (offer: string) => string = (offer) => offer) {
  const stage = new MediaStage();
  const browser = new FakeBrowser(stage.network);
  const { peer, answer, changes } = stage.answer(browser.own(change(offerText(recording))));
  browser.take(answer);
  browser.check();
  stage.deliver();
  browser.usePath();
  stage.deliver();
  return { stage, browser, peer, changes };
}

/** VP8 as a payload: a keyframe's beginning of 320 x 240, or a part of another frame (RFC 7741 §4). */
export const KEYFRAME = Uint8Array.of(0x10, 0x50, 0x00, 0x00, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xf0, 0x00);
export const INTERFRAME = Uint8Array.of(0x10, 0x51, 0x00, 0x00, 0x07);

export function text(value: string): Uint8Array {
  return Uint8Array.from(Buffer.from(value));
}
