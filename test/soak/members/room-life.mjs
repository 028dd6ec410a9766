import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LightMember } from './light-member.mjs';

const LEAST_ACT_MS = 300;
const MOST_ACT_MS = 1_500;
const MOST_AWAY = 3;
const LEAST_AWAY_MS = 500;
const MOST_AWAY_MS = 6_000;
const MOST_SCREENS = 2;
/** What a light member may ask for of a picture. */
const SIZES = [
  { maxWidth: 160, maxHeight: 90 },
  { maxWidth: 320, maxHeight: 180 },
  { maxWidth: 640, maxHeight: 360 },
  { maxLayer: 1 },
  { paused: true },
];
const PAGE_SIZES = [
  [160, 90],
  [320, 180],
  [640, 360],
];

const any = (list) => list[randomInt(list.length)];

/** What members of a room do in random order: come and go, mute, share their screen, look at somebody else's picture. */
export class RoomLife {
  /** How often each thing happened. */
  did = { joins: 0, leaves: 0, vanishes: 0, mutes: 0, shares: 0, sizes: 0 };
  members = [];
  #about;
  #pages;
  #names = 0;
  #away = 0;
  /** Members of whom something is still to be answered: one thing at a time. */
  #busy = new Set();

  constructor(about, pages) {
    this.#about = about;
    this.#pages = pages;
  }

  async enter() {
    const member = new LightMember(`M${++this.#names}`, this.#about);
    this.#busy.add(member);
    this.members.push(member);
    await this.#try(member, 'could not join', () => member.join());
    this.did.joins++;
  }

  tick(now) {
    for (const member of this.members) member.tick(now);
  }

  /** Until `isOver`. */
  async run(isOver) {
    while (!isOver()) {
      await sleep(randomInt(LEAST_ACT_MS, MOST_ACT_MS));
      const broken = this.members.filter(({ isGone }) => isGone);
      for (const member of broken) this.#replace(member);
      this.#act();
    }
  }

  async end() {
    await Promise.all(this.members.map((member) => member.leave()));
    await Promise.all(this.#pages.map((page) => page.leave()));
  }

  #act() {
    const member = any(this.members);
    const nth = randomInt(100);
    if (nth < 12) this.#resizePage(any(this.#pages));
    else if (member === undefined || this.#busy.has(member)) return;
    else if (nth < 24) this.#go(member);
    else this.#do(member, nth);
  }

  #do(member, nth) {
    this.#busy.add(member);
    if (nth < 44) void this.#try(member, 'could not mute', () => this.#mute(member));
    else if (nth < 52) void this.#try(member, 'could not share', () => this.#share(member));
    else void this.#try(member, 'could not ask for a size', () => this.#resize(member));
  }

  async #try(member, what, act) {
    try {
      await act();
    } catch (error) {
      member.blame(`${what}: ${error.message}`);
      if (!member.isGone) member.vanish();
    } finally {
      this.#busy.delete(member);
    }
  }

  async #mute(member) {
    const source = any(['microphone', 'camera', 'camera']);
    this.did.mutes++;
    await member.setMuted(source, member.media[source] === 'on');
  }

  async #share(member) {
    const screens = this.members.filter(({ isSharing }) => isSharing).length;
    if (!member.isSharing && screens >= MOST_SCREENS) return;
    this.did.shares++;
    await member.share(!member.isSharing);
  }

  async #resize(member) {
    const other = any(member.others);
    if (other === undefined) return;
    this.did.sizes++;
    member.subscription.wish(other.id, any(['camera', 'camera', 'screen']), any(SIZES));
  }

  #resizePage(page) {
    if (page === undefined) return;
    this.did.sizes++;
    page.resize(...any(PAGE_SIZES)).catch((error) => this.#about.complain(`${page.name}: ${error.message}`));
  }

  #go(member) {
    if (this.#away >= MOST_AWAY) return;
    this.members = this.members.filter((other) => other !== member);
    if (randomInt(3) === 0) {
      this.did.vanishes++;
      member.vanish();
    } else {
      this.did.leaves++;
      void member.leave();
    }
    void this.#comeLater();
  }

  #replace(member) {
    this.members = this.members.filter((other) => other !== member);
    void this.#comeLater();
  }

  async #comeLater() {
    this.#away++;
    await sleep(randomInt(LEAST_AWAY_MS, MOST_AWAY_MS));
    this.#away--;
    await this.enter();
  }
}
