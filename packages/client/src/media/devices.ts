import { Emitter } from '../emitter.js';

export interface DeviceInfo {
  readonly deviceId: string;
  /** Empty until the person has allowed the use of a device of this kind. */
  readonly label: string;
}

export interface DeviceLists {
  readonly cameras: readonly DeviceInfo[];
  readonly microphones: readonly DeviceInfo[];
  /** Empty where the browser can't choose an output. */
  readonly speakers: readonly DeviceInfo[];
}

type DeviceSource = Pick<MediaDevices, 'enumerateDevices' | 'addEventListener' | 'removeEventListener'>;

/** The devices of this machine, and when they come and go. Without `mediaDevices` (insecure page) the lists are empty. */
export class Devices extends Emitter<{ changed: [] }> {
  readonly #mediaDevices: DeviceSource | undefined;
  readonly #onChange = (): void => this.emit('changed');
  #watching = 0;

  constructor(mediaDevices: DeviceSource | undefined = globalThis.navigator?.mediaDevices) {
    super();
    this.#mediaDevices = mediaDevices;
  }

  async list(): Promise<DeviceLists> {
    const found = (await this.#mediaDevices?.enumerateDevices()) ?? [];
    return {
      cameras: ofKind(found, 'videoinput'),
      microphones: ofKind(found, 'audioinput'),
      speakers: ofKind(found, 'audiooutput'),
    };
  }

  /** `changed`: a device was plugged in or out. Listens to the browser only while somebody listens here. */
  override on(event: 'changed', listener: () => void): () => void {
    const off = super.on(event, listener);
    this.#watching += 1;
    if (this.#watching === 1) this.#mediaDevices?.addEventListener('devicechange', this.#onChange);
    let done = false;
    return () => {
      off();
      if (done) return;
      done = true;
      this.#watching -= 1;
      if (this.#watching === 0) this.#mediaDevices?.removeEventListener('devicechange', this.#onChange);
    };
  }
}

/** Before the first permission browsers list nameless stand-ins without an id, of no use in a picker. */
function ofKind(devices: readonly MediaDeviceInfo[], kind: MediaDeviceKind): DeviceInfo[] {
  return devices
    .filter((device) => device.kind === kind && device.deviceId !== '')
    .map(({ deviceId, label }) => ({ deviceId, label }));
}
