import type { SeededRandom } from '@madang/testkit';
import type { MediaCommand } from '../../packages/engine/src/ports/index.js';
import { readDescription } from '../../packages/engine/src/sdp/index.js';
import { offerText, RECORDED } from '../../packages/engine/test/recorded-offer.js';
import { RouterStage } from '../../packages/engine/test/router/router-stage.js';
import { type FuzzTarget, must } from '../fuzz-run.js';
import { shortOffers } from '../sdp/short-offers.js';
import { TextMutator } from '../sdp/text-mutator.js';

const LIMITS = { connections: 12, connectionsPerRoom: 8, tracksPerPublisher: 4, sectionsPerViewer: 6 };
const STEPS = 500;
const NAMES = ['anna', 'ben', 'eve', 'bob', 'carla', 'dan', 'fay', 'gus', 'hal', 'ina', 'joe', 'kim', 'lea', 'mo'];
const HANGING_UP = NAMES.length / 2;
const ROOMS = ['lab', 'tea', '__proto__'];
const FRAGMENT = [
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuv',
  'm=audio 9 RTP/AVP 0',
  'a=mid:0',
  'a=candidate:1 1 udp 1 192.0.2.1 5000 typ host',
  'a=end-of-candidates',
].join('\r\n');

/**
 * Rooms on one media thread, which are told to publish, view, renegotiate, restart and hang up by damaged descriptions, in
 * any order. Whatever comes is carried out or refused with a code; our answers can be read; tables keep their limits; and
 * when all are gone nothing is left.
 */
export class RoomsFuzz implements FuzzTarget {
  readonly counts = { carriedOut: 0, refused: 0, answers: 0, events: 0, rooms: 0 };
  readonly #random: SeededRandom;
  readonly #offers: TextMutator;
  readonly #fragments: TextMutator;
  #stage!: RouterStage;
  #left = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
    this.#offers = new TextMutator(random, [...shortOffers(), ...RECORDED.slice(0, 2).map(offerText)]);
    this.#fragments = new TextMutator(random, [FRAGMENT]);
    this.#begin();
  }

  step(): void {
    if (this.#left-- === 0) {
      this.end();
      this.#begin();
    }
    const command = this.#command();
    const reply = this.#stage.command(command);
    if (reply.ok) this.counts.carriedOut++;
    else this.counts.refused++;
    must(reply.ok || (reply.code.length > 0 && reply.detail.length > 0), () => 'refused without a reason');
    if ('answer' in reply) this.#isReadable(reply.answer);
    if (this.#random.chance(0.1)) this.#stage.run(this.#random.below(this.#random.chance(0.1) ? 20_000 : 50));
    this.#isBounded();
  }

  /** Some hang up, and the others, to whom nobody ever came, are given up. */
  end(): void {
    for (const connection of NAMES.slice(0, HANGING_UP)) this.#stage.command({ type: 'hang-up', connection });
    this.#stage.run(120_000);
    const { sums: _, data: __, ...sizes } = this.#stage.router.counts();
    must(!Object.values(sizes).some((size) => size !== 0), () => `left behind: ${JSON.stringify(sizes)}`);
    must(this.#stage.router.nextAt() === null, () => `something is due at ${this.#stage.router.nextAt()}`);
    must(this.#stage.book.held === 0, () => `${this.#stage.book.held} addresses are held`);
    this.counts.events += this.#stage.events.length;
    this.counts.rooms++;
  }

  #begin(): void {
    this.#stage = new RouterStage(LIMITS);
    this.#left = STEPS;
  }

  #command(): MediaCommand {
    const random = this.#random;
    const connection = random.pick(NAMES);
    const who = { connection, room: random.pick(ROOMS), member: `member-${connection}` };
    const ways: (() => MediaCommand)[] = [
      () => ({ type: 'publish', offer: this.#offers.next(), ...who }),
      () => ({ type: 'view', offer: this.#viewing(), wish: {}, ...who }),
      () => ({ type: 'renegotiate', connection, offer: this.#offers.next() }),
      () => ({ type: 'renegotiate', connection, offer: this.#viewing() }),
      () => ({ type: 'trickle', connection, fragment: this.#fragments.next() }),
      () => ({ type: 'wish', connection, wish: this.#wish() }),
      () => ({ type: 'hang-up', connection }),
    ];
    return random.pick(ways)();
  }

  /** An offer that would see. */
  #viewing(): string {
    return this.#offers.next(3).replaceAll(/a=(?:sendrecv|sendonly)/g, 'a=recvonly');
  }

  #wish() {
    const random = this.#random;
    const members = [undefined, null, 'member-anna', 'member-ben'];
    return {
      member: random.pick(members),
      maxLayer: random.chance(0.5) ? random.below(4) : null,
      paused: random.chance(0.2),
    };
  }

  #isReadable(answer: string): void {
    this.counts.answers++;
    const read = readDescription(answer);
    must(!('fault' in read), () => `our own answer cannot be read: ${answer}`);
  }

  #isBounded(): void {
    const { connections, peers, publications, subscriptions } = this.#stage.router.counts();
    must(connections <= LIMITS.connections && peers <= LIMITS.connections, () => `${connections} ${peers}`);
    must(publications <= LIMITS.connections * LIMITS.tracksPerPublisher, () => `${publications} publications`);
    must(subscriptions <= LIMITS.connections * LIMITS.sectionsPerViewer, () => `${subscriptions} subscriptions`);
  }
}
