/** So many dropped pictures are remembered, for packets that come late. A power of two. */
const MOST_DROPPED = 64;

const NONE = -1;

/**
 * Picture ids of one subscription, and the indices beside them (RFC 7741 §4.2, RFC 9628 §4.2). A viewer of VP8 takes a
 * picture id that is missing for a picture that is lost, so those that are left out are closed up; one of VP9 counts back
 * by them, so they stay as far apart as they were. After a switch they go on where the source before ended.
 */
export class PictureNumbers {
  /** Of the picture that was placed last. Bits above those of the field are the caller's to cut off. */
  out = NONE;
  #bits = 15;
  #closesUp = false;
  #highest = NONE;
  /** Of the newest picture that was sent. */
  #last = NONE;
  #shift = 0;
  readonly #dropped = new Int32Array(MOST_DROPPED);
  #droppedCount = 0;
  #tl0Shift = 0;
  #keyShift = 0;
  #lastTl0 = NONE;
  #lastKey = NONE;

  /** The source, or the place in it, is another from this picture on. What it does not tell is -1. */
  restart(pictureId: number, bits: number, tl0PicIdx8: number, keyIdx: number, closesUp: boolean): void {
    this.#bits = bits;
    this.#closesUp = closesUp;
    this.#highest = pictureId;
    this.#shift = this.#last < 0 ? 0 : this.#last + 1 - pictureId;
    this.#droppedCount = 0;
    this.#tl0Shift = this.#lastTl0 < 0 ? 0 : this.#lastTl0 + 1 - tl0PicIdx8;
    this.#keyShift = this.#lastKey < 0 ? 0 : this.#lastKey + 1 - keyIdx;
  }

  /** A packet in order that is sent. */
  admit(pictureId: number): void {
    this.#highest += this.#ahead(pictureId);
    this.out = this.#highest + this.#shift;
    this.#last = this.out;
  }

  /** A packet in order that is left out. */
  drop(pictureId: number): void {
    const ahead = this.#ahead(pictureId);
    this.#highest += ahead;
    const isKnown = this.#droppedCount > 0 && this.#dropped[(this.#droppedCount - 1) % MOST_DROPPED] === this.#highest;
    if (!this.#closesUp || isKnown) return;
    this.#dropped[this.#droppedCount++ % MOST_DROPPED] = this.#highest;
    this.#shift--;
  }

  /** A packet of before the newest. False when its picture was left out, or that is not known any more. */
  place(pictureId: number): boolean {
    const picture = this.#highest + this.#ahead(pictureId);
    const known = Math.min(this.#droppedCount, MOST_DROPPED);
    let later = 0;
    while (later < known && this.#dropped[(this.#droppedCount - 1 - later) % MOST_DROPPED]! > picture) later++;
    if (later === known && this.#droppedCount > known) return false;
    if (later < known && this.#dropped[(this.#droppedCount - 1 - later) % MOST_DROPPED] === picture) return false;
    this.out = picture + this.#shift + later;
    return true;
  }

  /** TL0PICIDX in the low byte, KEYIDX in the next, as the column `LAYER_IDS` has them. `isNewest`: none is before. */
  layerIds(tl0PicIdx8: number, keyIdx: number, isNewest: boolean): number {
    const tl0 = (tl0PicIdx8 + this.#tl0Shift) & 0xff;
    const key = (keyIdx + this.#keyShift) & 0x1f;
    if (isNewest && tl0PicIdx8 >= 0) this.#lastTl0 = tl0;
    if (isNewest && keyIdx >= 0) this.#lastKey = key;
    return tl0 | (key << 8);
  }

  /** How many pictures from the newest to this one; negative for one before it. */
  #ahead(pictureId: number): number {
    const unused = 32 - this.#bits;
    return ((pictureId - this.#highest) << unused) >> unused;
  }
}
