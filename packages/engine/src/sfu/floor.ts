import { Loudness } from './loudness.js';
import type { Publication } from './publication.js';

/** How much louder than somebody on the floor one has to be to take the place. */
const MARGIN = 6;
/** Below this nobody speaks. */
const LEAST = 20;
/** Who takes the floor keeps it so long. */
const HOLD_MS = 1000;
/** Who speaks louder than the active speaker has to for so long. */
const TAKE_MS = 300;
/** How often the ranking is looked at. */
const LOOK_MS = 50;

interface Speaker {
  readonly publication: Publication;
  readonly loudness: Loudness;
  /** When it was last let on the floor. */
  sinceMs: number;
}

/**
 * Who has the floor in a room: the active speaker, and the loudest few where no more are forwarded. Both change with
 * hysteresis, so that a cough or an even talk of two does not make them flicker. Publications without audio levels are
 * never ranked, and always forwarded.
 */
export class Floor {
  readonly #speakers = new Map<Publication, Speaker>();
  /** Those of whom no level has come yet. */
  readonly #unheard = new Map<Loudness, Speaker>();
  readonly #seats: number;
  #active: Speaker | null = null;
  #challenger: Speaker | null = null;
  #challengedMs = 0;
  #nextAtMs = Number.POSITIVE_INFINITY;

  /** `seats`: how many are forwarded; infinity for all. */
  constructor(seats: number) {
    this.#seats = seats;
  }

  /** The publication of who speaks, or spoke last; null before anybody has. */
  get active(): Publication | null {
    return this.#active?.publication ?? null;
  }

  /** When `look` has something to do; infinity while nobody is heard. */
  get nextAtMs(): number {
    return this.#nextAtMs;
  }

  loudnessOf(publication: Publication, now: number): number {
    return this.#speakers.get(publication)?.loudness.at(now) ?? 0;
  }

  /** A packet of sound with its level came; see `Loudness.heard`. Who is first heard may have to wait for a seat. */
  heard(loudness: Loudness, level: number, now: number): void {
    if (this.#unheard.size > 0) this.#meet(loudness);
    loudness.heard(level, now);
    if (this.#nextAtMs === Number.POSITIVE_INFINITY) this.#nextAtMs = now + LOOK_MS;
  }

  /** Ranks a publication from its first level on; what comes of it is told with what this returns. */
  add(publication: Publication, now: number): Loudness {
    const loudness = new Loudness();
    this.#unheard.set(loudness, { publication, loudness, sinceMs: now });
    return loudness;
  }

  #meet(loudness: Loudness): void {
    const speaker = this.#unheard.get(loudness);
    if (speaker === undefined) return;
    this.#unheard.delete(loudness);
    this.#speakers.set(speaker.publication, speaker);
    if (this.#open().length > this.#seats) speaker.publication.setOpen(false);
  }

  /** It has ended; its seat is free. */
  remove(publication: Publication, now: number): void {
    const speaker = this.#speakers.get(publication);
    this.#speakers.delete(publication);
    for (const unheard of this.#unheard.values()) {
      if (unheard.publication === publication) this.#unheard.delete(unheard.loudness);
    }
    if (speaker === this.#active) this.#active = null;
    if (speaker === this.#challenger) this.#challenger = null;
    this.#seat(now);
  }

  /** Ranks anew. Returns whether another is the active speaker. */
  look(now: number): boolean {
    if (now < this.#nextAtMs) return false;
    const loudest = Math.max(0, ...[...this.#speakers.values()].map(({ loudness }) => loudness.at(now)));
    this.#nextAtMs = loudest < 1 ? Number.POSITIVE_INFINITY : now + LOOK_MS;
    this.#seat(now);
    return this.#choose(now);
  }

  #open(): Speaker[] {
    return [...this.#speakers.values()].filter(({ publication }) => publication.isOpen);
  }

  /** Fills free seats with the loudest who wait, and gives seats of quieter ones to those clearly louder. */
  #seat(now: number): void {
    const waiting = [...this.#speakers.values()].filter(({ publication }) => !publication.isOpen);
    const byLoudness = (a: Speaker, b: Speaker) => b.loudness.at(now) - a.loudness.at(now);
    for (const speaker of waiting.sort(byLoudness)) {
      const seated = this.#open().sort(byLoudness);
      if (seated.length < this.#seats) this.#let(speaker, now);
      else if (!this.#takes(speaker, seated.at(-1)!, now)) return;
    }
  }

  #takes(speaker: Speaker, quietest: Speaker, now: number): boolean {
    const [own, theirs] = [speaker.loudness.at(now), quietest.loudness.at(now)];
    const isHeld = theirs >= LEAST && now - quietest.sinceMs < HOLD_MS;
    if (isHeld || own < LEAST || own < theirs + MARGIN) return false;
    quietest.publication.setOpen(false);
    this.#let(speaker, now);
    return true;
  }

  #let(speaker: Speaker, now: number): void {
    speaker.sinceMs = now;
    speaker.publication.setOpen(true);
  }

  #choose(now: number): boolean {
    const loudest = this.#loudest(now);
    if (loudest === null || loudest === this.#active) {
      this.#challenger = null;
      return false;
    }
    if (this.#active !== null && loudest.loudness.at(now) < this.#active.loudness.at(now) + MARGIN) return false;
    if (loudest !== this.#challenger) {
      this.#challenger = loudest;
      this.#challengedMs = now;
    }
    if (now - this.#challengedMs < TAKE_MS) return false;
    this.#active = loudest;
    this.#challenger = null;
    return true;
  }

  /** Null while nobody speaks. */
  #loudest(now: number): Speaker | null {
    let loudest: Speaker | null = null;
    for (const speaker of this.#speakers.values()) {
      if (speaker.loudness.at(now) < LEAST) continue;
      if (loudest === null || speaker.loudness.at(now) > loudest.loudness.at(now)) loudest = speaker;
    }
    return loudest;
  }
}
