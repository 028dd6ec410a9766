import { type Clock, every } from '../clock.js';
import type { CallRecord } from '../record/index.js';

const PERIOD_MS = 1_000;
/** A page in front is never late by so much by itself; one in the background may be called once a minute. */
const LATE_MS = 5_000;
const LATE_HIDDEN_MS = 70_000;

type Listenable = Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;
interface Page extends Listenable {
  readonly navigator?: { readonly onLine?: boolean };
  readonly document?: Listenable & { readonly visibilityState?: string };
}

/**
 * Notes whether the browser believes to be online, whether the page is in front, and when it slept, until the returned
 * function is called. Some systems stop the monotonic clock while they sleep, so that the clock on the wall is asked too.
 */
export function recordPage(record: CallRecord, clock: Clock, wallNow: () => number = Date.now): () => void {
  const page = globalThis as Page;
  const { document } = page;
  const isHidden = (): boolean => document?.visibilityState === 'hidden';
  const online = (): void => record.add({ type: 'online', online: true });
  const offline = (): void => record.add({ type: 'online', online: false });
  const visibility = (): void => record.add({ type: 'visible', visible: !isHidden() });
  if (page.navigator?.onLine === false) offline();
  if (isHidden()) visibility();
  page.addEventListener?.('online', online);
  page.addEventListener?.('offline', offline);
  document?.addEventListener?.('visibilitychange', visibility);
  let hiddenBefore = isHidden();
  let last = { now: clock.now(), wall: wallNow() };
  const stop = every(clock, PERIOD_MS, () => {
    const now = { now: clock.now(), wall: wallNow() };
    const lateMs = Math.max(now.now - last.now, now.wall - last.wall) - PERIOD_MS;
    if (lateMs > (hiddenBefore || isHidden() ? LATE_HIDDEN_MS : LATE_MS)) record.add({ type: 'slept', forMs: lateMs });
    last = now;
    hiddenBefore = isHidden();
  });
  return () => {
    stop();
    page.removeEventListener?.('online', online);
    page.removeEventListener?.('offline', offline);
    document?.removeEventListener?.('visibilitychange', visibility);
  };
}
