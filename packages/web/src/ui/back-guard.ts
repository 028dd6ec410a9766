/** What of `window.history` is needed to notice the way back. */
export interface BackHistory {
  pushState(state: unknown, unused: string): void;
  back(): void;
}

/**
 * Lets the back button of a phone close what lies on top instead of leaving the page. While anything is open, one entry
 * of the history stands for it; it is taken away again when all was closed otherwise.
 */
export class BackGuard {
  readonly #history: BackHistory;
  readonly #later: (run: () => void) => void;
  readonly #open: (() => void)[] = [];
  #hasEntry = false;
  #ownSteps = 0;

  /** `later` runs something after what is happening now, in which one thing may close and the next one open. */
  constructor(history: BackHistory, later: (run: () => void) => void) {
    this.#history = history;
    this.#later = later;
  }

  /** From now on the way back calls `close`. Returns how to say that it is closed; it may be said twice. */
  opened(close: () => void): () => void {
    this.#open.push(close);
    this.#ensureEntry();
    return () => {
      const ix = this.#open.lastIndexOf(close);
      if (ix < 0) return;
      this.#open.splice(ix, 1);
      this.#later(() => this.#dropEntry());
    };
  }

  /** The browser went back by one entry. */
  wentBack(): void {
    if (this.#ownSteps > 0) {
      this.#ownSteps -= 1;
      // Something may have been opened on the way.
      if (this.#open.length > 0) this.#ensureEntry();
      return;
    }
    if (!this.#hasEntry) return;
    this.#hasEntry = false;
    this.#open.pop()?.();
    if (this.#open.length > 0) this.#ensureEntry();
  }

  #ensureEntry(): void {
    if (this.#hasEntry || this.#ownSteps > 0) return;
    this.#hasEntry = true;
    this.#history.pushState({ madang: 'sheet' }, '');
  }

  #dropEntry(): void {
    if (!this.#hasEntry || this.#open.length > 0) return;
    this.#hasEntry = false;
    this.#ownSteps += 1;
    this.#history.back();
  }
}
