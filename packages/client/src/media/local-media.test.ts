import { FakeMediaDevices, type FakeMediaStreamTrack } from '@madang/testkit';
import { describe, expect, it, vi } from 'vitest';
import type { CaptureDevices } from './capture.js';
import { Devices } from './devices.js';
import { LocalMedia } from './local-media.js';

function setUp() {
  const devices = new FakeMediaDevices();
  const media = new LocalMedia({ mediaDevices: devices as unknown as CaptureDevices, isSecureContext: true });
  const changes: string[] = [];
  media.on('changed', () => changes.push(Object.values(media.state).join(' ')));
  const live = () => devices.opened.filter(({ readyState }) => readyState === 'live').map(({ kind }) => kind);
  return { devices, media, changes, live };
}

const fake = (track: MediaStreamTrack | undefined): FakeMediaStreamTrack => track as unknown as FakeMediaStreamTrack;

describe("devices of one's own", () => {
  it('are opened, muted in their own ways, and released', async () => {
    const { media, changes, live } = setUp();
    await media.startMicrophone();
    await media.startCamera();
    await media.setMicrophoneMuted(true);
    expect(live()).toEqual(['audio', 'video']);
    await media.setCameraMuted(true);
    expect(live()).toEqual(['audio']);
    await media.setCameraMuted(false);
    media.stop('microphone');
    expect(live()).toEqual(['video']);
    media.close();
    expect(live()).toEqual([]);
    expect(changes).toEqual([
      'on off off',
      'on on off',
      'muted on off',
      'muted muted off',
      'muted on off',
      'off on off',
      'off off off',
    ]);
  });

  it('keep their track object through a switch, and the old device is released', async () => {
    const { media, live } = setUp();
    const track = await media.startCamera();
    await media.switchDevice('camera', 'cam-2');
    expect(media.tracks.get('camera')).toBe(track);
    expect(track.deviceId).toBe('cam-2');
    expect(live()).toEqual(['video']);
  });

  it('let no sound out when a muted microphone is switched', async () => {
    const { media } = setUp();
    await media.startMicrophone();
    await media.setMicrophoneMuted(true);
    const audible: boolean[] = [];
    media.on('changed', () => audible.push(media.tracks.get('microphone')!.mediaStreamTrack.enabled));
    await media.switchDevice('microphone', 'mic-2');
    expect(audible.length).toBeGreaterThan(0);
    expect(audible).not.toContain(true);
    expect(media.state.microphone).toBe('muted');
  });

  it('are not opened by a switch while the camera is muted, but used when it comes back', async () => {
    const { media, live } = setUp();
    const track = await media.startCamera();
    await media.setCameraMuted(true);
    await media.switchDevice('camera', 'cam-2');
    expect(live()).toEqual([]);
    await media.setCameraMuted(false);
    expect(track.deviceId).toBe('cam-2');
  });

  it('are switched also where only one camera opens at a time', async () => {
    const { devices, media, live } = setUp();
    const track = await media.startCamera();
    devices.oneCameraAtATime = true;
    await media.switchDevice('camera', 'cam-2');
    expect(track.deviceId).toBe('cam-2');
    expect(live()).toEqual(['video']);
  });

  it('come back when the other one can not be had', async () => {
    const { devices, media } = setUp();
    const track = await media.startCamera();
    const busy = () => new DOMException('Could not start video source', 'NotReadableError');
    devices.failures.push(busy(), busy());
    await expect(media.switchDevice('camera', 'cam-2')).rejects.toMatchObject({ kind: 'in-use', source: 'camera' });
    expect(track.deviceId).toBe('cam-1');
    expect(media.state.camera).toBe('on');
    await expect(media.switchDevice('camera', 'gone')).rejects.toMatchObject({ kind: 'overconstrained' });
    expect(media.state.camera).toBe('on');
  });

  it('may be remembered ones that are no longer there', async () => {
    const { media } = setUp();
    expect((await media.startCamera({ deviceId: 'of yesterday' })).deviceId).toBe('cam-1');
  });

  it('are opened once for the same wish, and again for another', async () => {
    const { devices, media } = setUp();
    await Promise.all([media.startCamera({ width: 640 }), media.startCamera({ width: 640 })]);
    expect(devices.opened).toHaveLength(1);
    await media.startCamera({ width: 1_920 });
    expect(devices.opened).toHaveLength(2);
  });

  it('stay closed when stopped while they are being opened', async () => {
    const { media, live } = setUp();
    const camera = media.startCamera();
    media.stop('camera');
    await expect(camera).rejects.toMatchObject({ kind: 'cancelled', source: 'camera' });
    const microphone = media.startMicrophone();
    const screen = media.startScreen();
    await Promise.resolve();
    media.close();
    await expect(microphone).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(screen).rejects.toMatchObject({ kind: 'cancelled' });
    expect(live()).toEqual([]);
    expect((await media.startCamera()).source).toBe('camera');
  });

  it('tell when one is pulled out', async () => {
    const { media, changes } = setUp();
    const ended: string[] = [];
    media.on('ended', (source) => ended.push(source));
    const track = await media.startCamera();
    fake(track.mediaStreamTrack).end();
    expect(ended).toEqual(['camera']);
    expect(changes.at(-1)).toBe('off off off');
  });

  it('tell also of a muted microphone, so that its successor can be opened muted', async () => {
    const { devices, media } = setUp();
    const ended: unknown[] = [];
    media.on('ended', (source, muted) => ended.push(source, muted));
    const track = await media.startMicrophone();
    await media.setMicrophoneMuted(true);
    fake(track.mediaStreamTrack).end();
    expect(ended).toEqual(['microphone', true]);
    const audible: boolean[] = [];
    media.on('changed', () => audible.push(devices.opened.at(-1)!.enabled));
    await media.startMicrophone({ deviceId: 'mic-2' }, true);
    expect(media.state.microphone).toBe('muted');
    expect(audible).toEqual([false]);
  });

  it('refuse with a reason', async () => {
    const { devices, media } = setUp();
    devices.failures.push(new DOMException('Permission denied', 'NotAllowedError'));
    await expect(media.startCamera()).rejects.toMatchObject({ kind: 'denied', source: 'camera' });
    devices.devices = [];
    await expect(media.startMicrophone()).rejects.toMatchObject({ kind: 'not-found', source: 'microphone' });
    expect(media.state).toEqual({ microphone: 'off', camera: 'off', screen: 'off' });
    await expect(new LocalMedia({ isSecureContext: false }).startCamera()).rejects.toMatchObject({ kind: 'insecure' });
  });
});

describe('a shared screen', () => {
  it('has its sound beside it, and ends with it', async () => {
    const { media, live } = setUp();
    const track = await media.startScreen();
    expect(track.mediaStreamTrack.contentHint).toBe('detail');
    expect([...media.tracks.keys()]).toEqual(['screen', 'screen-audio']);
    media.stop('screen');
    expect(media.tracks.size).toBe(0);
    expect(live()).toEqual([]);
  });

  it("ends when the browser's own button is pressed", async () => {
    const { media, live } = setUp();
    const track = await media.startScreen();
    fake(track.mediaStreamTrack).end();
    expect(media.state.screen).toBe('off');
    expect(live()).toEqual([]);
  });

  it('may be without sound, and may be replaced by another', async () => {
    const { devices, media, live } = setUp();
    await media.startScreen();
    devices.screenHasSound = false;
    await media.startScreen();
    expect([...media.tracks.keys()]).toEqual(['screen']);
    expect(live()).toEqual(['video']);
  });

  it('may be cancelled', async () => {
    const { devices, media } = setUp();
    devices.failures.push(new DOMException('Permission denied by user', 'NotAllowedError'));
    await expect(media.startScreen()).rejects.toMatchObject({ kind: 'cancelled', source: 'screen' });
    expect(media.state.screen).toBe('off');
  });
});

describe('the list of devices', () => {
  it('is sorted by kind, without the nameless stand-ins, and follows what is plugged in', async () => {
    const source = new FakeMediaDevices();
    const devices = new Devices(source as unknown as MediaDevices);
    const changed = vi.fn();
    const off = devices.on('changed', changed);
    source.plug([...source.devices, { kind: 'videoinput', deviceId: '', label: '' }]);
    const { cameras, microphones, speakers } = await devices.list();
    expect(cameras.map(({ label }) => label)).toEqual(['First camera', 'Second camera']);
    expect([microphones.length, speakers.length]).toEqual([2, 1]);
    off();
    source.plug([]);
    expect(changed).toHaveBeenCalledOnce();
  });

  it('is empty where there are no devices to be had', async () => {
    expect(await new Devices(undefined).list()).toEqual({ cameras: [], microphones: [], speakers: [] });
  });
});
