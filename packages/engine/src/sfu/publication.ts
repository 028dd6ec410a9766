import type { Source } from './source.js';
import type { Subscription } from './subscription.js';

/** One track given to the media server: its sources, the lowest quality first, and who watches it. */
export class Publication {
  readonly kind: 'audio' | 'video';
  readonly sources: Source[] = [];
  readonly subscriptions: Subscription[] = [];
  #isOpen = true;

  constructor(kind: 'audio' | 'video') {
    this.kind = kind;
  }

  /** Whether it is forwarded at all; see `setOpen`. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** A stream of the track has appeared, or was announced. */
  addSource(source: Source): void {
    source.publication = this;
    this.sources.push(source);
    this.#sort();
    this.choose();
  }

  /** Takes a stream out that is no more. */
  removeSource(source: Source): void {
    const ix = this.sources.indexOf(source);
    if (ix >= 0) this.sources.splice(ix, 1);
    this.choose();
    source.close();
  }

  /** By size where it is known of both, since descriptions name encodings in any order. */
  #sort(): void {
    this.sources.sort((a, b) => (a.width > 0 && b.width > 0 ? a.width - b.width : 0) || a.rank - b.rank);
  }

  /** Chooses anew where a source has begun or stopped to flow, or has another size. */
  look(now: number): void {
    let hasChanged = false;
    for (const source of this.sources) {
      if (source.flowChanged(now) !== null || source.isResized) hasChanged = true;
      source.isResized = false;
    }
    if (!hasChanged) return;
    this.#sort();
    this.choose();
  }

  /** Stops and resumes forwarding to all, without a gap for anybody: for rooms that forward only some. */
  setOpen(isOpen: boolean): void {
    if (isOpen === this.#isOpen) return;
    this.#isOpen = isOpen;
    this.choose();
  }

  /** Something has changed that viewers' layers depend on. */
  choose(): void {
    for (const subscription of this.subscriptions) subscription.choose();
  }

  /** Ends it: viewers are sent nothing more of it. */
  close(): void {
    for (const subscription of [...this.subscriptions]) subscription.watch(null);
    for (const source of this.sources) source.close();
    this.sources.length = 0;
  }
}
