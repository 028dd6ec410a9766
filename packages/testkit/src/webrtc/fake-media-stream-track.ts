let created = 0;

interface FakeSettings {
  readonly deviceId?: string;
  readonly height?: number;
}

/** A track without a device behind it: it has the states and the settings, and a level that a test sets. */
export class FakeMediaStreamTrack extends EventTarget {
  readonly id: string;
  readonly kind: 'audio' | 'video';
  readonly label: string;
  enabled = true;
  muted = false;
  contentHint = '';
  readyState: 'live' | 'ended' = 'live';
  /** 0…1: how loud it is, for whoever receives it. */
  level = 0;
  readonly #settings: FakeSettings;

  constructor(kind: 'audio' | 'video', settings: FakeSettings = {}) {
    super();
    created += 1;
    this.id = `${kind}-${created}`;
    this.label = settings.deviceId ?? '';
    this.kind = kind;
    this.#settings = settings;
  }

  getSettings(): FakeSettings {
    return this.#settings;
  }

  /** What was asked of it since it was opened, if it can be asked at all (a test says so). */
  applyConstraints?: (constraints: object) => Promise<void>;
  getCapabilities?: () => object;

  /** As of the W3C, stopping it oneself fires no event. */
  stop(): void {
    this.readyState = 'ended';
  }

  /** The device is pulled out, or the browser's own "stop sharing" is pressed. */
  end(): void {
    if (this.readyState === 'ended') return;
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}
