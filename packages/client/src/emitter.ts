type Listener<A extends readonly unknown[]> = (...args: A) => void;

/** Events by name, each with the list of its arguments. */
export type EventMap<E> = { readonly [K in keyof E]: readonly unknown[] };

/** Typed events. Listeners run in the order they were added; one that throws does not keep the others from hearing. */
export class Emitter<E extends EventMap<E>> {
  readonly #listeners = new Map<keyof E, Set<Listener<never>>>();

  /** Calls `listener` on every `event` from now on; the returned function ends that. */
  on<K extends keyof E>(event: K, listener: (...args: E[K]) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners);
    // A listener of one's own per call, so that adding the same function twice and ending one of them works.
    const own: Listener<E[K]> = (...args) => listener(...args);
    listeners.add(own as Listener<never>);
    return () => {
      listeners.delete(own as Listener<never>);
    };
  }

  protected emit<K extends keyof E>(event: K, ...args: E[K]): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        (listener as unknown as Listener<E[K]>)(...args);
      } catch (error) {
        // The mistake is the listener's: it must not stop the room, yet somebody should see it.
        console.error(error);
      }
    }
  }
}
