import { FakeMediaStreamTrack } from '@madang/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pageAddress } from '../link/index.js';
import { LocalTrack, type MediaElement, RemoteTrack } from '../media/index.js';
import { watchFirstFrame } from './first-frame.js';
import { browserNetwork } from './network-watch.js';

const track = (kind: 'audio' | 'video'): MediaStreamTrack =>
  new FakeMediaStreamTrack(kind) as unknown as MediaStreamTrack;

beforeEach(() => {
  vi.stubGlobal(
    'MediaStream',
    class {
      readonly tracks: unknown[];
      constructor(tracks: unknown[]) {
        this.tracks = tracks;
      }
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

/** What a page sees in an element. */
const shown = ({ srcObject }: MediaElement): unknown =>
  (srcObject as unknown as { tracks: unknown[] } | null)?.tracks[0];

describe('an element', () => {
  it('follows a local track through a switch of its device, until it is detached', () => {
    const [first, second] = [track('video'), track('video')];
    const local = new LocalTrack('camera', first);
    const element: MediaElement = { srcObject: null };
    local.attach(element);
    expect(shown(element)).toBe(first);
    local.replace(second);
    expect(shown(element)).toBe(second);
    local.detach(element);
    local.replace(first);
    expect(element.srcObject).toBeNull();
  });

  it('shows a remote track, and is left alone once another stream is in it', () => {
    const receiver = { track: track('video') } as unknown as RTCRtpReceiver;
    const remote = new RemoteTrack('screen', { receiver });
    const element: MediaElement = { srcObject: null };
    remote.attach(element);
    expect([shown(element), remote.kind]).toEqual([receiver.track, 'video']);
    const other = { id: 'other' } as unknown as MediaStream;
    element.srcObject = other;
    remote.detach(element);
    expect(element.srcObject).toBe(other);
  });

  it('leaves one mark when it shows a first frame', () => {
    const frames: (() => void)[] = [];
    const element = { srcObject: null, requestVideoFrameCallback: (run: () => void) => frames.push(run) };
    watchFirstFrame(element, 'm1');
    watchFirstFrame(element, 'm1');
    expect(frames).toHaveLength(1);
    frames[0]?.();
    expect(performance.getEntriesByName('madang:first-frame:m1')).toHaveLength(1);
    performance.clearMarks('madang:first-frame:m1');
  });
});

it('hears of a change of network from the page and from the connection, but not of mere estimates', () => {
  const page = new EventTarget();
  const connection = Object.assign(new EventTarget(), { type: 'wifi' });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('navigator', { connection });
  const changed = vi.fn();
  const off = browserNetwork().watch(changed);
  connection.dispatchEvent(new Event('change'));
  expect(changed).toHaveBeenCalledTimes(0);
  connection.type = 'cellular';
  connection.dispatchEvent(new Event('change'));
  page.dispatchEvent(new Event('online'));
  expect(changed).toHaveBeenCalledTimes(2);
  off();
  page.dispatchEvent(new Event('online'));
  expect(changed).toHaveBeenCalledTimes(2);
});

it('finds the server of the page: its base where it has one, else its origin', () => {
  expect(() => pageAddress()).toThrow(TypeError);
  vi.stubGlobal('location', { origin: 'https://meet.example' });
  expect(pageAddress()).toBe('https://meet.example');
  vi.stubGlobal('document', { querySelector: () => ({}), baseURI: 'https://meet.example/madang/' });
  expect(pageAddress()).toBe('https://meet.example/madang/');
});
