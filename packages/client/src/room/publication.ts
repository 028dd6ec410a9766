import type { MediaState, Source } from '@madang/protocol';
import type { LocalMedia } from '../media/index.js';
import { type MediaReport, NOTHING } from './media-report.js';
import type { MediaWays } from './media-ways.js';
import type { Roster } from './roster.js';

/** One's own media on their way to the others: as tracks to each of them, and as a report to the server. */
export class Publication {
  readonly #media: LocalMedia;
  readonly #ways: MediaWays;
  readonly #roster: Roster;
  readonly #report: MediaReport;
  /** The last mute that a host asked for, on its way. */
  #obeying: Promise<void> = Promise.resolve();

  constructor(media: LocalMedia, ways: MediaWays, roster: Roster, report: MediaReport) {
    this.#media = media;
    this.#ways = ways;
    this.#roster = roster;
    this.#report = report;
  }

  /** What a join in this role is to say of the media; the server counts as told. */
  forJoin(role: 'viewer' | 'participant' | undefined): MediaState {
    const state = role === 'viewer' ? NOTHING : this.#media.state;
    this.#report.told(state);
    return state;
  }

  /** Brings what is in the media now to the others. */
  publish(): void {
    const { self } = this.#roster;
    if (self === undefined) return;
    this.#roster.refreshOwnTracks();
    this.#ways.publish();
    this.#report.bring(self.role === 'viewer' ? NOTHING : this.#media.state, self.media);
  }

  /** After a resume: first obeys what a host muted meanwhile, lest it be reported as on. */
  async publishOnceObeyed(): Promise<void> {
    await this.#obeying;
    this.publish();
  }

  /** A host muted `source`. The server has told the others already; this side really stops sending. */
  obeyMute(source: Exclude<Source, 'screen-audio'>): void {
    if (source === 'screen') this.#media.stop('screen');
    else if (source === 'camera') this.#obeying = this.#media.setCameraMuted(true, 'host');
    else this.#obeying = this.#media.setMicrophoneMuted(true, 'host');
  }
}
