import { describe, expect, it } from 'vitest';
import { type LaneChannel, type LaneSource, SendLane } from './send-lane.js';

class Channel implements LaneChannel {
  readyState = 'open';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  onbufferedamountlow: (() => void) | null = null;
  readonly sent: string[] = [];
  refuses = false;

  send(data: string | Uint8Array): void {
    if (this.refuses) throw new DOMException('full', 'OperationError');
    this.sent.push(String(data));
    this.bufferedAmount += 100;
  }

  drain(): void {
    this.bufferedAmount = 0;
    this.onbufferedamountlow?.();
  }
}

const LIMITS = { maxFrameBytes: 100, highBytes: 400, lowBytes: 100 };

function source(name: string, count: number): LaneSource {
  let sent = 0;
  return { next: () => (sent === count ? null : `${name}${++sent}`) };
}

describe('a lane', () => {
  it('lets its sources take turns, and stops when the browser has enough', () => {
    const channel = new Channel();
    const lane = new SendLane(channel, LIMITS, () => {});
    lane.add(source('a', 9));
    lane.add(source('b', 2));
    expect(channel.sent).toEqual(['a1', 'a2', 'a3', 'a4']);
    channel.drain();
    expect(channel.sent.slice(4).sort()).toEqual(['a5', 'a6', 'b1', 'b2']);
    channel.drain();
    expect(channel.sent.slice(8)).toEqual(['a7', 'a8', 'a9']);
  });

  it('passes over a source that has nothing now, and comes back when it is told', () => {
    const channel = new Channel();
    const lane = new SendLane(channel, LIMITS, () => {});
    let ready = false;
    lane.add({ next: () => (ready ? 'late' : undefined) });
    lane.add(source('b', 1));
    expect(channel.sent).toEqual(['b1']);
    ready = true;
    lane.pump();
    expect(channel.sent[1]).toBe('late');
  });

  it('says what is short first, in order', () => {
    const channel = new Channel();
    channel.readyState = 'connecting';
    const lane = new SendLane(channel, LIMITS, () => {});
    lane.add(source('a', 9));
    for (const text of ['x', 'y', 'z']) lane.say(text);
    channel.readyState = 'open';
    lane.pump();
    expect(channel.sent).toEqual(['x', 'y', 'z', 'a1']);
  });

  it('says only the last of what is said about one thing while it waits, however often', () => {
    const channel = new Channel();
    channel.readyState = 'connecting';
    const errors: unknown[] = [];
    const lane = new SendLane(channel, LIMITS, (error) => errors.push(error));
    for (let count = 0; count < 10_000; count += 1) lane.say(`answer ${count}`, 'answer');
    lane.say('x');
    lane.say('y');
    lane.say('last answer', 'answer');
    channel.readyState = 'open';
    lane.pump();
    expect([channel.sent, errors]).toEqual([['x', 'y', 'last answer'], []]);
  });

  it('tells when the browser refuses, and asks nothing more of it', () => {
    const channel = new Channel();
    const errors: unknown[] = [];
    const lane = new SendLane(channel, LIMITS, (error) => errors.push(error));
    channel.refuses = true;
    lane.add(source('a', 3));
    lane.pump();
    expect(errors).toHaveLength(1);
  });

  it('gives up on an other side that is told more than it reads', () => {
    const channel = new Channel();
    channel.bufferedAmount = 1_000;
    const errors: unknown[] = [];
    const lane = new SendLane(channel, LIMITS, (error) => errors.push(error));
    for (let count = 0; count < 5_000 && errors.length === 0; count += 1) lane.say('x');
    expect(errors).toHaveLength(1);
  });
});
