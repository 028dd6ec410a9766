/** Tells when this machine's network changed: another Wi-Fi, cable pulled, back from a tunnel. */
export interface NetworkWatch {
  /** Calls `changed` on every change until the returned function is called. */
  watch(changed: () => void): () => void;
}

type Listenable = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

/**
 * What browsers tell: `online`, and `navigator.connection` where it exists. That one also fires for mere estimates of
 * the speed, so only a change of its `type` counts where there is one.
 */
export function browserNetwork(): NetworkWatch {
  const page = globalThis as Partial<Listenable>;
  const connection = (globalThis.navigator as { connection?: Listenable & { type?: string } } | undefined)?.connection;
  return {
    watch(changed) {
      let type = connection?.type;
      const onConnection = (): void => {
        if (connection?.type === type) return;
        type = connection?.type;
        changed();
      };
      page.addEventListener?.('online', changed);
      connection?.addEventListener('change', onConnection);
      return () => {
        page.removeEventListener?.('online', changed);
        connection?.removeEventListener('change', onConnection);
      };
    },
  };
}
