import type { MediaElement } from '../media/index.js';
import { mark } from './marks.js';

/** Elements that show, or are about to show, a first frame. */
const seen = new WeakSet<MediaElement>();

/** Marks on the timeline when the first frame of a member is shown in `element`, once per element. */
export function watchFirstFrame(element: MediaElement, memberId: string): void {
  const video = element as Partial<Pick<HTMLVideoElement, 'requestVideoFrameCallback'>>;
  if (video.requestVideoFrameCallback === undefined || seen.has(element)) return;
  seen.add(element);
  video.requestVideoFrameCallback(() => mark(`madang:first-frame:${memberId}`));
}
