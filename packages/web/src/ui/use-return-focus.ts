import { useRef } from 'react';

/** What comes and goes over the page: a focus in there is not a place to return to for what is below. */
const PASSING = '[role=menu], [role=listbox], [role=dialog], [role=alertdialog], aside';

let lastOnPage: Element | null = null;
if (typeof document !== 'undefined') {
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element && !target.closest(PASSING)) lastOnPage = target;
  });
}

/** Where the focus goes when everything that passes over the page has gone. */
export function returnFocusToPage(): void {
  if (lastOnPage instanceof HTMLElement && lastOnPage.isConnected) lastOnPage.focus({ preventScroll: true });
}

/** For what takes the focus while open: notes where it was, and gives it back when that is still there. */
export function useReturnFocus(): { readonly note: () => void; readonly giveBack: (event: Event) => void } {
  const from = useRef<Element | null>(null);
  return {
    note: () => {
      from.current = document.activeElement;
    },
    giveBack: (event) => {
      event.preventDefault();
      const before = from.current;
      if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus();
      else returnFocusToPage();
    },
  };
}
