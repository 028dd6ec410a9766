import { VirtualTime } from '@madang/testkit';
import { describe, expect, it, vi } from 'vitest';
import type { Clock } from '../clock.js';
import { browserNetwork } from './network-watch.js';

/** A clock whose timers stand still while the machine sleeps, and its time does not. */
class SleepingClock implements Clock {
  readonly time = new VirtualTime();
  #sleptMs = 0;

  now(): number {
    return this.time.nowMs() + this.#sleptMs;
  }

  setTimeout(run: () => void, delayMs: number): unknown {
    return this.time.after(delayMs, run);
  }

  clearTimeout(timer: unknown): void {
    (timer as (() => void) | undefined)?.();
  }

  sleep(ms: number): void {
    this.#sleptMs += ms;
  }
}

describe('the network of a page', () => {
  it('is under suspicion after a sleep, and not after a busy moment', () => {
    const clock = new SleepingClock();
    const [changed, suspect] = [vi.fn(), vi.fn()];
    const off = browserNetwork(clock).watch(changed, suspect);
    clock.time.advance(10_000);
    clock.sleep(3_000);
    clock.time.advance(10_000);
    expect(suspect).toHaveBeenCalledTimes(0);
    clock.sleep(40_000);
    clock.time.advance(2_000);
    expect(suspect).toHaveBeenCalledTimes(1);
    clock.time.advance(10_000);
    expect(suspect).toHaveBeenCalledTimes(1);
    off();
    clock.sleep(40_000);
    clock.time.advance(10_000);
    expect([changed.mock.calls.length, suspect.mock.calls.length]).toEqual([0, 1]);
  });

  it('is under suspicion when the browser says that something about it changed, and not what', () => {
    const connection = new EventTarget();
    vi.stubGlobal('navigator', { connection });
    const [changed, suspect] = [vi.fn(), vi.fn()];
    const off = browserNetwork(new SleepingClock()).watch(changed, suspect);
    connection.dispatchEvent(new Event('change'));
    off();
    vi.unstubAllGlobals();
    expect([changed.mock.calls.length, suspect.mock.calls.length]).toEqual([0, 1]);
  });
});
