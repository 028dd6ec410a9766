import { describe, expect, test } from 'vitest';
import { FlowWatch } from './flow-watch.js';
import { KeyframeRequests } from './keyframe-requests.js';
import { RateMeter } from './rate-meter.js';

describe('keyframe requests', () => {
  test('nobody waits, nothing is asked', () => {
    const requests = new KeyframeRequests();
    expect([requests.nextAtMs, requests.due(1000, 50)]).toEqual([Number.POSITIVE_INFINITY, false]);
  });

  test('ten thousand wishes a second are at most two requests', () => {
    const requests = new KeyframeRequests();
    const times: number[] = [];
    for (let tenth = 0; tenth < 10_000; tenth++) {
      requests.want();
      if (requests.due(tenth / 10, 50)) times.push(tenth / 10);
      // A keyframe comes at once each time: the wishes after it are new.
      if (times.at(-1) === tenth / 10) requests.arrived();
    }
    expect(times).toEqual([0, 500]);
  });

  test('without an answer, which may have been lost, they come more and more slowly in the end', () => {
    const requests = new KeyframeRequests();
    requests.want();
    const times: number[] = [];
    for (let now = 0; now < 13_000; now++) if (requests.due(now, 50)) times.push(now);
    expect(times).toEqual([0, 250, 1000, 1250, 2000, 2500, 3500, 5500, 9500]);
    expect(requests.nextAtMs).toBe(13_500);
  });

  test('on a long way they wait for the answer', () => {
    const requests = new KeyframeRequests();
    requests.want();
    expect(requests.due(0, 700)).toBe(true);
    expect(requests.nextAtMs).toBe(1400);
  });

  test('when the stream goes on after a stop, it is asked as often as in the beginning', () => {
    const requests = new KeyframeRequests();
    requests.want();
    let now = 0;
    for (let asked = 0; asked < 9; asked++) {
      now = requests.nextAtMs;
      requests.due(now, 20);
    }
    expect(requests.nextAtMs - now).toBe(4_000);
    requests.flows();
    expect(requests.nextAtMs - now).toBe(250);
  });

  test('a keyframe ends it, and the next wish begins anew', () => {
    const requests = new KeyframeRequests();
    requests.want();
    requests.due(0, 50);
    requests.due(250, 50);
    requests.arrived();
    expect(requests.nextAtMs).toBe(Number.POSITIVE_INFINITY);
    requests.want();
    expect(requests.nextAtMs).toBe(1000);
    requests.cancel();
    expect(requests.due(5000, 50)).toBe(false);
  });
});

describe('flow', () => {
  test('a stream begins, stalls and goes on, each told once', () => {
    const watch = new FlowWatch(1000);
    expect([watch.nextAtMs, watch.changed(0)]).toEqual([Number.POSITIVE_INFINITY, null]);
    watch.received(10, false);
    expect(watch.nextAtMs).toBe(0);
    expect([watch.changed(10), watch.changed(20)]).toEqual(['flowing', null]);
    watch.received(500, false);
    expect([watch.nextAtMs, watch.changed(1499)]).toEqual([1500, null]);
    expect([watch.changed(1500), watch.changed(1600), watch.nextAtMs]).toEqual([
      'stalled',
      null,
      Number.POSITIVE_INFINITY,
    ]);
    watch.received(2000, false);
    expect(watch.changed(2000)).toBe('flowing');
  });

  test('silence is no stall', () => {
    const watch = new FlowWatch(1000);
    watch.received(0, false);
    watch.changed(0);
    for (let now = 400; now < 4000; now += 400) watch.received(now, true);
    expect([watch.changed(4000), watch.flow]).toEqual(['silent', 'silent']);
    expect(watch.changed(5000)).toBe('stalled');
  });
});

test('a rate is that of the last second', () => {
  const meter = new RateMeter();
  for (let now = 0; now < 3000; now += 10) meter.add(125, now);
  expect(meter.bps(2999)).toBe(100_000);
  expect(meter.bps(3499)).toBe(50_000);
  expect(meter.bps(9000)).toBe(0);
});
