import { useEffect, useRef } from 'react';
import { BackGuard } from './back-guard.js';

let guard: BackGuard | undefined;

function pageGuard(): BackGuard {
  if (!guard) {
    const made = new BackGuard(window.history, (run) => setTimeout(run));
    window.addEventListener('popstate', () => made.wentBack());
    guard = made;
  }
  return guard;
}

/** While `isOpen`, the back button of the phone closes this instead of leaving the page. */
export function useBackCloses(isOpen: boolean, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!isOpen) return;
    return pageGuard().opened(() => latest.current());
  }, [isOpen]);
}
