import type { Clock } from '../clock.js';
import type { DataLink } from './data-link.js';
import type { LaneName } from './data-way.js';
import { PAIR, type PairFrame, type PairKind, pairTopic, writePairFrame } from './pair-frame.js';
import { PairWay } from './pair-way.js';
import type { RoomLanes } from './room-lanes.js';

/** A call that nobody answers is repeated after so long, and later each time in a row. */
const CALL_MS = 5_000;
const LONGEST_CALL_MS = 40_000;
/** So long a member has to come by another way before it is called again. */
const AGAIN_MS = 1_500;
/** After what was said between two has proved useless they do not meet for so long; twice as long each time. */
const REST_MS = 5_000;
const LONGEST_REST_MS = 320_000;

export interface MemberPairDeps {
  readonly clock: Clock;
  readonly link: DataLink;
  /** Whether another way is the one to go by now. */
  isBeingLeft(): boolean;
  readonly hearsOnly: boolean;
  readonly isOnlyHeardBy: boolean;
}

/**
 * This member and another one, as far as they meet through the media server: each calls the other when it gets there, and who
 * is called answers. Both then know two numbers, by which what belongs to an earlier time is told from what is meant now.
 */
export class MemberPair {
  readonly #deps: MemberPairDeps;
  #lanes: RoomLanes | undefined;
  #way: PairWay | undefined;
  /** By which this side calls; 0 while it does not. */
  #own = 0;
  #timer: unknown;
  #breaks = 0;
  #restsUntil = Number.NEGATIVE_INFINITY;

  constructor(deps: MemberPairDeps) {
    this.#deps = deps;
  }

  get isOnlyHeardBy(): boolean {
    return this.#deps.isOnlyHeardBy;
  }

  /** There is a connection with the server, another one, or none any more. */
  moveTo(lanes: RoomLanes | undefined): void {
    this.#lanes = lanes;
    this.#way?.moveTo(lanes);
    this.call();
  }

  /** Says that this side is here. Without a connection it is said when there is one. */
  call(againMs = CALL_MS): void {
    const { clock } = this.#deps;
    if (this.#isResting) return;
    clock.clearTimeout(this.#timer);
    if (this.#lanes === undefined) return;
    const other = this.#way?.other ?? 0;
    if (this.#way === undefined && this.#own === 0) this.#own = freshNumber();
    this.#say(PAIR.CALL, this.#own, other);
    if (this.#way !== undefined) return;
    this.#timer = clock.setTimeout(() => {
      if (this.#way === undefined && !this.#deps.isBeingLeft()) this.call(Math.min(againMs * 2, LONGEST_CALL_MS));
    }, againMs);
  }

  /** Calls again if the member has not come by another way by then. */
  callSoon(): void {
    if (!this.#isResting) this.#callAfter(AGAIN_MS);
  }

  receive(name: LaneName, frame: PairFrame): void {
    const way = this.#way;
    const isOfThis = way !== undefined && frame.own === way.other && frame.other === way.own;
    const isMeeting = frame.kind === PAIR.CALL || frame.kind === PAIR.ANSWER;
    if (isMeeting && (this.#hasLeft || this.#isResting)) return;
    if (frame.kind === PAIR.CALL) this.#onCall(frame, isOfThis);
    else if (frame.kind === PAIR.ANSWER) this.#onAnswer(frame, isOfThis);
    else if (isOfThis && frame.kind === PAIR.BYE) way.end('the other side goes by another way');
    else if (isOfThis) way.receive(name, frame);
    // Who asks about what this side knows nothing of would ask for ever.
    else if (frame.kind === PAIR.ASK) this.#say(PAIR.BYE, frame.other, frame.own);
  }

  heed(name: LaneName, notice: number): void {
    this.#way?.heed(name, notice);
  }

  close(): void {
    const way = this.#way;
    if (way !== undefined) this.#say(PAIR.BYE, way.own, way.other);
    this.#lanes = undefined;
    way?.end('no longer by way of the server');
    this.#deps.clock.clearTimeout(this.#timer);
  }

  /**
   * The call moves to the direct connection, and what is said goes by that already. The member, who gets there a little
   * later, must not call one back: the direct channels would be closed for a way that is about to end.
   */
  get #hasLeft(): boolean {
    return this.#deps.isBeingLeft() && this.#deps.link.isStraight;
  }

  get #isResting(): boolean {
    return this.#deps.clock.now() < this.#restsUntil;
  }

  #callAfter(ms: number): void {
    const { clock, link, isBeingLeft } = this.#deps;
    clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(() => {
      if (this.#way === undefined && !link.isReady && !isBeingLeft()) this.call();
    }, ms);
  }

  #onCall({ own: other, other: own }: PairFrame, isOfThis: boolean): void {
    const way = this.#way;
    const isKnown = isOfThis || (way !== undefined && way.other === other && own === 0);
    if (!isKnown && (way !== undefined || this.#own === 0)) this.#own = freshNumber();
    // Before anything that is said to who knows nothing of us yet.
    this.#say(PAIR.ANSWER, this.#own, other);
    if (!isKnown) this.#meet(other);
    else if (isOfThis) way?.isHere();
  }

  #onAnswer({ own: other, other: own }: PairFrame, isOfThis: boolean): void {
    if (own === this.#own && own !== 0 && !isOfThis) this.#meet(other);
  }

  #meet(other: number): void {
    const { clock, link, hearsOnly, isOnlyHeardBy } = this.#deps;
    const own = this.#own;
    this.#way?.end('the other side has begun anew');
    clock.clearTimeout(this.#timer);
    this.#own = own;
    const way = new PairWay(this.#lanes, {
      clock,
      memberId: link.memberId,
      hearsOnly,
      isOnlyHeardBy,
      own,
      other,
      onClose: () => this.#onClose(way),
    });
    this.#way = way;
    link.take(way, (events) => {
      way.tell({ ...events, onEnd: (reason) => this.#onEnd(way, reason, events.onEnd) });
    });
  }

  #onClose(way: PairWay): void {
    this.#say(PAIR.BYE, way.own, way.other);
    this.#forget(way);
    if (this.#deps.link.isBroken) this.#rest();
  }

  /** Met again at once, the two would break it again at once. */
  #rest(): void {
    const ms = Math.min(REST_MS * 2 ** this.#breaks, LONGEST_REST_MS);
    this.#breaks += 1;
    this.#restsUntil = this.#deps.clock.now() + ms;
    this.#callAfter(ms);
  }

  #onEnd(way: PairWay, reason: string, tell: (reason: string) => void): void {
    this.#forget(way);
    tell(reason);
    this.callSoon();
  }

  #forget(way: PairWay): void {
    if (this.#way !== way) return;
    this.#way = undefined;
    this.#own = 0;
  }

  #say(kind: PairKind, own: number, other: number): void {
    const { memberId } = this.#deps.link;
    const frame = writePairFrame(memberId, { kind, own, other, number: 0 });
    this.#lanes?.lane('control')?.say(frame, pairTopic(memberId, kind));
  }
}

function freshNumber(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! || 1;
}
