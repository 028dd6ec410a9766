import { VirtualTime } from '@madang/testkit';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../clock.js';
import { PAIR, type PairFrame, type PairKind, readPairFrame, writePairFrame } from './pair-frame.js';
import { PairLane } from './pair-lane.js';
import { readRoomFrame } from './room-frame.js';
import { SendLane } from './send-lane.js';

/** A lane to somebody, and all that leaves by it. */
class Story {
  readonly time = new VirtualTime();
  readonly sent: PairFrame[] = [];
  readonly delivered: number[] = [];
  readonly lane: PairLane;

  constructor() {
    const clock: Clock = {
      now: () => this.time.nowMs(),
      setTimeout: (run, delayMs) => this.time.after(delayMs, run),
      clearTimeout: (timer) => (timer as (() => void) | undefined)?.(),
    };
    const channel = {
      readyState: 'open',
      bufferedAmount: 0,
      bufferedAmountLowThreshold: 0,
      onbufferedamountlow: null,
      send: (data: string | Uint8Array<ArrayBuffer>) =>
        void this.sent.push(readPairFrame(readRoomFrame((data as Uint8Array<ArrayBuffer>).slice().buffer)!.payload)!),
    };
    const under = new SendLane(channel, { maxFrameBytes: 65_536, highBytes: 262_144, lowBytes: 65_536 }, () => {});
    this.lane = new PairLane(under, {
      name: 'control',
      memberId: 'bob',
      clock,
      write: (kind, number, bytes) => writePairFrame('bob', { kind, own: 1, other: 2, number }, bytes),
      deliver: ({ number }) => this.delivered.push(number),
    });
  }

  says(kind: PairKind, number: number, bytes: readonly number[] = []): void {
    this.lane.receive({ kind, own: 2, other: 1, number, bytes: Uint8Array.from(bytes) });
  }

  /** When something of this kind left, of all that leave from now on. */
  askedAt(withinMs: number): number[] {
    const asked: number[] = [];
    for (let passed = 0; passed < withinMs; passed += 100) {
      const before = this.sent.length;
      this.time.advance(100);
      if (this.sent.slice(before).some(({ kind }) => kind === PAIR.ASK)) asked.push(passed + 100);
    }
    return asked;
  }

  of(kind: PairKind): number[] {
    return this.sent.filter((frame) => frame.kind === kind).map(({ number }) => number);
  }
}

describe('a lane between two members', () => {
  it('asks later and later while nothing is heard, and as soon as ever once something was', () => {
    const story = new Story();
    story.lane.send('a');
    expect(story.askedAt(80_000)).toEqual([5_000, 15_000, 35_000, 75_000]);
    story.says(PAIR.HEARD, 1);
    story.lane.send('b');
    expect(story.askedAt(6_000)).toEqual([5_000]);
  });

  it('sends again what was lost before the question, and passes over the answer to an earlier one', () => {
    const story = new Story();
    story.lane.send('a');
    story.time.advance(15_000);
    expect(story.of(PAIR.ASK)).toEqual([1, 2]);
    story.says(PAIR.TOLD, 1, [0, 0, 0, 0]);
    expect(story.of(PAIR.TEXT)).toEqual([0]);
    story.says(PAIR.TOLD, 2, [0, 0, 0, 0]);
    expect(story.of(PAIR.TEXT)).toEqual([0, 0]);
  });

  it('delivers each frame once and in order, whatever comes before it or again', () => {
    const story = new Story();
    for (const number of [1, 0, 0, 2, 1, 3, 2]) story.says(PAIR.BYTES, number, [number]);
    expect(story.delivered).toEqual([0, 1, 2]);
    story.says(PAIR.ASK, 9);
    expect(story.of(PAIR.TOLD)).toEqual([9]);
    expect([...story.sent.at(-1)!.bytes]).toEqual([0, 0, 0, 3]);
  });
});
