import { freshShare } from '../bwe/index.js';
import type { SentStream } from '../peer/index.js';
import type { TxTable } from '../ports/index.js';
import type { ReportBlock, SenderInfo } from '../rtp/index.js';
import { chooseLayer, type LayerWish, within } from './layer-choice.js';
import { type Level, layerLevels } from './layer-levels.js';
import { type MediaPacket, TOP_LAYER } from './media-packet.js';
import { OutStream, type OutStreamOptions } from './out-stream.js';
import type { Publication } from './publication.js';
import { resend } from './resend.js';
import type { RowWriter } from './row-writer.js';
import type { Source, SourceListener } from './source.js';

export interface SubscriptionOptions extends OutStreamOptions {
  readonly writer: RowWriter;
}

const NO_TYPES = new Int8Array(128).fill(-1);
const NO_LIMIT: LayerWish = {};
const PRIORITIES = { low: 0, normal: 1, high: 2 };

/**
 * A publication as one viewer takes it: which one, which layers of it, and whether at all. All of that may change at any
 * time; what is sent follows at the next packet where it can, and goes on as it is until then.
 */
export class Subscription implements SourceListener, SentStream {
  readonly out: OutStream;
  /** Packets that the viewer asked for again, and those of them that it was sent. */
  askedCount = 0;
  resentCount = 0;
  /** How often the viewer asked for a keyframe. */
  keyframesWished = 0;
  /** What it may have of the viewer's line: filled by `measure`, divided, heeded by `fit`. */
  readonly share = freshShare();
  readonly #writer: RowWriter;
  #heard: readonly Source[] = [];
  #publication: Publication | null = null;
  #payloadTypes: Int8Array = NO_TYPES;
  #wish: LayerWish = {};
  /** What the viewer's line leaves of the wish. */
  #fit: LayerWish | 'nothing' = NO_LIMIT;
  #levels: readonly Level[] = [];
  #isPaused = false;
  /** What is sent, or was until it was left. */
  #current: Source | null = null;
  /** What shall be sent; null: nothing. */
  #wanted: Source | null = null;
  /** What may be sent while nothing is. */
  #allowed: readonly Source[] = [];
  /** Whether `#current` is sent: otherwise only what numbers are kept for. */
  #isFlowing = false;

  constructor(options: SubscriptionOptions) {
    this.out = new OutStream(options);
    this.#writer = options.writer;
    options.viewer.sending.add(this);
  }

  get publication(): Publication | null {
    return this.#publication;
  }

  /** The source whose packets are sent; null while none are. */
  get source(): Source | null {
    return this.#isFlowing ? this.#current : null;
  }

  /** The source that it waits for; null when it has what it wants. */
  get awaited(): Source | null {
    return this.#isFlowing && this.#wanted === this.#current ? null : this.#wanted;
  }

  get ssrc(): number {
    return this.out.ssrc >>> 0;
  }

  get cname(): string {
    return this.out.viewer.cname;
  }

  /** A sender report with the timestamp that the stream has at `now`. */
  report(info: SenderInfo, now: number): boolean {
    if (!this.out.sent.isSender) return false;
    this.out.sent.report(info, this.ssrc, this.out.timeline.rtpTsAt(now), now);
    return true;
  }

  reported(block: ReportBlock): void {
    this.out.reported(block);
  }

  /** Sends what the viewer lacks again, as far as it is kept and not too much. */
  asked(lost: Uint16Array, count: number, now: number, _tx: TxTable): void {
    this.askedCount += count;
    for (let ix = 0; ix < count; ix++) {
      if (resend(this.out, lost[ix]!, now, this.#writer) === 'sent') this.resentCount++;
    }
  }

  wantsKeyframe(): void {
    this.keyframesWished++;
    this.askKeyframe();
  }

  /** What its viewer asks for at most. */
  get wish(): LayerWish {
    return this.#wish;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /**
   * Shows another publication from its next keyframe on, or nothing. `payloadTypes` has the viewer's payload type for each
   * of the publisher's 128, -1 for what the viewer can't take.
   */
  watch(publication: Publication | null, payloadTypes: Int8Array = NO_TYPES): void {
    const before = this.#publication?.subscriptions;
    if (before?.includes(this)) before.splice(before.indexOf(this), 1);
    this.#publication = publication;
    this.#payloadTypes = payloadTypes;
    publication?.subscriptions.push(this);
    this.choose();
  }

  /** Ends it: what is missing yet is for nobody any more, so that no source has to tell of it. */
  close(): void {
    this.watch(null);
    this.#current = null;
    this.#listen();
    this.out.held.clear();
    this.out.legs.clear();
    this.out.viewer.sending.remove(this);
  }

  /** Asks for layers, at most. */
  want(wish: LayerWish): void {
    this.#wish = wish;
    this.choose();
  }

  /** Stops until `resume`, which goes on with a keyframe. */
  pause(): void {
    this.#isPaused = true;
    this.choose();
  }

  resume(): void {
    this.#isPaused = false;
    this.choose();
  }

  /** Finds out what the levels within its wish take now, and which it has. Returns what all that is wished takes. */
  measure(now: number): number {
    const { share } = this;
    const publication = this.#isPaused || this.#publication?.isOpen === false ? null : this.#publication;
    this.#levels = publication === null ? [] : layerLevels(publication.sources, this.#wish, now);
    share.levels.length = 0;
    for (const { bps } of this.#levels) share.levels.push(bps);
    share.priority = PRIORITIES[this.#wish.priority ?? 'normal'];
    share.area = (this.#wish.maxWidth ?? 0) * (this.#wish.maxHeight ?? 0);
    share.level = this.#levelHad();
    return share.levels.at(-1) ?? 0;
  }

  #levelHad(): number {
    const fit = this.#fit;
    if (fit === 'nothing') return -1;
    const { maxLayer = TOP_LAYER, maxTemporal = TOP_LAYER } = fit;
    return this.#levels.findLastIndex(
      ({ layer, temporal }) => layer < maxLayer || (layer === maxLayer && temporal <= maxTemporal),
    );
  }

  /** Is sent what its share is now, from the next place on. */
  fit(): void {
    const { level, levels } = this.share;
    const before = this.#fit;
    if (level === levels.length - 1) this.#fit = NO_LIMIT;
    else if (level < 0) this.#fit = 'nothing';
    else this.#fit = { maxLayer: this.#levels[level]!.layer, maxTemporal: this.#levels[level]!.temporal };
    if (!isSame(before, this.#fit)) this.choose();
  }

  /** Whether the viewer's line leaves less than is wished. */
  get isLimited(): boolean {
    return this.#fit !== NO_LIMIT;
  }

  /** Chooses source and layers anew: something has changed that they depend on. */
  choose(): void {
    const publication = this.#publication;
    const fit = this.#fit;
    if (publication === null || this.#isPaused || !publication.isOpen || fit === 'nothing') {
      this.#aim(null, []);
      return;
    }
    const { source, allowed, spatial, temporal } = chooseLayer(publication.sources, within(this.#wish, fit));
    this.out.cap.want(spatial, temporal);
    this.#aim(source, allowed);
  }

  #aim(source: Source | null, allowed: readonly Source[]): void {
    const isOther = source !== this.#wanted;
    this.#wanted = source;
    this.#allowed = allowed;
    if (source === null) this.#isFlowing = false;
    this.#listen();
    if (isOther && this.awaited !== null) this.askKeyframe();
  }

  /** Hears what is sent and what is waited for; what was sent last as long as numbers are kept for packets of it. */
  #listen(): void {
    const before = this.#heard;
    const isLeft = !this.#isFlowing && this.out.ledger.reserved === 0;
    if (isLeft) this.#current = null;
    const sources = [this.#current, this.#wanted, ...(this.#isFlowing ? [] : this.#allowed)];
    this.#heard = [...new Set(sources)].filter((source) => source !== null);
    for (const source of before) if (!this.#heard.includes(source)) source.unlisten(this);
    for (const source of this.#heard) source.listen(this);
  }

  /** The viewer can't go on without a keyframe. */
  askKeyframe(): void {
    if (this.#wanted !== null && !this.#wanted.isSound) this.#wanted.wantKeyframe();
  }

  /** A packet of a source that is listened to. */
  take(source: Source, packet: MediaPacket, now: number, writer: RowWriter): void {
    const isCurrent = source === this.#current;
    if (isCurrent && packet.extended <= this.out.highestIn) this.#takeLate(packet, writer);
    else if (isCurrent && this.#isFlowing) this.#takeNext(source, packet, now, writer);
    else if (packet.isEntry && packet.isNewest && this.#mayEnter(source)) this.#enter(source, packet, now, writer);
  }

  /** What follows leans on the keyframe whose first packet comes too late to be of use; nobody sees that anything is missing. */
  #takeLate(packet: MediaPacket, writer: RowWriter): void {
    if (!this.out.late(packet, writer) && packet.isEntry && this.#isFlowing) this.askKeyframe();
  }

  #mayEnter(source: Source): boolean {
    return source === this.#wanted || (!this.#isFlowing && this.#allowed.includes(source));
  }

  #takeNext(source: Source, packet: MediaPacket, now: number, writer: RowWriter): void {
    if (this.out.next(packet, now, writer)) {
      if (this.out.cap.needsKeyframe) this.askKeyframe();
      return;
    }
    this.#isFlowing = false;
    if (packet.isEntry && this.#mayEnter(source)) this.#enter(source, packet, now, writer);
    else this.askKeyframe();
  }

  #enter(source: Source, packet: MediaPacket, now: number, writer: RowWriter): void {
    const isOther = source !== this.#current || !this.#isFlowing;
    this.#current = source;
    this.#isFlowing = true;
    if (isOther) this.#listen();
    this.out.enter(source, packet, this.#payloadTypes, now, writer);
    this.out.next(packet, now, writer);
  }
}

function isSame(a: LayerWish | 'nothing', b: LayerWish | 'nothing'): boolean {
  if (a === 'nothing' || b === 'nothing') return a === b;
  return a.maxLayer === b.maxLayer && a.maxTemporal === b.maxTemporal;
}
