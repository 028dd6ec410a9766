/** What silence is in `AUDIO_LEVEL`: dB below overload (RFC 6464 §3). */
const SILENCE = 127;
/** How fast it follows a sound that grows, and one that fades: time constants. */
const ATTACK_MS = 40;
const DECAY_MS = 400;
/** A sender that does not say whether it is a voice may be, from this level on. */
const VOICE_FROM = SILENCE - 60;

/** How loud one member is, smoothed: 0 is silence, 127 as loud as can be. */
export class Loudness {
  #value = 0;
  #atMs = 0;

  /** A packet with this level came: the low seven bits dB below overload, bit 7 whether it is a voice. */
  heard(level: number, now: number): void {
    const loudness = SILENCE - (level & 0x7f);
    const target = level >= 0x80 || loudness >= VOICE_FROM ? loudness : 0;
    this.#value = this.#towards(target, now);
    this.#atMs = now;
  }

  /** At `now`: who sends nothing any more fades. */
  at(now: number): number {
    return this.#towards(0, now);
  }

  #towards(target: number, now: number): number {
    const constant = target > this.#value ? ATTACK_MS : DECAY_MS;
    // Packets that come in one batch are 20 ms apart all the same.
    const elapsed = Math.max(target === 0 ? 0 : 20, now - this.#atMs);
    return target + (this.#value - target) * Math.exp(-elapsed / constant);
  }
}
