import type { MediaState, Source } from '@madang/protocol';
import { Emitter } from '../emitter.js';
import { CallRecord } from '../record/index.js';
import { SOURCES } from '../sources.js';
import { Capture, type CaptureDevices, type DeviceRequest, withOptions } from './capture.js';
import type { CameraOptions, MicrophoneOptions, ScreenOptions } from './constraints.js';
import { DeviceError } from './device-error.js';
import { LocalTrack } from './local-track.js';
import { recordTrack } from './media-facts.js';
import { pagePolicyAllows } from './page-policy.js';
import { type DeviceSource, Processing } from './processing.js';
import type { ProcessedTrack, TrackProcessor } from './track-processor.js';
import { Turnstile } from './turnstile.js';

export interface LocalMediaOptions {
  /** Instead of `navigator.mediaDevices`. */
  readonly mediaDevices?: CaptureDevices;
  /** Instead of `window.isSecureContext`, which tells an insecure page from a browser that can't. */
  readonly isSecureContext?: boolean;
  /** Instead of asking the document whether the policy of the page lets it use a source. */
  readonly policyAllows?: (source: Source) => boolean | undefined;
  /** Where is noted what was asked and what came of it. Default: a new one. */
  readonly record?: CallRecord;
}

/**
 * One's own microphone, camera and screen. Usable before there is a room (preview) and handed to `Room`, which publishes
 * whatever is in it and follows every change. Each method that opens something refuses with a `DeviceError`.
 */
export class LocalMedia extends Emitter<{
  /** Any change of `tracks` or `state`. */
  changed: [];
  /**
   * A source ended by itself: a device was unplugged, or the browser's own "stop sharing" was pressed. `muted`: a
   * microphone was muted when it went, and what takes its place should be.
   */
  ended: [source: Source, muted: boolean];
  /** A processor could not do its work with a device just opened: it was taken out, and the device is used as it is. */
  processorFailed: [source: DeviceSource, error: unknown];
}> {
  readonly record: CallRecord;
  readonly #capture: Capture;
  readonly #tracks = new Map<Source, LocalTrack>();
  readonly #requests = new Map<DeviceSource, DeviceRequest>();
  readonly #processing = new Processing((source, error) => this.emit('processorFailed', source, error));
  readonly #turnstiles = { microphone: new Turnstile(), camera: new Turnstile(), screen: new Turnstile() };
  /** Counts the stops, so that a device still being opened when its source is stopped is released at once. */
  readonly #epochs: Record<Source, number> = { microphone: 0, camera: 0, screen: 0, 'screen-audio': 0 };

  constructor(options: LocalMediaOptions = {}) {
    super();
    this.record = options.record ?? new CallRecord();
    this.#capture = new Capture(
      options.mediaDevices ?? globalThis.navigator?.mediaDevices,
      options.isSecureContext ?? (globalThis as { isSecureContext?: boolean }).isSecureContext,
      options.policyAllows ?? pagePolicyAllows,
      this.record,
    );
  }

  get tracks(): ReadonlyMap<Source, LocalTrack> {
    return this.#tracks;
  }

  /** What the others are told: a muted camera has released its device, a muted microphone sends silence. */
  get state(): MediaState {
    const of = (source: Source): 'on' | 'muted' | 'off' => {
      const track = this.#tracks.get(source);
      return track === undefined ? 'off' : track.muted ? 'muted' : 'on';
    };
    return { microphone: of('microphone'), camera: of('camera'), screen: of('screen') === 'off' ? 'off' : 'on' };
  }

  /** Opens the microphone, or reopens it with other options; `muted`: without letting a single sample out. */
  async startMicrophone(options: MicrophoneOptions = {}, muted = false): Promise<LocalTrack> {
    return this.#start({ source: 'microphone', options, choice: 'ideal' }, muted);
  }

  /** Opens the camera, or reopens it with other options. It starts unmuted. */
  async startCamera(options: CameraOptions = {}): Promise<LocalTrack> {
    return this.#start({ source: 'camera', options, choice: 'ideal' });
  }

  /**
   * Lets the person choose a screen, window or tab; call it from a click. `screen-audio` appears too if there is sound.
   * A picker closed without a choice refuses with kind `cancelled`.
   */
  async startScreen(options: ScreenOptions = {}): Promise<LocalTrack> {
    // Not behind the turnstile's promise: browsers want the call within the click itself.
    const chosen = this.#capture.screen(options);
    const epoch = this.#epochs.screen;
    return this.#turnstiles.screen.run(async () => {
      const { screen, audio } = await chosen;
      if (epoch !== this.#epochs.screen) {
        screen.stop();
        audio?.stop();
        throw new DeviceError('cancelled', 'screen');
      }
      this.#drop('screen-audio');
      const track = this.#keep('screen', screen);
      if (audio !== undefined) this.#keep('screen-audio', audio);
      this.emit('changed');
      return track;
    });
  }

  /** The device stays open, so that unmuting is immediate. Does nothing while the microphone is off. */
  async setMicrophoneMuted(muted: boolean, by: 'person' | 'host' = 'person'): Promise<void> {
    await this.#turnstiles.microphone.run(async () => {
      const track = this.#tracks.get('microphone');
      if (track === undefined || track.muted === muted) return;
      track.setMuted(muted);
      track.setEnabled(!muted);
      this.record.add({ type: 'media-muted', source: 'microphone', muted, by });
      this.emit('changed');
    });
  }

  /**
   * Muted: the device is released and its light goes out. Unmuted: it is opened again, which may refuse with a
   * `DeviceError`; the camera then stays muted. Does nothing while the camera is off.
   */
  async setCameraMuted(muted: boolean, by: 'person' | 'host' = 'person'): Promise<void> {
    const epoch = this.#epochs.camera;
    await this.#turnstiles.camera.run(async () => {
      const track = this.#tracks.get('camera');
      if (track === undefined || track.muted === muted) return;
      if (muted) {
        track.setMuted(true);
        track.release();
        this.record.add({ type: 'media-muted', source: 'camera', muted, by });
        this.emit('changed');
      } else {
        await this.#open(this.#requests.get('camera')!, epoch);
        this.record.add({ type: 'media-muted', source: 'camera', muted, by });
      }
    });
  }

  /** Takes another device for a source that is on; the call goes on without negotiation. Muted stays muted. */
  async switchDevice(source: DeviceSource, deviceId: string): Promise<void> {
    await this.#change(source, (before) => withOptions(before, { deviceId }, 'exact'), 'exchange');
  }

  /**
   * Asks the device of a source that is on for something else: another size, another processing of sound. Options that
   * are not named stay as they are; muted stays muted. Refuses with a `DeviceError` and leaves all as it was.
   */
  async reconfigure(source: 'microphone', options: MicrophoneOptions): Promise<void>;
  async reconfigure(source: 'camera', options: CameraOptions): Promise<void>;
  async reconfigure(source: DeviceSource, options: MicrophoneOptions | CameraOptions): Promise<void> {
    await this.#change(source, (before) => withOptions(before, options, before.choice), 'adjust');
  }

  /**
   * Sends and shows what `processor` makes of the device, from now on and through every switch; `null`: the device as
   * it is. Nothing is negotiated. Refuses with what the processor refused with, and then the device is used as it is.
   */
  async setProcessor(source: DeviceSource, processor: TrackProcessor | null): Promise<void> {
    const epoch = this.#epochs[source];
    await this.#turnstiles[source].run(async () => {
      this.#processing.set(source, processor);
      const track = this.#tracks.get(source);
      // The first run is begun when the device is opened.
      if (track === undefined || (source === 'camera' && track.muted) || epoch !== this.#epochs[source]) return;
      const device = track.deviceTrack;
      try {
        const processed = await this.#processing.run(source, device);
        if (epoch === this.#epochs[source]) track.replace(device, processed);
        else processed?.close();
      } catch (error) {
        this.#processing.set(source, null);
        if (epoch === this.#epochs[source]) track.replace(device);
        throw error;
      } finally {
        this.emit('changed');
      }
    });
  }

  /** Ends a source and releases its device, also one still being opened. The sound of a screen ends with it. */
  stop(source: Source): void {
    if (this.#stop(source)) this.emit('changed');
  }

  /** Ends everything. What is still being opened ends as soon as it is open. */
  close(): void {
    const stopped = SOURCES.filter((source) => this.#stop(source));
    if (stopped.length > 0) this.emit('changed');
  }

  #start(request: DeviceRequest, muted = false): Promise<LocalTrack> {
    const epoch = this.#epochs[request.source];
    return this.#turnstiles[request.source].run(async () => {
      const track = this.#tracks.get(request.source);
      const same = JSON.stringify(this.#requests.get(request.source)) === JSON.stringify(request);
      if (track !== undefined && track.muted === muted && same) return track;
      return this.#open(request, epoch, muted);
    });
  }

  async #change(source: DeviceSource, change: (before: DeviceRequest) => DeviceRequest, way: 'adjust' | 'exchange') {
    await this.#turnstiles[source].run(async () => {
      const track = this.#tracks.get(source);
      const before = this.#requests.get(source);
      if (track === undefined || before === undefined) return;
      const request = change(before);
      const isClosed = source === 'camera' && track.muted;
      const adjusted =
        way === 'adjust' && !isClosed ? await this.#capture.adjust(track.deviceTrack, request) : 'beside';
      if (isClosed || adjusted === 'done') this.#requests.set(source, request);
      else if (adjusted === 'beside') await this.#exchange(track, before, request);
      else await this.#reopen(track, before, request);
      this.emit('changed');
    });
  }

  /** Opens what `request` asks for and puts it in the place of what was there. Not a sample leaves it while `muted`. */
  async #open(request: DeviceRequest, epoch: number, muted = false): Promise<LocalTrack> {
    const stopped = (): boolean => epoch !== this.#epochs[request.source];
    if (stopped()) throw new DeviceError('cancelled', request.source);
    const opened = await this.#capture.device(request);
    if (stopped()) {
      opened.stop();
      throw new DeviceError('cancelled', request.source);
    }
    opened.enabled = !muted;
    const processed = await this.#processing.runIfAble(request.source, opened);
    if (stopped()) {
      processed?.close();
      opened.stop();
      throw new DeviceError('cancelled', request.source);
    }
    this.#requests.set(request.source, request);
    const track = this.#keep(request.source, opened, muted, processed);
    this.emit('changed');
    return track;
  }

  /** Some phones and browsers open one camera at a time: then the old one has to go first. */
  async #exchange(track: LocalTrack, before: DeviceRequest, request: DeviceRequest): Promise<void> {
    try {
      await this.#open(request, this.#epochs[request.source], track.muted);
    } catch (error) {
      if (!(error instanceof DeviceError) || error.kind !== 'in-use') throw error;
      await this.#reopen(track, before, request);
    }
  }

  /** Releases the device, then opens what is asked for; on failure what was there comes back. */
  async #reopen(track: LocalTrack, before: DeviceRequest, request: DeviceRequest): Promise<void> {
    const { muted } = track;
    const epoch = this.#epochs[request.source];
    track.release();
    try {
      await this.#open(request, epoch, muted);
    } catch (error) {
      await this.#open(before, epoch, muted).catch(() => this.stop(request.source));
      throw error;
    }
  }

  #keep(source: Source, opened: MediaStreamTrack, muted = false, processed?: ProcessedTrack): LocalTrack {
    opened.addEventListener('ended', () => this.#endedByItself(source, opened));
    recordTrack(this.record, source, opened, muted);
    const known = this.#tracks.get(source);
    known?.replace(opened, processed);
    const track = known ?? new LocalTrack(source, opened, processed);
    this.#tracks.set(source, track);
    track.setMuted(muted);
    return track;
  }

  #endedByItself(source: Source, ended: MediaStreamTrack): void {
    const track = this.#tracks.get(source);
    // A muted camera has ended its track itself.
    if (track?.deviceTrack !== ended || (track.muted && source === 'camera')) return;
    const { muted } = track;
    this.#stop(source, 'unplugged');
    this.emit('ended', source, muted);
    this.emit('changed');
  }

  #stop(source: Source, by: 'person' | 'unplugged' = 'person'): boolean {
    if (source === 'screen') this.#drop('screen-audio', by);
    return this.#drop(source, by);
  }

  #drop(source: Source, by: 'person' | 'unplugged' = 'person'): boolean {
    this.#epochs[source] += 1;
    const track = this.#tracks.get(source);
    if (track === undefined) return false;
    track.release();
    this.record.add({ type: 'media-ended', source, by });
    return this.#tracks.delete(source);
  }
}
