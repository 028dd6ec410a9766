import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MediaElement } from './element.js';
import { RemoteTrack } from './remote-track.js';

class Stream {
  readonly tracks: MediaStreamTrack[];
  /** Most tracks that were in it at once. */
  most = 1;
  constructor(tracks: MediaStreamTrack[]) {
    this.tracks = [...tracks];
  }
  addTrack(track: MediaStreamTrack): void {
    this.most = Math.max(this.most, this.tracks.push(track));
  }
  removeTrack(track: MediaStreamTrack): void {
    this.tracks.splice(this.tracks.indexOf(track), 1);
  }
}

/** What a page tells of its elements, as it happens. */
class Page {
  told: ((entries: unknown[]) => void)[] = [];
  readonly observed = new Set<unknown>();
  readonly Observer = ((page: Page) =>
    class {
      constructor(tell: (entries: unknown[]) => void) {
        page.told.push(tell);
      }
      observe(element: unknown): void {
        page.observed.add(element);
      }
      unobserve(element: unknown): void {
        page.observed.delete(element);
      }
    })(this);
  sees(target: unknown, isIntersecting: boolean): void {
    for (const tell of this.told.slice(0, 1)) tell([{ target, isIntersecting }]);
  }
  resized(target: unknown): void {
    for (const tell of this.told.slice(1)) tell([{ target }]);
  }
}

let page: Page;
const receiver = (kind: 'audio' | 'video' = 'video') => ({ track: { kind } }) as unknown as RTCRtpReceiver;
const element = (clientWidth: number, clientHeight: number) =>
  ({ srcObject: null, clientWidth, clientHeight }) as MediaElement & { clientWidth: number; clientHeight: number };
const shownIn = ({ srcObject }: MediaElement): unknown => (srcObject as unknown as Stream).tracks;

beforeEach(() => {
  page = new Page();
  vi.stubGlobal('MediaStream', Stream);
  vi.stubGlobal('IntersectionObserver', page.Observer);
  vi.stubGlobal('ResizeObserver', page.Observer);
  vi.stubGlobal('devicePixelRatio', 2);
});
afterEach(() => vi.unstubAllGlobals());

describe('a remote track', () => {
  it('goes on in the same stream of the same element when it comes by another way', () => {
    const undone: string[] = [];
    const [first, second] = [receiver(), receiver()];
    const track = new RemoteTrack('camera', { receiver: first, watch: () => () => undone.push('first') });
    const video = element(320, 180);
    track.attach(video);
    const stream = video.srcObject;
    track.moveTo({ receiver: second, watch: () => () => undone.push('second') });
    expect(video.srcObject).toBe(stream);
    expect(shownIn(video)).toEqual([second.track]);
    // Of two, browsers would go on with the one before, and stand still when it goes.
    expect((stream as unknown as Stream).most).toBe(1);
    expect(track.mediaStreamTrack).toBe(second.track);
    expect(undone).toEqual(['first']);
    track.detach(video);
    expect(undone).toEqual(['first', 'second']);
  });

  it('is seen as large as the largest of its elements that is on the screen', () => {
    const track = new RemoteTrack('camera', { receiver: receiver() });
    expect(track.view).toBeUndefined();
    const [tile, strip] = [element(640, 360), element(160, 90)];
    track.attach(tile);
    track.attach(strip);
    expect(track.view).toEqual({ visible: true, width: 1280, height: 720 });
    page.sees(tile, false);
    expect(track.view).toEqual({ visible: true, width: 320, height: 180 });
    page.sees(strip, false);
    expect(track.view?.visible).toBe(false);
    Object.assign(tile, { clientWidth: 100, clientHeight: 100 });
    page.resized(tile);
    page.sees(tile, true);
    expect(track.view).toEqual({ visible: true, width: 200, height: 200 });
  });

  it('is not seen once every element has let go of it', () => {
    const track = new RemoteTrack('camera', { receiver: receiver() });
    const tile = element(640, 360);
    track.attach(tile);
    track.detach(tile);
    expect(track.view?.visible).toBe(false);
    expect(page.observed.size).toBe(0);
  });

  it('is seen as the page says, where the page says it', () => {
    const wish = vi.fn();
    const track = new RemoteTrack('camera', { receiver: receiver() });
    track.onWish = wish;
    track.attach(element(640, 360));
    track.setView({ visible: true, width: 10, height: 10 });
    expect(track.view).toEqual({ visible: true, width: 10, height: 10 });
    track.setView(undefined);
    expect(track.view?.width).toBe(1280);
    track.setPriority('high');
    track.setPriority('high');
    track.setPaused(true);
    expect([track.priority, track.paused]).toEqual(['high', true]);
    expect(wish).toHaveBeenCalledTimes(5);
  });

  it('plays its sound on from a stream of its own when it comes by another way, where it was playing', () => {
    const [first, second] = [receiver('audio'), receiver('audio')];
    const track = new RemoteTrack('microphone', { receiver: first });
    const play = vi.fn(() => Promise.resolve());
    const [playing, stopped] = [
      { ...element(0, 0), paused: false, play },
      { ...element(0, 0), paused: true, play },
    ];
    track.attach(playing);
    track.attach(stopped);
    const before = playing.srcObject;
    track.moveTo({ receiver: second });
    expect(playing.srcObject).not.toBe(before);
    expect(shownIn(playing)).toEqual([second.track]);
    expect(stopped.srcObject).toBe(playing.srcObject);
    expect(play).toHaveBeenCalledTimes(1);
  });

  it('has no size as sound', () => {
    const track = new RemoteTrack('microphone', { receiver: receiver('audio') });
    track.attach(element(10, 10));
    expect(track.view).toBeUndefined();
  });
});
