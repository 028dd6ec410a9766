import {
  PAIR,
  type PairFrame,
  type PairHead,
  type PairKind,
  readPairFrame,
  writePairFrame,
} from '../src/data/pair-frame.js';
import { readRoomFrame } from '../src/data/room-frame.js';
import type { LaneServer } from './lane-server.js';

/** Somebody in the room who answers calls as a member does, and otherwise says whatever a test has it say. */
export class RawMember {
  /** The numbers agreed on last. */
  own = 0;
  other = 0;
  meetings = 0;
  met: () => void = () => {};
  readonly heard: PairFrame[] = [];
  readonly #control: RTCDataChannel;

  constructor(server: LaneServer, name: string) {
    this.#control = server.connect(name).createDataChannel('control');
    this.#control.onmessage = ({ data }) => {
      const said = readRoomFrame(data);
      const frame = said === null ? null : readPairFrame(said.payload);
      if (said === null || frame === null) return;
      this.heard.push(frame);
      if (frame.kind === PAIR.CALL) {
        this.#meet(1_000 + this.meetings, frame.own);
        this.say(said.member, PAIR.ANSWER, { own: this.own, other: this.other, number: 0 });
        this.met();
      } else if (frame.kind === PAIR.ANSWER) {
        this.#meet(frame.other, frame.own);
        this.met();
      }
    };
  }

  say(to: string, kind: PairKind, head: Omit<PairHead, 'kind'>, text = ''): void {
    if (this.#control.readyState !== 'open') return;
    this.#control.send(writePairFrame(to, { kind, ...head }, new TextEncoder().encode(text)));
  }

  #meet(own: number, other: number): void {
    this.own = own;
    this.other = other;
    this.meetings += 1;
  }
}
