import type { MediaState } from '@madang/protocol';

export const NOTHING: MediaState = { microphone: 'off', camera: 'off', screen: 'off' };

const FIELDS = ['microphone', 'camera', 'screen'] as const;

/** Tells the server what one sends, and only what has changed since it was last told. */
export class MediaReport {
  #told: MediaState = NOTHING;
  readonly #send: (media: Partial<MediaState>) => Promise<unknown>;
  #underway = 0;

  constructor(send: (media: Partial<MediaState>) => Promise<unknown>) {
    this.#send = send;
  }

  /** The server was told by a join. */
  told(media: MediaState): void {
    this.#told = media;
  }

  /**
   * Brings the server from `known`, what it believes, to `now`. While a report is under way `known` is behind, and what
   * was told last counts instead. A refused report is not repeated before the next change.
   */
  bring(now: MediaState, known: MediaState): void {
    const base = this.#underway > 0 ? this.#told : known;
    const difference: Partial<MediaState> = {};
    for (const field of FIELDS) if (now[field] !== base[field]) difference[field] = now[field];
    this.#told = now;
    if (Object.keys(difference).length === 0) return;
    this.#underway += 1;
    this.#send(difference)
      .catch(() => {})
      .finally(() => {
        this.#underway -= 1;
      });
  }
}
