import type { Call } from '../../state/call.js';
import { currentMessages } from '../../state/language-store.js';
import { toast } from '../../state/notices.js';
import { openSmallWindow, type SmallWindows } from './small-window.js';

/** A whole page in a small window on top of all others (the document kind), as far as the browser knows it. */
const smallWindows = (): SmallWindows | undefined =>
  (window as { documentPictureInPicture?: SmallWindows }).documentPictureInPicture;

/** Whether this browser has any kind of picture-in-picture. */
export function canShowSmall(): boolean {
  return smallWindows() !== undefined || document.pictureInPictureEnabled;
}

export function canShowTileSmall(): boolean {
  return document.pictureInPictureEnabled;
}

/** Opens the small window with everyone in it, or closes it. Without the document kind, one picture must do. */
export async function toggleSmallWindow(call: Call): Promise<void> {
  const { pipWindow } = call.store.getState();
  if (pipWindow) return pipWindow.close();
  if (document.pictureInPictureElement) return leaveVideoKind();
  await showSmall(call);
}

/** As above, without closing what is open: for a browser that asks for it by itself. */
export async function showSmall(call: Call): Promise<void> {
  const windows = smallWindows();
  if (call.store.getState().pipWindow || document.pictureInPictureElement) return;
  if (windows) await showDocumentKind(call, windows);
  else await showTileSmall(call.store.getState().pinned);
}

async function showDocumentKind(call: Call, windows: SmallWindows): Promise<void> {
  try {
    const opened = await openSmallWindow(windows, currentMessages().view.pipTitle(call.roomName));
    opened.addEventListener('pagehide', () => call.store.setState({ pipWindow: null }), { once: true });
    call.store.setState({ pipWindow: opened });
  } catch {
    toast(currentMessages().view.pipFailed);
  }
}

/** Takes the picture of one tile out into a small window, or back when it is there; without a tile, the best there is. */
export async function showTileSmall(tileId: string | null): Promise<void> {
  const { view } = currentMessages();
  const video = pictureOf(tileId) ?? pictureOf(null);
  if (!video) return toast(view.pipNothing);
  try {
    if (document.pictureInPictureElement === video) await document.exitPictureInPicture();
    else await video.requestPictureInPicture();
  } catch {
    toast(view.pipFailed);
  }
}

/** The video element of a tile; of somebody else's first tile with a picture when none is named. */
function pictureOf(tileId: string | null): HTMLVideoElement | null {
  const tile = tileId === null ? '[data-tile][data-self="false"]' : `[data-tile="${CSS.escape(tileId)}"]`;
  return document.querySelector<HTMLVideoElement>(`${tile} video`);
}

async function leaveVideoKind(): Promise<void> {
  // It may have been closed by its own button meanwhile.
  await document.exitPictureInPicture().catch(() => {});
}

/** Closes whatever small window there is: the call is over. */
export function closeSmall(call: Call): void {
  call.store.getState().pipWindow?.close();
  if (document.pictureInPictureElement) void leaveVideoKind();
}
