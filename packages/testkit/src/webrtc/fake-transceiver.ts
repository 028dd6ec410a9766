import { type Direction, sends } from './fake-description.js';
import { FakeMediaStreamTrack } from './fake-media-stream-track.js';

interface Encoding {
  maxBitrate?: number;
}

/** As much of an RTCRtpSender as a peer-to-peer call uses. */
export class FakeSender {
  track: FakeMediaStreamTrack | null;
  readonly transport = null;
  #encodings: Encoding[] = [{}];

  constructor(track: FakeMediaStreamTrack | null) {
    this.track = track;
  }

  async replaceTrack(track: FakeMediaStreamTrack | null): Promise<void> {
    this.track = track;
  }

  setStreams(): void {}

  getParameters(): { encodings: Encoding[] } {
    return { encodings: this.#encodings.map((encoding) => ({ ...encoding })) };
  }

  async setParameters({ encodings }: { encodings: Encoding[] }): Promise<void> {
    this.#encodings = encodings;
  }
}

/** As much of an RTCRtpReceiver as a peer-to-peer call uses, and what really arrives. */
export class FakeReceiver {
  readonly track: FakeMediaStreamTrack;
  readonly #incoming: () => FakeMediaStreamTrack | null;
  readonly #nowMs: () => number;

  /** `incoming`: the track that the other side sends here at the moment. */
  constructor(kind: 'audio' | 'video', incoming: () => FakeMediaStreamTrack | null, nowMs: () => number) {
    this.track = new FakeMediaStreamTrack(kind);
    this.#incoming = incoming;
    this.#nowMs = nowMs;
  }

  /** The track that the other side sends here now, or null if nothing arrives. */
  get incoming(): FakeMediaStreamTrack | null {
    return this.#incoming();
  }

  /** While something is sent here, its last packet has come just now. */
  getSynchronizationSources(): { audioLevel: number; timestamp: number }[] {
    const { incoming } = this;
    return incoming === null ? [] : [{ audioLevel: incoming.enabled ? incoming.level : 0, timestamp: this.#nowMs() }];
  }
}

export class FakeTransceiver {
  mid: string | null = null;
  currentDirection: Direction | null = null;
  readonly sender: FakeSender;
  readonly receiver: FakeReceiver;
  #direction: Direction;
  readonly #changed: () => void;

  constructor(sender: FakeSender, receiver: FakeReceiver, direction: Direction, changed: () => void) {
    this.sender = sender;
    this.receiver = receiver;
    this.#direction = direction;
    this.#changed = changed;
  }

  get direction(): Direction {
    return this.#direction;
  }

  set direction(direction: Direction) {
    if (this.#direction === direction) return;
    this.#direction = direction;
    this.#changed();
  }
}

export function byMid(transceivers: readonly FakeTransceiver[], mid: string): FakeTransceiver | undefined {
  return transceivers.find((transceiver) => transceiver.mid === mid);
}

/** The track that is really sent in section `mid`. */
export function sentIn(transceivers: readonly FakeTransceiver[], mid: string | null): FakeMediaStreamTrack | null {
  const transceiver = mid === null ? undefined : byMid(transceivers, mid);
  if (transceiver?.currentDirection == null || !sends(transceiver.currentDirection)) return null;
  return transceiver.sender.track?.readyState === 'live' ? transceiver.sender.track : null;
}

/** The lowest number that is no mid yet. */
export function freshMid(transceivers: readonly FakeTransceiver[]): string {
  let number = 0;
  while (byMid(transceivers, String(number)) !== undefined) number += 1;
  return String(number);
}
