import { every } from '../clock.js';
import { LocalTrack, RemoteTrack, watchLevel } from '../media/index.js';
import type { Member, Track } from './member.js';
import type { RoomSettings } from './room-options.js';
import { SOUND, silenceStep } from './silence.js';
import { SILENT, type Speaking, speakingStep } from './speaking.js';

const PERIOD_MS = 100;

/** Measures how loud every member is, and says who begins and who ends to speak. */
export class VoiceWatch {
  readonly #settings: RoomSettings;
  readonly #changed: (member: Member) => void;
  readonly #speaking = new WeakMap<Member, Speaking>();
  #own: { readonly track: MediaStreamTrack; readonly stop: () => void } | undefined;
  #ownLevel = 0;
  #silence = SOUND;

  constructor(settings: RoomSettings, changed: (member: Member) => void) {
    this.#settings = settings;
    this.#changed = changed;
  }

  /** Measures until the returned function is called. */
  start(members: () => readonly Member[]): () => void {
    const stop = every(this.#settings.clock, PERIOD_MS, () => {
      for (const member of members()) this.#measure(member);
    });
    return () => {
      stop();
      this.#watchOwn(undefined);
      for (const member of members()) member.setVoice(0, false);
    };
  }

  #measure(member: Member): void {
    const track = member.tracks.get('microphone');
    if (member.isSelf) this.#watchOwn(track);
    const level = member.media.microphone === 'on' ? this.#level(track) : 0;
    const before = this.#speaking.get(member) ?? SILENT;
    const now = speakingStep(before, level, this.#settings.clock.now());
    this.#speaking.set(member, now);
    member.setVoice(level, now.speaking);
    if (before.speaking !== now.speaking) this.#changed(member);
  }

  #level(track: Track | undefined): number {
    if (track instanceof RemoteTrack) return track.receiver.getSynchronizationSources?.()[0]?.audioLevel ?? 0;
    return track === undefined || track.muted ? 0 : this.#ownLevel;
  }

  /** One's own level is not in any receiver: it is measured where the sound comes in. */
  #watchOwn(track: Track | undefined): void {
    const wanted = track instanceof LocalTrack ? track.mediaStreamTrack : undefined;
    if (this.#own?.track === wanted) return;
    this.#own?.stop();
    this.#own = undefined;
    this.#ownLevel = 0;
    this.#listenForSilence(undefined);
    if (wanted === undefined) return;
    const { audio, clock } = this.#settings;
    const take = (level: number, measured: boolean): void => {
      this.#ownLevel = level;
      this.#listenForSilence(measured && !(track as LocalTrack).muted ? level : undefined);
    };
    const stop = watchLevel(wanted, take, PERIOD_MS, { ...(audio ? { audio } : {}), clock, scale: 'linear' });
    this.#own = { track: wanted, stop };
  }

  #listenForSilence(level: number | undefined): void {
    const { record, clock } = this.#settings;
    const before = this.#silence;
    this.#silence = silenceStep(before, level, clock.now());
    const { silent } = this.#silence;
    if (before.silent !== silent) record.add({ type: 'microphone-silent', silent });
  }
}
