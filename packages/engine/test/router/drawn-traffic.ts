import type { SeededRandom } from '@madang/testkit';
import { readU16, readU32 } from '../../src/bytes/index.js';
import type { MediaCommand, TrackWant } from '../../src/ports/index.js';
import { RtcpWriter, writeNack, writePli } from '../../src/rtp/index.js';
import { type Guest, isGone, MEMBERS, ROOMS } from './history-guest.js';
import type { RouterStage } from './router-stage.js';

/** What guests send and ask for, drawn from one seed. */
export class DrawnTraffic {
  readonly #stage: RouterStage;
  readonly #random: SeededRandom;

  constructor(stage: RouterStage, random: SeededRandom) {
    this.#stage = stage;
    this.#random = random;
  }

  /** Sound and picture, with losses, disorder, and now and then a pause. */
  readonly send = (guest: Guest): void => {
    if (guest.browser.peerIx < 0 || isGone(guest.browser)) return;
    const mark = ROOMS.indexOf(guest.room);
    const isPicture = this.#random.chance(0.7);
    for (let count = this.#random.below(16); count > 0; count--) {
      const step = this.#random.chance(0.1) ? this.#random.below(4) : 1;
      guest.seq16 = (guest.seq16 + step) & 0xffff;
      if (this.#random.chance(0.1)) continue;
      const seq16 = this.#random.chance(0.1) ? (guest.seq16 - 2) & 0xffff : guest.seq16;
      if (isPicture) this.#stage.show(guest.browser, seq16, mark, { isKeyframe: this.#random.chance(0.3) });
      else this.#stage.speak(guest.browser, seq16, this.#random.below(128), Uint8Array.of(9, mark));
    }
  };

  /** NACKs and PLIs of what it was sent, and of what it was not. */
  readonly complain = ({ browser }: Guest): void => {
    const last = browser.rtp.at(-1 - this.#random.below(5));
    if (browser.peerIx < 0 || isGone(browser) || last === undefined) return;
    const ssrc = this.#random.chance(0.9) ? readU32(last, 8) : this.#random.uint32();
    const writer = new RtcpWriter().begin(new Uint8Array(200), 0, 200);
    if (this.#random.chance(0.5)) writePli(writer, 1, ssrc);
    else writeNack(writer, 1, ssrc, Uint16Array.of((readU16(last, 2) - this.#random.below(9)) & 0xffff), 1);
    browser.report(writer.bytes.slice(0, writer.length));
  };

  /** Of a viewer. */
  anyWish() {
    return {
      ...(this.#random.chance(0.15) ? { members: [this.#random.pick(MEMBERS)] } : {}),
      ...(this.#random.chance(0.2) ? { paused: this.#random.chance(0.4) } : {}),
      ...(this.#random.chance(0.2) ? { maxLayer: this.#random.below(3), maxTemporal: this.#random.below(3) } : {}),
      ...(this.#random.chance(0.1) ? { maxWidth: this.#random.below(2_000), maxHeight: 240 } : {}),
    };
  }

  /** Of a subscriber: some of the tracks that were published last. */
  anyWants(tracks: readonly string[]): TrackWant[] {
    return tracks
      .slice(-6)
      .filter(() => this.#random.chance(0.6))
      .map((track) => ({
        track,
        ...(this.#random.chance(0.2) ? { paused: true } : {}),
        ...(this.#random.chance(0.2) ? { maxLayer: this.#random.below(3) } : {}),
        ...(this.#random.chance(0.2) ? { maxWidth: 1 + this.#random.below(2_000), maxHeight: 240 } : {}),
      }));
  }

  /** What a guest may not do. */
  impossible({ id: connection, room, offer }: Guest): MediaCommand[] {
    return [
      { type: 'publish', connection, room, member: 'anna', offer },
      { type: 'view', connection, room, member: 'anna', offer, wish: {} },
      { type: 'publish', connection: 'other', room, member: 'anna', offer: 'v=0\r\n' },
      { type: 'renegotiate', connection, offer: offer.slice(0, this.#random.below(offer.indexOf('m=video'))) },
      { type: 'wish', connection: 'nobody', wish: {} },
      { type: 'answer', connection, revision: 1_000, answer: '' },
      { type: 'trickle', connection: 'nobody', fragment: '' },
    ];
  }

  /** What comes by trickle: a candidate, new credentials, or nonsense. */
  anyFragment(): string {
    const { ufrag, pwd } = this.#stage.newCredentials();
    const candidate = 'a=mid:0\r\na=candidate:1 1 udp 1 127.0.0.1 9 typ host\r\n';
    const restart = `a=ice-ufrag:${ufrag}\r\na=ice-pwd:${pwd}\r\n`;
    return this.#random.pick([candidate, restart, `${restart}${candidate}`, 'nonsense', 'a=ice-ufrag:only\r\n']);
  }
}
