import { Subscriber } from './subscriber.mjs';

const SMALL = { maxWidth: 160, maxHeight: 90 };
const MOST_OUTDATED = 4;

/** What a light member wants to be sent, and what it is sent. */
export class Subscription {
  /** How often the server told that a track is sent in no layer, or a lower one, for a reason. */
  static reasons = new Map();
  #member;
  #about;
  #subscriber = null;
  /** Of a source, by `member source`: what is asked for other than the small size. */
  #wishes = new Map();
  /** Which source comes by which section: `publisher/source` by mid. */
  #keys = new Map();
  /** By track: what is wanted of it. */
  #byTrack = new Map();
  /** By `publisher/source`. */
  #why = new Map();
  #isDue = false;
  #isRunning = false;

  constructor(member, about) {
    this.#member = member;
    this.#about = about;
  }

  refresh() {
    this.#isDue = true;
    if (!this.#isRunning) this.#run().catch((error) => this.#member.blame(`could not subscribe: ${error.message}`));
  }

  /** Asks for a picture of somebody in another size, or not at all for now (`{ paused: true }`). */
  wish(memberId, source, wish) {
    this.#wishes.set(`${memberId} ${source}`, wish);
    this.refresh();
  }

  tick(now) {
    this.#subscriber?.tick(now);
  }

  /** What the server said of a source last. */
  why(key) {
    return this.#why.get(key) ?? 'nothing was said of it';
  }

  forwarded(changes) {
    for (const { track, layer, reason } of changes) {
      const key = layer === null ? `none: ${reason}` : reason;
      this.#why.set(this.#byTrack.get(track)?.key, `${layer ?? 'none'}, ${reason}, since ${this.#about.at()} s`);
      Subscription.reasons.set(key, (Subscription.reasons.get(key) ?? 0) + 1);
    }
  }

  sayGoodbye() {
    this.#subscriber?.connection.sayGoodbye();
  }

  close() {
    this.#subscriber?.connection.close();
  }

  /** One request at a time; what changes meanwhile is asked for after it. */
  async #run() {
    this.#isRunning = true;
    try {
      for (let outdated = 0; this.#isDue && !this.#member.isGone; ) {
        this.#isDue = false;
        outdated = (await this.#isTaken()) ? 0 : outdated + 1;
        if (outdated >= MOST_OUTDATED) throw new Error('its answers were too late each time');
      }
    } finally {
      this.#isRunning = false;
    }
  }

  /** False when there was a newer offer: then all is asked for once more. */
  async #isTaken() {
    try {
      await this.#ask();
      return true;
    } catch (error) {
      if (error.code !== 'media_outdated') throw error;
      this.#isDue = true;
      return false;
    }
  }

  async #ask() {
    const member = this.#member;
    const wants = this.#wants();
    if (wants.length === 0 && this.#subscriber === null) return;
    this.#unwant(wants);
    const tracks = wants.map(({ want }) => want);
    const { revision, sdp, sections } = await member.request('subscribe', { generation: 1, tracks });
    if (member.isGone) return;
    this.#subscriber ??= this.#begin();
    this.#byTrack = new Map(wants.map((one) => [one.want.track, one]));
    this.#keys = new Map(sections.map(({ mid, track }) => [mid, this.#byTrack.get(track)?.key]));
    if (sdp !== null) {
      const answer = this.#subscriber.answer(sdp);
      await member.request('answer', { generation: 1, revision, sdp: answer });
      if (member.isGone) return;
      if (!this.#subscriber.connection.isConnected) await this.#subscriber.connection.connect(sdp);
    }
    this.#want(wants, new Set(sections.map(({ track }) => track)));
  }

  #begin() {
    const { addresses, tiles, clock } = this.#about;
    const onFrame = (mid) => tiles.frame(this.#member.name, this.#keys.get(mid), clock.now());
    const subscriber = new Subscriber({ addresses, onFrame });
    subscriber.connection.onEnd = () => this.#member.blame('was sent good-bye on its subscribing connection');
    return subscriber;
  }

  /** All that there is: {want, key, isPicture}. */
  #wants() {
    return this.#member.others.flatMap(({ id, name, media, tracks = [] }) =>
      tracks
        .filter(({ source }) => media[source] !== 'off')
        .map(({ id: track, source }) => {
          const isPicture = source === 'camera' || source === 'screen';
          const size = isPicture ? (this.#wishes.get(`${id} ${source}`) ?? SMALL) : {};
          return { want: { track, ...size }, key: `${name}/${source}`, isPicture };
        }),
    );
  }

  /** What is not asked for any more may stop at once. */
  #unwant(wants) {
    const { tiles, clock } = this.#about;
    const running = new Set(wants.filter(isRunning).map(({ key }) => key));
    for (const key of this.#keys.values()) {
      if (key !== undefined && !running.has(key)) tiles.unwanted(this.#member.name, key, clock.now());
    }
  }

  #want(wants, given) {
    const { tiles, clock } = this.#about;
    for (const one of wants) {
      if (isRunning(one) && given.has(one.want.track)) tiles.wanted(this.#member.name, one.key, clock.now());
    }
  }
}

function isRunning({ isPicture, want }) {
  return isPicture && want.paused !== true;
}
