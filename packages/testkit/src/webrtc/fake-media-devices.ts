import { FakeMediaStreamTrack } from './fake-media-stream-track.js';

export interface FakeDevice {
  readonly kind: 'audioinput' | 'videoinput' | 'audiooutput';
  readonly deviceId: string;
  readonly label: string;
}

/** What `getUserMedia` and `getDisplayMedia` give: as much of a MediaStream as is asked for. */
export class FakeCapturedStream {
  readonly #tracks: readonly FakeMediaStreamTrack[];

  constructor(tracks: readonly FakeMediaStreamTrack[]) {
    this.#tracks = tracks;
  }

  getAudioTracks(): FakeMediaStreamTrack[] {
    return this.#tracks.filter(({ kind }) => kind === 'audio');
  }

  getVideoTracks(): FakeMediaStreamTrack[] {
    return this.#tracks.filter(({ kind }) => kind === 'video');
  }
}

type Wish = boolean | { readonly deviceId?: { readonly exact?: string; readonly ideal?: string } };

/** The devices of a machine: a test plugs them in and out and says what goes wrong. */
export class FakeMediaDevices extends EventTarget {
  devices: FakeDevice[] = [
    { kind: 'audioinput', deviceId: 'mic-1', label: 'First microphone' },
    { kind: 'audioinput', deviceId: 'mic-2', label: 'Second microphone' },
    { kind: 'videoinput', deviceId: 'cam-1', label: 'First camera' },
    { kind: 'videoinput', deviceId: 'cam-2', label: 'Second camera' },
    { kind: 'audiooutput', deviceId: 'out-1', label: 'Loudspeaker' },
  ];
  /** Thrown by the next calls, one each, first to last. */
  readonly failures: Error[] = [];
  /** Everything that was ever opened, for seeing whether it was released. */
  readonly opened: FakeMediaStreamTrack[] = [];
  /** The constraints of every `getUserMedia`, oldest first. */
  readonly asked: object[] = [];
  /** Whether a shared screen has sound. */
  screenHasSound = true;
  /** As on some phones: a second camera can't be opened beside the first. */
  oneCameraAtATime = false;

  async enumerateDevices(): Promise<FakeDevice[]> {
    return this.devices;
  }

  async getUserMedia(constraints: { audio?: Wish; video?: Wish }): Promise<FakeCapturedStream> {
    this.asked.push(constraints);
    this.#failIfTold();
    const tracks: FakeMediaStreamTrack[] = [];
    if (constraints.audio) tracks.push(this.#open('audio', 'audioinput', constraints.audio));
    if (constraints.video) tracks.push(this.#open('video', 'videoinput', constraints.video));
    return new FakeCapturedStream(tracks);
  }

  async getDisplayMedia(options: { audio?: unknown }): Promise<FakeCapturedStream> {
    this.#failIfTold();
    const tracks = [new FakeMediaStreamTrack('video')];
    if (options.audio && this.screenHasSound) tracks.push(new FakeMediaStreamTrack('audio'));
    this.opened.push(...tracks);
    return new FakeCapturedStream(tracks);
  }

  /** Devices came or went: tells whoever listens. */
  plug(devices: FakeDevice[]): void {
    this.devices = devices;
    this.dispatchEvent(new Event('devicechange'));
  }

  #open(kind: 'audio' | 'video', deviceKind: FakeDevice['kind'], wish: Wish): FakeMediaStreamTrack {
    const { exact, ideal } = typeof wish === 'object' ? (wish.deviceId ?? {}) : {};
    const fitting = this.devices.filter((device) => device.kind === deviceKind);
    const found = fitting.find(({ deviceId }) => deviceId === (exact ?? ideal));
    if (fitting.length === 0) throw new DOMException('Requested device not found', 'NotFoundError');
    if (exact !== undefined && found === undefined) throw new DOMException('', 'OverconstrainedError');
    const busy = this.opened.some((track) => track.kind === 'video' && track.readyState === 'live');
    if (kind === 'video' && this.oneCameraAtATime && busy) {
      throw new DOMException('Could not start video source', 'NotReadableError');
    }
    const track = new FakeMediaStreamTrack(kind, { deviceId: (found ?? fitting[0]!).deviceId });
    this.opened.push(track);
    return track;
  }

  #failIfTold(): void {
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
  }
}
