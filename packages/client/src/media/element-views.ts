import type { MediaElement } from './element.js';

/** What of a picture is seen: in pixels of the screen, as the device has them. */
export interface TrackView {
  readonly visible: boolean;
  readonly width: number;
  readonly height: number;
}

/** The browser's observers; absent where there is no page. */
export interface ViewObservers {
  readonly IntersectionObserver?: typeof IntersectionObserver;
  readonly ResizeObserver?: typeof ResizeObserver;
  readonly devicePixelRatio?: number;
}

const HIDDEN: TrackView = { visible: false, width: 0, height: 0 };

/**
 * Watches how large the elements are that a track is attached to, and whether any of each is on the screen. What is in a
 * page that is behind another counts as seen: it is, as soon as the page comes to the front.
 */
export class ElementViews {
  readonly #changed: () => void;
  readonly #page: ViewObservers;
  readonly #views = new Map<Element, TrackView>();
  #wasWatched = false;
  #sizes: ResizeObserver | undefined;
  #sights: IntersectionObserver | undefined;

  constructor(changed: () => void, page: ViewObservers = globalThis) {
    this.#changed = changed;
    this.#page = page;
  }

  /** The largest of what is seen; undefined as long as nothing could be watched, so that nothing is known. */
  get view(): TrackView | undefined {
    if (!this.#wasWatched) return undefined;
    const seen = [...this.#views.values()].filter(({ visible }) => visible);
    return seen.reduce(
      (largest, view) => (view.width * view.height > largest.width * largest.height ? view : largest),
      {
        ...HIDDEN,
        visible: seen.length > 0,
      },
    );
  }

  /** One that is no element of a page is not watched. */
  watch(element: MediaElement): void {
    const { IntersectionObserver: Sights, ResizeObserver: Sizes } = this.#page;
    if (Sights === undefined || Sizes === undefined || !isElement(element)) return;
    this.#wasWatched = true;
    this.#sights ??= new Sights((entries) => {
      for (const { target, isIntersecting } of entries) this.#take(target, { visible: isIntersecting });
    });
    this.#sizes ??= new Sizes((entries) => {
      for (const { target } of entries) this.#take(target, this.#sizeOf(target));
    });
    // Until the observers have looked it counts as seen.
    this.#views.set(element, { visible: true, ...this.#sizeOf(element) });
    this.#sights.observe(element);
    this.#sizes.observe(element);
    this.#changed();
  }

  unwatch(element: MediaElement): void {
    if (!isElement(element) || !this.#views.delete(element)) return;
    this.#sights?.unobserve(element);
    this.#sizes?.unobserve(element);
    this.#changed();
  }

  #take(element: Element, now: Partial<TrackView>): void {
    const before = this.#views.get(element);
    if (before === undefined) return;
    this.#views.set(element, { ...before, ...now });
    this.#changed();
  }

  #sizeOf({ clientWidth, clientHeight }: Element): { readonly width: number; readonly height: number } {
    const ratio = this.#page.devicePixelRatio ?? 1;
    return { width: Math.round(clientWidth * ratio), height: Math.round(clientHeight * ratio) };
  }
}

function isElement(element: MediaElement | Element): element is MediaElement & Element {
  return 'clientWidth' in element;
}
