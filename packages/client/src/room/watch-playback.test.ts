import { VirtualTime } from '@madang/testkit';
import { describe, expect, it } from 'vitest';
import type { MediaElement } from '../media/index.js';
import { CallRecord } from '../record/index.js';
import { watchPlayback } from './watch-playback.js';

/** As much of an element as is looked at. */
class Element extends EventTarget {
  srcObject: MediaElement['srcObject'] = null;
  paused = true;
  muted = false;
  volume = 1;
  autoplay = true;
  readyState = 0;
  isConnected = true;
  readonly frames: (() => void)[] = [];

  requestVideoFrameCallback(run: () => void): number {
    return this.frames.push(run);
  }

  change(fields: Partial<Element>, event: string): void {
    Object.assign(this, fields);
    this.dispatchEvent(new Event(event));
  }
}

function watched(source: 'microphone' | 'camera') {
  const time = new VirtualTime();
  const clock = {
    now: () => time.nowMs(),
    setTimeout: (run: () => void, delayMs: number) => time.after(delayMs, run),
    clearTimeout: (timer: unknown) => (timer as () => void)(),
  };
  const record = new CallRecord({ clock });
  const element = new Element();
  const stop = watchPlayback(element as unknown as MediaElement, { peer: 'p', source, record, clock });
  const states = () => record.facts.flatMap((fact) => (fact.type === 'playback' ? [fact.state] : []));
  return { time, record, element, stop, states };
}

describe('what an element does with a track', () => {
  it('is playing, paused and playing again', () => {
    const { element, states } = watched('camera');
    element.change({ paused: false }, 'playing');
    element.change({ paused: true }, 'pause');
    element.change({ paused: false }, 'playing');
    expect(states()).toEqual(['playing', 'paused', 'playing']);
  });

  it('is not paused when it is taken out of the page', () => {
    const { element, states } = watched('camera');
    element.change({ paused: false }, 'playing');
    element.change({ paused: true, isConnected: false }, 'pause');
    expect(states()).toEqual(['playing']);
  });

  it('is held back by the browser if it should begin by itself and does not', () => {
    const { time, element, states } = watched('microphone');
    expect(states()).toEqual([]);
    // Nothing to play yet.
    time.advance(5_000);
    expect(states()).toEqual([]);
    element.readyState = 4;
    time.advance(2_000);
    expect(states()).toEqual(['blocked']);
    element.change({ paused: false }, 'playing');
    expect(states()).toEqual(['blocked', 'playing']);
  });

  it('is turned down, of sound; pictures are muted as a matter of course', () => {
    const sound = watched('microphone');
    sound.element.change({ paused: false, volume: 0 }, 'playing');
    sound.element.change({ volume: 0.5 }, 'volumechange');
    sound.element.change({ muted: true }, 'volumechange');
    expect(sound.states()).toEqual(['silenced', 'playing', 'silenced']);
    const picture = watched('camera');
    picture.element.change({ paused: false, muted: true }, 'playing');
    expect(picture.states()).toEqual(['playing']);
  });

  it('is noted until the track is taken out again, with the first frame', () => {
    const { time, record, element, stop, states } = watched('camera');
    for (const run of element.frames) run();
    expect(record.facts.filter(({ type }) => type === 'first')).toMatchObject([{ what: 'frame-rendered', peer: 'p' }]);
    stop();
    element.change({ paused: false }, 'playing');
    time.advance(5_000);
    expect(states()).toEqual([]);
  });

  it('is nothing where the page only keeps the stream', () => {
    const record = new CallRecord();
    const { clock } = { clock: { now: () => 0, setTimeout: () => 0, clearTimeout: () => {} } };
    watchPlayback({ srcObject: null }, { peer: 'p', source: 'camera', record, clock })();
    expect(record.facts.map(({ type }) => type)).toEqual(['page']);
  });
});
