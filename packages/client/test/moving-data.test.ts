import { SeededRandom } from '@madang/testkit';
import { describe, expect, it } from 'vitest';
import { DataRoom } from './data-room.js';
import { straightChannels } from './straight-channels.js';

const MIB = 1_048_576;
/** So long at the least the way before stays open. */
const LINGER_MS = 600;
const NAMES = ['ann', 'bob'] as const;

/** Two whose call moves to the media server and back, each of them when its page gets to it. */
class MovingCall {
  readonly room = new DataRoom();
  readonly exchanges = NAMES.map((name) => this.room.enterApart(name));
  readonly #random: SeededRandom;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** One of the two is `lagMs` late. */
  goStraight(lagMs: number): void {
    const ends = straightChannels(this.room.time, lagMs);
    const [first, second] = this.#inSomeOrder();
    const begin = (who: number, pc: RTCPeerConnection) => {
      this.exchanges[who]!.relay.leave();
      const link = this.#linkOf(who);
      link.hold('straight');
      link.attend(pc);
      return link;
    };
    begin(first, ends[0]).open();
    this.room.time.after(lagMs, () => begin(second, ends[1]));
    this.#whenMoved(lagMs, (who) => {
      this.exchanges[who]!.relay.clear();
      this.room.disconnect(NAMES[who]!);
    });
  }

  goByServer(lagMs: number): void {
    const [first, second] = this.#inSomeOrder();
    const begin = (who: number) => {
      const { relay } = this.exchanges[who]!;
      relay.meet(otherOf(who), false);
      this.room.connect(NAMES[who]!);
      relay.call();
    };
    begin(first);
    this.room.time.after(lagMs, () => begin(second));
    this.#whenMoved(lagMs, (who) => this.#linkOf(who).release('straight'));
  }

  #inSomeOrder(): readonly [number, number] {
    return this.#random.chance(0.5) ? [0, 1] : [1, 0];
  }

  #linkOf(who: number) {
    return this.exchanges[who]!.link(otherOf(who));
  }

  #whenMoved(lagMs: number, close: (who: number) => void): void {
    for (const who of NAMES.keys()) {
      this.room.time.after(lagMs + LINGER_MS + this.#random.below(2_000), () => close(who));
    }
  }
}

const otherOf = (who: number): string => NAMES[1 - who]!;

describe('a call that moves to the media server and back, again and again', () => {
  it.each([1, 2, 3, 4, 5, 6])('loses no message and no file, and brings nothing twice (seed %i)', async (seed) => {
    const random = new SeededRandom(seed);
    const call = new MovingCall(random);
    const { room, exchanges } = call;
    room.writeMs = random.below(1_500);
    call.goStraight(0);
    await room.pass(3_000);
    const file = exchanges[0]!.sendFile(new Blob([new Uint8Array(random.below(8 * MIB))]), { to: 'bob' });
    const expected: string[][] = [[], []];
    const sends: Promise<void>[] = [];
    for (let move = 0; move < 4; move += 1) {
      const lagMs = random.chance(0.3) ? 0 : random.below(2_500);
      if (move % 2 === 0) call.goByServer(lagMs);
      else call.goStraight(lagMs);
      for (let step = 0; step < 25; step += 1) {
        const who = random.below(2);
        const text = `${move} ${step} ${'x'.repeat(random.chance(0.2) ? 60_000 : 5)}`;
        expected[1 - who]!.push(text);
        sends.push(exchanges[who]!.send(text, { to: otherOf(who) }));
        await room.pass(random.below(500));
      }
      await room.pass(lagMs + 2_000);
    }
    await Promise.all([Promise.all(sends), room.pass(40_000)]);
    for (const [ix, name] of NAMES.entries()) expect(room.heard(name).toSorted()).toEqual(expected[ix]!.toSorted());
    expect([file.state, room.ended('bob').map(({ state }) => state)]).toEqual(['done', ['done']]);
  });
});
