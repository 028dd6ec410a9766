import { type Clock, every, systemClock } from '../clock.js';

/** Tells when this machine's network changed: another Wi-Fi, cable pulled, back from a tunnel. */
export interface NetworkWatch {
  /**
   * Calls `changed` on every change, and `suspect` when something may have changed while nobody looked, until the
   * returned function is called.
   */
  watch(changed: () => void, suspect?: () => void): () => void;
}

type Listenable = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

const TICK_MS = 2_000;
/** A tick so much too late: the machine slept, or the page was frozen. */
const SLEPT_MS = 5_000;

/**
 * What browsers tell: `online`, and `navigator.connection` where it exists. That one also fires for mere estimates of
 * the speed, so only a change of its `type` counts as a change. Waking up, by the clock or by the page's own word, and
 * everything else that `connection` says is cause for suspicion.
 */
export function browserNetwork(clock: Clock = systemClock): NetworkWatch {
  const page = globalThis as Partial<Listenable>;
  const { document } = globalThis as { document?: Listenable };
  const connection = (globalThis.navigator as { connection?: Listenable & { type?: string } } | undefined)?.connection;
  return {
    watch(changed, suspect = () => {}) {
      let type = connection?.type;
      const onConnection = (): void => {
        const before = type;
        type = connection?.type;
        if (type === before) suspect();
        else changed();
      };
      page.addEventListener?.('online', changed);
      page.addEventListener?.('pageshow', suspect);
      document?.addEventListener('resume', suspect);
      connection?.addEventListener('change', onConnection);
      const stop = watchSleep(clock, suspect);
      return () => {
        page.removeEventListener?.('online', changed);
        page.removeEventListener?.('pageshow', suspect);
        document?.removeEventListener('resume', suspect);
        connection?.removeEventListener('change', onConnection);
        stop();
      };
    },
  };
}

function watchSleep(clock: Clock, woke: () => void): () => void {
  let last = clock.now();
  return every(clock, TICK_MS, () => {
    const passed = clock.now() - last;
    last = clock.now();
    if (passed - TICK_MS > SLEPT_MS) woke();
  });
}
