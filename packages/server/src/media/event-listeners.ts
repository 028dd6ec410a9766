import type { MediaEvent } from '@madang/engine';

type Listener = (event: MediaEvent) => void;

/** Who hears what happens to media. */
export class EventListeners {
  readonly #listeners = new Set<Listener>();

  /** The function given back ends it. */
  add(listener: Listener): () => void {
    // Whoever listens twice hears twice.
    const hear: Listener = (event) => listener(event);
    this.#listeners.add(hear);
    return () => this.#listeners.delete(hear);
  }

  tell(event: MediaEvent): void {
    for (const hear of [...this.#listeners]) hear(event);
  }
}
