import type { Platform } from './read-platform.js';

/**
 * An address that makes the app hand the page to a browser of its own, where there is a known way: KakaoTalk and LINE
 * have words for it, Android has intents. Null where only copying the link is left.
 */
export function outsideLink(address: string, { inApp, system }: Platform): string | null {
  if (inApp === null) return null;
  if (inApp === 'kakaotalk') return `kakaotalk://web/openExternal?url=${encodeURIComponent(address)}`;
  if (inApp === 'line') {
    const url = new URL(address);
    url.searchParams.set('openExternalBrowser', '1');
    return url.href;
  }
  return system === 'android' ? chromeIntent(address) : null;
}

/** Opens Chrome, or whatever browser the phone has when there is no Chrome. */
function chromeIntent(address: string): string {
  const { protocol, host, pathname, search, hash, href } = new URL(address);
  const scheme = protocol.replace(':', '');
  const fallback = encodeURIComponent(href);
  return `intent://${host}${pathname}${search}${hash}#Intent;scheme=${scheme};package=com.android.chrome;S.browser_fallback_url=${fallback};end`;
}
