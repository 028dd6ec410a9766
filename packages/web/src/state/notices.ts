import { createStore } from 'zustand/vanilla';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  /** Shown only: somebody else says it aloud. */
  readonly isQuiet: boolean;
}

interface Notices {
  /** Shown on screen and read out politely, oldest first. */
  readonly toasts: readonly Toast[];
  /** Read out politely, not shown. */
  readonly polite: string;
  /** Read out at once, not shown. */
  readonly urgent: string;
}

const SHOWN_AT_ONCE = 3;
const STAYS_MS = 5_000;
const STAYS_WITH_ACTION_MS = 10_000;

export const notices = createStore<Notices>(() => ({ toasts: [], polite: '', urgent: '' }));

let lastId = 0;

/** Shows a short text for some seconds; the oldest gives way when there are more than three. */
export function toast(
  text: string,
  { action, isQuiet = false }: Partial<Pick<Toast, 'action' | 'isQuiet'>> = {},
): void {
  const id = ++lastId;
  notices.setState(({ toasts }) => ({ toasts: [...toasts, { id, text, action, isQuiet }].slice(-SHOWN_AT_ONCE) }));
  setTimeout(() => dismissToast(id), action ? STAYS_WITH_ACTION_MS : STAYS_MS);
}

export function dismissToast(id: number): void {
  notices.setState(({ toasts }) => ({ toasts: toasts.filter((shown) => shown.id !== id) }));
}

/** Says something to people who listen to the page instead of seeing it. `urgent` interrupts what is being read. */
export function announce(text: string, urgency: 'polite' | 'urgent' = 'polite'): void {
  // A live region is read when its text changes: the same sentence twice needs a difference that is not heard.
  notices.setState((before) => ({ [urgency]: before[urgency] === text ? `${text}\u00a0` : text }));
}
