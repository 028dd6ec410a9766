import type { MediaSection, SessionDescription } from '../sdp/index.js';

/** The sections of sound and picture of an offer in which its writer sends. */
export function sendingSections(offer: SessionDescription): MediaSection[] {
  return openMedia(offer).filter(({ direction }) => direction === 'sendonly' || direction === 'sendrecv');
}

/** Those in which its writer receives. */
export function receivingSections(offer: SessionDescription): MediaSection[] {
  return openMedia(offer).filter(({ direction }) => direction === 'recvonly' || direction === 'sendrecv');
}

/** Whether its writer wants data channels. */
export function hasData({ sections }: SessionDescription): boolean {
  return sections.some(({ kind, port, bundleOnly }) => kind === 'application' && (port > 0 || bundleOnly));
}

function openMedia({ sections }: SessionDescription): MediaSection[] {
  return sections.filter(
    ({ kind, port, bundleOnly }) => (kind === 'audio' || kind === 'video') && (port > 0 || bundleOnly),
  );
}
