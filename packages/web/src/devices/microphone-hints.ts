import { watchLevel } from '@madang/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DeviceDesk } from './device-desk.js';
import { HEARD_NOTHING_YET, type Heard, hear, isDead, isTalking } from './hear-microphone.js';

/** What the person should know about the own microphone right now. */
export interface Hints {
  readonly talkingWhileMuted: boolean;
  /** It is on and gives no sound at all. */
  readonly noSound: boolean;
  /** The browser says that the system, or a switch on the device, keeps sound back. */
  readonly mutedBySystem: boolean;
}

const NONE: Hints = { talkingWhileMuted: false, noSound: false, mutedBySystem: false };
const EVERY_MS = 100;
const HINT_STAYS_MS = 5_000;
/** Somebody who talks to the people beside must not be told again and again. */
const HINT_RESTS_MS = 30_000;

interface Watched {
  readonly track: MediaStreamTrack;
  readonly muted: boolean;
  readonly stop: () => void;
}

/**
 * Listens to the own microphone for hints, muted or not. Nothing is kept: one level after the other is looked at and
 * forgotten. A muted track gives silence, so a second track of the same device is listened to, which goes nowhere else.
 */
export class MicrophoneHints {
  readonly store: StoreApi<Hints> = createStore<Hints>(() => NONE);
  readonly #desk: DeviceDesk;
  readonly #offs: (() => void)[] = [];
  #watched: Watched | undefined;
  #heard: Heard = HEARD_NOTHING_YET;
  #restsUntilMs = 0;
  #hintTimer: ReturnType<typeof setTimeout> | undefined;
  #dismissedSilence = false;

  constructor(desk: DeviceDesk) {
    this.#desk = desk;
    this.#offs.push(desk.media.on('changed', () => this.#follow()));
    this.#follow();
  }

  /** Not again for as long as this microphone stays as it is. */
  dismiss(): void {
    this.#dismissedSilence = true;
    this.#restsUntilMs = Number.POSITIVE_INFINITY;
    this.store.setState(NONE);
  }

  close(): void {
    for (const off of this.#offs) off();
    this.#watch(undefined, false);
  }

  #follow(): void {
    const track = this.#desk.media.tracks.get('microphone');
    this.#watch(track?.deviceTrack, track?.muted ?? false);
  }

  #watch(track: MediaStreamTrack | undefined, muted: boolean): void {
    const before = this.#watched;
    if (before?.track === track && before?.muted === muted) return;
    before?.stop();
    this.#watched = undefined;
    this.#heard = HEARD_NOTHING_YET;
    this.#dismissedSilence = false;
    this.#restsUntilMs = 0;
    clearTimeout(this.#hintTimer);
    this.store.setState(NONE);
    if (track !== undefined) this.#watched = { track, muted, stop: this.#listen(track, muted) };
  }

  #listen(device: MediaStreamTrack, muted: boolean): () => void {
    const ear = muted ? device.clone() : device;
    if (muted) ear.enabled = true;
    const told = () => this.store.setState({ mutedBySystem: device.muted && !muted });
    told();
    for (const event of ['mute', 'unmute']) device.addEventListener(event, told);
    const stop = watchLevel(
      ear,
      (level, isMeasured) => {
        if (isMeasured) this.#take(level, muted, device);
      },
      EVERY_MS,
      { scale: 'linear' },
    );
    return () => {
      stop();
      for (const event of ['mute', 'unmute']) device.removeEventListener(event, told);
      if (muted) ear.stop();
    };
  }

  #take(level: number, muted: boolean, device: MediaStreamTrack): void {
    const now = performance.now();
    this.#heard = hear(this.#heard, level, now);
    if (muted) {
      if (isTalking(this.#heard) && now >= this.#restsUntilMs) this.#hint(now);
      return;
    }
    // What the system holds back is silent too, and has a hint of its own.
    const silent = isDead(this.#heard, now) && !device.muted;
    if (silent === this.store.getState().noSound || (silent && this.#dismissedSilence)) return;
    this.store.setState({ noSound: silent });
  }

  #hint(now: number): void {
    this.#restsUntilMs = now + HINT_RESTS_MS;
    this.store.setState({ talkingWhileMuted: true });
    this.#hintTimer = setTimeout(() => this.store.setState({ talkingWhileMuted: false }), HINT_STAYS_MS);
  }
}
