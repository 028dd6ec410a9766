import type { Source } from '@madang/protocol';
import type { CallRecord } from '../record/index.js';
import {
  type CameraOptions,
  cameraConstraints,
  type DeviceChoice,
  type MicrophoneOptions,
  microphoneConstraints,
  type ScreenOptions,
  screenConstraints,
} from './constraints.js';
import { classifyDeviceError } from './device-error.js';
import { recordCapture } from './media-facts.js';
import type { PolicyAllows } from './page-policy.js';

/** What is needed of `navigator.mediaDevices`. */
export type CaptureDevices = Pick<MediaDevices, 'getUserMedia'> & Partial<Pick<MediaDevices, 'getDisplayMedia'>>;

export type DeviceRequest =
  | { readonly source: 'microphone'; readonly options: MicrophoneOptions; readonly choice: DeviceChoice }
  | { readonly source: 'camera'; readonly options: CameraOptions; readonly choice: DeviceChoice };

/** The request with other options; those not named stay. */
export function withOptions(request: DeviceRequest, options: object, choice: DeviceChoice): DeviceRequest {
  return { ...request, options: { ...request.options, ...options }, choice } as DeviceRequest;
}

/** How an open device takes another wish: see `Capture.adjust`. */
export type Adjusted = 'done' | 'beside' | 'after';

/** Opens devices and screens; everything that goes wrong becomes a `DeviceError`. */
export class Capture {
  readonly #devices: CaptureDevices | undefined;
  readonly #secure: boolean | undefined;
  readonly #policyAllows: PolicyAllows;
  readonly #record: CallRecord;

  constructor(
    devices: CaptureDevices | undefined,
    secure: boolean | undefined,
    policyAllows: PolicyAllows,
    record: CallRecord,
  ) {
    this.#devices = devices;
    this.#secure = secure;
    this.#policyAllows = policyAllows;
    this.#record = record;
  }

  async device(request: DeviceRequest): Promise<MediaStreamTrack> {
    const { source, options, choice } = request;
    const constraints =
      source === 'microphone'
        ? { audio: microphoneConstraints(options, choice) }
        : { video: cameraConstraints(options, choice) };
    const stream = await this.#ask(source, this.#devices?.getUserMedia?.bind(this.#devices), constraints);
    return this.#only(stream, source);
  }

  /**
   * Asks an open camera for another size or rate without opening it anew. `beside`: it has to be opened again after all,
   * which may be done while this track lives. Microphones always are: browsers don't agree on changing their processing
   * in place. `after`: the camera can do more, but a browser that shares it between tracks keeps the size that it was
   * opened with, so this track has to end before.
   */
  async adjust(device: MediaStreamTrack, { source, options, choice }: DeviceRequest): Promise<Adjusted> {
    if (source !== 'camera' || device.applyConstraints === undefined) return 'beside';
    try {
      await device.applyConstraints(cameraConstraints(options, choice));
    } catch {
      return 'beside';
    }
    const most = device.getCapabilities?.().height?.max ?? 0;
    const wanted = Math.min(options.height ?? 0, most);
    return (device.getSettings().height ?? wanted) < wanted ? 'after' : 'done';
  }

  async screen(options: ScreenOptions): Promise<{ screen: MediaStreamTrack; audio: MediaStreamTrack | undefined }> {
    const getDisplayMedia = this.#devices?.getDisplayMedia?.bind(this.#devices);
    const stream = await this.#ask('screen', getDisplayMedia, screenConstraints(options));
    const screen = this.#only(stream, 'screen');
    // Letters must stay sharp even if the picture stutters.
    screen.contentHint = 'detail';
    return { screen, audio: stream.getAudioTracks()[0] };
  }

  async #ask<C>(
    source: Source,
    method: ((constraints: C) => Promise<MediaStream>) | undefined,
    constraints: C,
  ): Promise<MediaStream> {
    return recordCapture(this.#record, source, constraints, async () => {
      try {
        if (method === undefined) throw new TypeError('not available');
        return await method(constraints);
      } catch (error) {
        const allowed = this.#policyAllows(source);
        throw classifyDeviceError(error, { source, secure: this.#secure, supported: method !== undefined, allowed });
      }
    });
  }

  #only(stream: MediaStream, source: Source): MediaStreamTrack {
    const [track] = source === 'microphone' ? stream.getAudioTracks() : stream.getVideoTracks();
    if (track === undefined) {
      throw classifyDeviceError({ name: 'NotFoundError' }, { source, secure: this.#secure, supported: true });
    }
    return track;
  }
}
