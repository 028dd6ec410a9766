import { describe, expect, test } from 'vitest';
import { Floor, type Loudness, type Publication } from '../../src/sfu/index.js';
import { type Camera, payloadTypes, Stage } from './stage.js';

const VOICE = 0x80;
/** Of a sender without RFC 6464. */
const UNTOLD = -1;

/** Members who speak, each heard by one viewer, of whom only some are forwarded. */
class Talk {
  readonly stage = new Stage();
  readonly floor: Floor;
  readonly members: { camera: Camera; publication: Publication; loudness: Loudness; seq16: number }[] = [];

  constructor(count: number, seats = Number.POSITIVE_INFINITY) {
    this.floor = new Floor(seats);
    for (let member = 0; member < count; member++) {
      const camera = this.stage.camera(-1, 0, 48_000);
      const publication = this.stage.publication('audio', camera);
      const loudness = this.floor.add(publication, this.stage.now);
      const options = { kind: 'audio' as const, clockHz: 48_000, viewer: this.stage.viewer(member) };
      this.stage.subscription(options).watch(publication, payloadTypes());
      this.members.push({ camera, publication, loudness, seq16: 65_500 });
    }
  }

  /** For a time each member sends a packet every 20 ms with its level, in dB below overload. */
  say(ms: number, ...levels: readonly number[]): void {
    const end = this.stage.now + ms;
    for (; this.stage.now < end; this.stage.now += 20) {
      this.members.forEach((member, ix) => {
        const level = levels[ix] ?? 127;
        if (level !== UNTOLD) {
          this.floor.heard(member.loudness, level < 60 ? VOICE | level : level, this.stage.now);
        }
        member.seq16 = (member.seq16 + 1) & 0xffff;
        const rtpTs = this.stage.now * 48;
        this.stage.arrive(member.camera, {
          payloadType: 111,
          seq16: member.seq16,
          rtpTs,
          payload: Uint8Array.of(9, 9),
        });
      });
      this.floor.look(this.stage.now);
    }
  }

  get active(): number {
    return this.members.findIndex(({ publication }) => publication === this.floor.active);
  }

  get forwarded(): number[] {
    return this.members.flatMap(({ publication }, ix) => (publication.isOpen ? [ix] : []));
  }
}

describe('the active speaker', () => {
  test('is nobody before anybody speaks, then who does, and stays when it is quiet again', () => {
    const talk = new Talk(3);
    talk.say(500, 127, 127, 127);
    expect(talk.active).toBe(-1);
    talk.say(600, 127, 30, 127);
    expect(talk.active).toBe(1);
    talk.say(5000, 127, 127, 127);
    expect(talk.active).toBe(1);
  });

  test('does not change for a cough', () => {
    const talk = new Talk(2);
    talk.say(1000, 30, 127);
    talk.say(150, 30, 5);
    talk.say(1000, 30, 127);
    expect(talk.active).toBe(0);
  });

  test('does not flicker between two who are as loud', () => {
    const talk = new Talk(2);
    talk.say(1000, 30, 127);
    for (let nth = 0; nth < 50; nth++) {
      talk.say(40, nth % 2 === 0 ? 28 : 32, 30);
      expect(talk.active).toBe(0);
    }
  });

  test('changes when another one goes on', () => {
    const talk = new Talk(2);
    talk.say(1000, 30, 127);
    talk.say(1500, 127, 30);
    expect(talk.active).toBe(1);
  });

  test('is nobody after having left', () => {
    const talk = new Talk(2);
    talk.say(1000, 30, 127);
    talk.floor.remove(talk.members[0]!.publication, talk.stage.now);
    expect(talk.active).toBe(-1);
  });
});

describe('the loudest few', () => {
  test('are forwarded, and as many as there are seats', () => {
    const talk = new Talk(5, 2);
    talk.say(20);
    expect(talk.forwarded).toHaveLength(2);
    talk.say(2500, 127, 127, 30, 127, 35);
    expect(talk.forwarded).toEqual([2, 4]);
  });

  test('keep their seats against one who is hardly louder', () => {
    const talk = new Talk(3, 2);
    talk.say(2000, 30, 32, 127);
    talk.say(2000, 30, 32, 29);
    expect(talk.forwarded).toEqual([0, 1]);
  });

  test('have no gap for those who hear them, whenever they are let on and off', () => {
    const talk = new Talk(4, 1);
    for (let turn = 0; turn < 12; turn++) {
      const levels = [127, 127, 127, 127];
      levels[turn % 4] = 30;
      talk.say(1700, ...levels);
      expect(talk.forwarded).toEqual([turn % 4]);
    }
    for (let member = 0; member < 4; member++) {
      const heard = talk.stage.sent.filter(({ peerIx }) => peerIx === member);
      expect(heard.length).toBeGreaterThan(100);
      for (let ix = 1; ix < heard.length; ix++) {
        const [before, after] = [heard[ix - 1]!, heard[ix]!];
        expect((after.seq16 - before.seq16) & 0xffff).toBe(1);
        // Timestamps tell how long it was; where it goes on the marker stands.
        expect((after.rtpTs - before.rtpTs) | 0).toBe((after.now - before.now) * 48);
        expect(after.marker).toBe(after.now - before.now > 20);
      }
    }
  });

  test('leave alone whose packets tell no level', () => {
    const talk = new Talk(4, 1);
    talk.say(2000, UNTOLD, UNTOLD, 30, 35);
    expect(talk.forwarded).toEqual([0, 1, 2]);
    talk.floor.remove(talk.members[0]!.publication, talk.stage.now);
    talk.say(2000, UNTOLD, UNTOLD, 127, 30);
    expect(talk.forwarded).toEqual([0, 1, 3]);
  });

  test('who leaves makes room', () => {
    const talk = new Talk(2, 1);
    talk.say(1000, 30, 127);
    talk.floor.remove(talk.members[0]!.publication, talk.stage.now);
    expect(talk.members[1]!.publication.isOpen).toBe(true);
  });

  test('nothing is to be done while nobody is heard', () => {
    const talk = new Talk(2, 1);
    expect(talk.floor.nextAtMs).toBe(Number.POSITIVE_INFINITY);
    talk.say(1000, 30, 127);
    expect(talk.floor.nextAtMs).toBeLessThan(talk.stage.now + 100);
    for (let ms = 0; ms < 10_000; ms += 50) talk.floor.look(talk.stage.now + ms);
    expect(talk.floor.nextAtMs).toBe(Number.POSITIVE_INFINITY);
  });
});
