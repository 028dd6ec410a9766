import {
  DeviceError,
  type DeviceErrorKind,
  type DeviceInfo,
  type DeviceLists,
  Devices,
  LocalMedia,
} from '@madang/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { cameraWish, captureSettings, microphoneWish } from '../state/capture-settings.js';
import { prefer, preferences } from '../state/preferences.js';
import { type TuneEvents, tune } from './tune.js';

export type DeskSource = 'microphone' | 'camera';

/** `idle`: nobody asked for it yet. `failed` lasts until the next try. */
export type DeskStatus =
  | { readonly at: 'idle' }
  | { readonly at: 'starting' }
  | { readonly at: 'running' }
  | { readonly at: 'failed'; readonly kind: DeviceErrorKind };

export interface DeskState {
  readonly microphone: DeskStatus;
  readonly camera: DeskStatus;
  readonly media: LocalMedia['state'];
  readonly lists: DeviceLists;
  /** Counts changes of the tracks, for what has to look at them anew. */
  readonly revision: number;
}

export interface DeskEvents extends TuneEvents {
  /** A device was plugged in after the lists were first read. */
  readonly onAppeared?: (source: DeskSource, device: DeviceInfo) => void;
  /** The device in use went away; another one takes its place if there is one. */
  readonly onLost?: (source: DeskSource | 'speaker') => void;
  /** The chosen device is plugged in again, and in use again. */
  readonly onBack?: (source: DeskSource, device: DeviceInfo) => void;
}

/** One's own devices as the page handles them: choices remembered, failures kept to be shown, lists up to date. */
export class DeviceDesk {
  readonly media: LocalMedia;
  readonly store: StoreApi<DeskState>;
  events: DeskEvents = {};
  readonly #devices = new Devices();
  readonly #offs: (() => void)[] = [];
  #hasLists = false;
  /** Whether the microphone that went away last was muted. */
  #lostMuted = false;

  constructor(media: LocalMedia = new LocalMedia()) {
    this.media = media;
    this.store = createStore<DeskState>(() => ({
      microphone: { at: 'idle' },
      camera: { at: 'idle' },
      media: media.state,
      lists: { cameras: [], microphones: [], speakers: [] },
      revision: 0,
    }));
    this.#offs.push(
      media.on('changed', () => this.#mirror()),
      media.on('ended', (source, muted) => this.#replaceLost(source, muted)),
      this.#devices.on('changed', () => void this.refreshLists()),
      tune(media, () => this.events),
    );
    void this.refreshLists();
  }

  /** Opens the chosen device, or any. Never rejects: a failure becomes the source's status. */
  async start(source: DeskSource, muted = false): Promise<void> {
    this.store.setState({ [source]: { at: 'starting' } });
    const { microphoneId, cameraId } = preferences.getState();
    const settings = captureSettings.getState();
    const device = (deviceId: string | undefined) => (deviceId ? { deviceId } : {});
    try {
      if (source === 'microphone')
        await this.media.startMicrophone({ ...microphoneWish(settings), ...device(microphoneId) }, muted);
      else await this.media.startCamera({ ...cameraWish(settings), ...device(cameraId) });
      this.store.setState({ [source]: { at: 'running' } });
      prefer({ hasAllowed: true });
      void this.refreshLists();
    } catch (error) {
      this.#fail(source, error);
    }
  }

  /** Opens what the person wants and what is not open yet; what failed waits for its own button. */
  async startWanted(): Promise<void> {
    const { wantsMicrophone, wantsCamera } = preferences.getState();
    const { media, microphone, camera } = this.store.getState();
    const wanted: DeskSource[] = [];
    if (wantsMicrophone && media.microphone === 'off' && microphone.at !== 'failed') wanted.push('microphone');
    if (wantsCamera && media.camera === 'off' && camera.at !== 'failed') wanted.push('camera');
    await Promise.all(wanted.map((source) => this.start(source)));
  }

  /** A press of the switch: opens, mutes or unmutes, and remembers the wish for the next call. */
  async toggle(source: DeskSource, on: boolean): Promise<void> {
    prefer(source === 'microphone' ? { wantsMicrophone: on } : { wantsCamera: on });
    await this.setOn(source, on);
  }

  /** Opens, mutes or unmutes. */
  async setOn(source: DeskSource, on: boolean): Promise<void> {
    if (this.media.state[source] === 'off') {
      if (on) await this.start(source);
      return;
    }
    try {
      if (source === 'microphone') await this.media.setMicrophoneMuted(!on);
      else await this.media.setCameraMuted(!on);
    } catch (error) {
      this.#fail(source, error);
    }
  }

  /** Takes another device, now if the source is open, else when it is opened next. */
  async choose(source: DeskSource, deviceId: string): Promise<void> {
    prefer(source === 'microphone' ? { microphoneId: deviceId } : { cameraId: deviceId });
    if (this.media.state[source] === 'off') return;
    try {
      await this.media.switchDevice(source, deviceId);
      this.store.setState({ [source]: { at: 'running' } });
    } catch (error) {
      this.#fail(source, error);
    }
  }

  /** The id of the device in use, else the one that would be. */
  chosen(source: DeskSource): string | undefined {
    const { microphoneId, cameraId } = preferences.getState();
    return this.media.tracks.get(source)?.deviceId ?? (source === 'microphone' ? microphoneId : cameraId);
  }

  async refreshLists(): Promise<void> {
    const lists = await this.#devices.list().catch(() => undefined);
    if (!lists) return;
    const before = this.store.getState().lists;
    this.store.setState({ lists });
    if (this.#hasLists) {
      this.#tellNew('microphone', before.microphones, lists.microphones);
      this.#tellNew('camera', before.cameras, lists.cameras);
      this.#tellLostSpeaker(before.speakers, lists.speakers);
      this.#replaceVanished('microphone', before.microphones, lists.microphones);
      this.#replaceVanished('camera', before.cameras, lists.cameras);
    }
    this.#hasLists =
      lists.microphones.some(({ label }) => label !== '') || lists.cameras.some(({ label }) => label !== '');
  }

  close(): void {
    for (const off of this.#offs) off();
    this.media.close();
  }

  #mirror(): void {
    this.store.setState(({ revision }) => ({ media: this.media.state, revision: revision + 1 }));
  }

  #fail(source: DeskSource, error: unknown): void {
    const kind = error instanceof DeviceError ? error.kind : 'unknown';
    // Stopped while it was being opened: that was our own doing.
    const status: DeskStatus = kind === 'cancelled' ? { at: 'idle' } : { at: 'failed', kind };
    this.store.setState({ [source]: status });
  }

  #tellNew(source: DeskSource, before: readonly DeviceInfo[], now: readonly DeviceInfo[]): void {
    const known = new Set(before.map(({ deviceId }) => deviceId));
    const isRole = (id: string) => id === 'default' || id === 'communications';
    const added = now.find(({ deviceId, label }) => label !== '' && !isRole(deviceId) && !known.has(deviceId));
    if (!added) return;
    const { microphoneId, cameraId } = preferences.getState();
    const wasChosen = added.deviceId === (source === 'microphone' ? microphoneId : cameraId);
    const status = this.store.getState()[source];
    // There was none at all: this is what was waited for.
    if (status.at === 'failed' && status.kind === 'not-found') void this.start(source, this.#lostMuted);
    else if (wasChosen && this.media.state[source] !== 'off') void this.#takeBack(source, added);
    else if (before.length > 0) this.events.onAppeared?.(source, added);
  }

  /** The person's own choice is back: another one only stood in for it. */
  async #takeBack(source: DeskSource, device: DeviceInfo): Promise<void> {
    await this.choose(source, device.deviceId);
    this.events.onBack?.(source, device);
  }

  #tellLostSpeaker(before: readonly DeviceInfo[], now: readonly DeviceInfo[]): void {
    const { speakerId } = preferences.getState();
    const had = (list: readonly DeviceInfo[]) => list.some(({ deviceId }) => deviceId === speakerId);
    if (speakerId && had(before) && !had(now)) this.events.onLost?.('speaker');
  }

  /** Some sound servers hand a stream on to another device, and the track does not end: nobody knows what it hears. */
  #replaceVanished(source: DeskSource, before: readonly DeviceInfo[], now: readonly DeviceInfo[]): void {
    const track = this.media.tracks.get(source);
    const has = (list: readonly DeviceInfo[]) => list.some(({ deviceId }) => deviceId === track?.deviceId);
    if (track === undefined || !has(before) || has(now)) return;
    const { muted } = track;
    this.media.stop(source);
    // A camera that was off stays so, and another one is opened when it is wanted.
    if (source === 'camera' && muted) this.events.onLost?.(source);
    else this.#replaceLost(source, muted);
  }

  #replaceLost(source: string, muted: boolean): void {
    if (source !== 'microphone' && source !== 'camera') return;
    this.events.onLost?.(source);
    this.#lostMuted = source === 'microphone' && muted;
    void this.start(source, this.#lostMuted);
  }
}
