import { FakeMediaDevices, FakeMediaStreamTrack } from '@madang/testkit';
import { describe, expect, it } from 'vitest';
import type { CaptureDevices } from './capture.js';
import { LocalMedia } from './local-media.js';
import type { ProcessedTrack, TrackProcessor } from './track-processor.js';

/** Makes a new track of each one given, and keeps count of what is open. */
class CountingProcessor implements TrackProcessor {
  readonly inputs: MediaStreamTrack[] = [];
  readonly outputs: FakeMediaStreamTrack[] = [];
  failure: Error | undefined;
  #gate: Promise<void> | undefined;

  async process(input: MediaStreamTrack): Promise<ProcessedTrack> {
    await this.#gate;
    if (this.failure !== undefined) throw this.failure;
    const output = new FakeMediaStreamTrack(input.kind as 'audio' | 'video');
    this.inputs.push(input);
    this.outputs.push(output);
    return { track: output as unknown as MediaStreamTrack, close: () => output.stop() };
  }

  /** Lets no run begin until the function returned is called. */
  close(): () => void {
    let open = (): void => {};
    this.#gate = new Promise((resolve) => {
      open = resolve;
    });
    return open;
  }

  get live(): number {
    return this.outputs.filter(({ readyState }) => readyState === 'live').length;
  }
}

function setUp() {
  const devices = new FakeMediaDevices();
  const media = new LocalMedia({ mediaDevices: devices as unknown as CaptureDevices, isSecureContext: true });
  const open = () => devices.opened.filter(({ readyState }) => readyState === 'live').length;
  return { devices, media, open, processor: new CountingProcessor() };
}

describe('a processor', () => {
  it('gives the track that is sent, while the device keeps its name', async () => {
    const { media, processor } = setUp();
    const track = await media.startCamera();
    await media.setProcessor('camera', processor);
    expect(track.mediaStreamTrack).toBe(processor.outputs[0]);
    expect(track.deviceTrack).toBe(processor.inputs[0]);
    expect(track.deviceId).toBe('cam-1');
  });

  it('set before the device is opened is there from the first frame', async () => {
    const { media, processor } = setUp();
    await media.setProcessor('camera', processor);
    const seen: MediaStreamTrack[] = [];
    media.on('changed', () => seen.push(media.tracks.get('camera')!.mediaStreamTrack));
    await media.startCamera();
    expect(seen).toEqual([processor.outputs[0]]);
  });

  it('follows the switch of a device, and the run before is closed', async () => {
    const { media, processor, open } = setUp();
    await media.setProcessor('camera', processor);
    const track = await media.startCamera();
    await media.switchDevice('camera', 'cam-2');
    expect(track.deviceId).toBe('cam-2');
    expect(track.mediaStreamTrack).toBe(processor.outputs[1]);
    expect([processor.live, open()]).toEqual([1, 1]);
  });

  it('is silent while the microphone is muted, through a switch too', async () => {
    const { media, processor } = setUp();
    await media.setProcessor('microphone', processor);
    await media.startMicrophone();
    await media.setMicrophoneMuted(true);
    await media.switchDevice('microphone', 'mic-2');
    expect(processor.outputs.map(({ enabled }) => enabled)).toEqual([false, false]);
    await media.setMicrophoneMuted(false);
    expect(processor.outputs[1]!.enabled).toBe(true);
  });

  it('rests while the camera is muted, and works again when it is back', async () => {
    const { media, processor, open } = setUp();
    await media.setProcessor('camera', processor);
    const track = await media.startCamera();
    await media.setCameraMuted(true);
    expect([processor.live, open()]).toEqual([0, 0]);
    await media.setCameraMuted(false);
    expect([processor.live, open()]).toEqual([1, 1]);
    expect(track.mediaStreamTrack).toBe(processor.outputs[1]);
  });

  it('taken out leaves the device as it is, open', async () => {
    const { media, processor, open } = setUp();
    await media.setProcessor('camera', processor);
    const track = await media.startCamera();
    await media.setProcessor('camera', null);
    expect(track.mediaStreamTrack).toBe(track.deviceTrack);
    expect([processor.live, open()]).toEqual([0, 1]);
  });

  it('ends with its source, also when that is stopped while it begins', async () => {
    const { media, processor, open } = setUp();
    await media.startCamera();
    let begin = processor.close();
    const set = media.setProcessor('camera', processor);
    await Promise.resolve();
    media.stop('camera');
    begin();
    await set;
    expect([processor.outputs.length, processor.live, open()]).toEqual([1, 0, 0]);
    begin = processor.close();
    const start = media.startCamera();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    media.close();
    begin();
    await expect(start).rejects.toMatchObject({ kind: 'cancelled' });
    expect([processor.live, open()]).toEqual([0, 0]);
  });

  it('that fails is taken out: one who set it is told by the refusal, one who opened the device by an event', async () => {
    const { media, processor } = setUp();
    const failed: unknown[] = [];
    media.on('processorFailed', (source, error) => failed.push(source, error));
    processor.failure = new Error('no model');
    const track = await media.startCamera();
    await expect(media.setProcessor('camera', processor)).rejects.toThrow('no model');
    expect(track.mediaStreamTrack).toBe(track.deviceTrack);
    expect(failed).toEqual([]);
    await media.switchDevice('camera', 'cam-2');
    media.stop('camera');
    await media.setProcessor('camera', processor);
    expect((await media.startCamera()).deviceId).toBe('cam-1');
    expect(failed).toEqual(['camera', processor.failure]);
    expect(media.state.camera).toBe('on');
  });
});

describe('a device that is asked for something else', () => {
  it('keeps its other options, its id and its mute', async () => {
    const { devices, media } = setUp();
    const track = await media.startMicrophone({ deviceId: 'mic-2', noiseSuppression: false });
    await media.setMicrophoneMuted(true);
    await media.reconfigure('microphone', { echoCancellation: false });
    expect(track.deviceId).toBe('mic-2');
    expect([media.state.microphone, track.mediaStreamTrack.enabled]).toEqual(['muted', false]);
    expect(devices.asked.at(-1)).toMatchObject({
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: true },
    });
  });

  it('is asked in place where the browser can, without a new track', async () => {
    const { devices, media } = setUp();
    const track = await media.startCamera();
    const asked: object[] = [];
    devices.opened[0]!.applyConstraints = async (constraints) => void asked.push(constraints);
    const before = track.mediaStreamTrack;
    await media.reconfigure('camera', { width: 640, height: 360 });
    expect(track.mediaStreamTrack).toBe(before);
    expect(asked).toMatchObject([{ width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 30 } }]);
    await media.setCameraMuted(true);
    await media.setCameraMuted(false);
    expect(devices.asked.at(-1)).toMatchObject({ video: { width: { ideal: 640 } } });
  });

  it('is released and opened anew where the browser keeps the size that it was opened with', async () => {
    const { devices, media, open } = setUp();
    const track = await media.startCamera({ height: 360 });
    const [device] = devices.opened;
    device!.applyConstraints = async () => {};
    device!.getCapabilities = () => ({ height: { max: 720 } });
    device!.getSettings = () => ({ deviceId: 'cam-1', height: 360 });
    devices.oneCameraAtATime = true;
    await media.reconfigure('camera', { height: 1_080 });
    expect(track.deviceTrack).toBe(devices.opened[1]);
    expect([media.state.camera, open()]).toEqual(['on', 1]);
  });

  it('is opened anew where asking in place is refused', async () => {
    const { devices, media, open } = setUp();
    const track = await media.startCamera();
    devices.opened[0]!.applyConstraints = () => Promise.reject(new DOMException('', 'OverconstrainedError'));
    await media.reconfigure('camera', { width: 640 });
    expect(track.deviceTrack).toBe(devices.opened[1]);
    expect(open()).toBe(1);
  });

  it('is not opened while the camera is muted', async () => {
    const { media, open } = setUp();
    await media.startCamera();
    await media.setCameraMuted(true);
    await media.reconfigure('camera', { frameRate: 15 });
    expect(open()).toBe(0);
  });
});
