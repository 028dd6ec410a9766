/** `window.documentPictureInPicture` (Document Picture-in-Picture), which TypeScript does not know yet. */
export interface SmallWindows {
  requestWindow(size: { width: number; height: number }): Promise<Window>;
}

const SIZE = { width: 380, height: 300 };

/** Opens the small window dressed like this page: same style sheets, language and scene. Refuses without a click. */
export async function openSmallWindow(windows: SmallWindows, title: string): Promise<Window> {
  const opened = await windows.requestWindow(SIZE);
  const page = opened.document;
  page.title = title;
  page.documentElement.lang = document.documentElement.lang;
  page.documentElement.dataset.scene = 'stage';
  for (const sheet of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')) {
    const link = page.createElement('link');
    link.rel = 'stylesheet';
    // The address as resolved: the small window has none of its own to resolve it against.
    link.href = sheet.href;
    page.head.append(link);
  }
  return opened;
}
