import type { Clock } from '../clock.js';
import type { DataLink } from './data-link.js';
import { MemberPair } from './member-pair.js';
import { RoomLanes } from './room-lanes.js';

export interface RelayDeps {
  readonly clock: Clock;
  /** The link to this member, made where there is none. */
  link(memberId: string): DataLink;
}

/** The way through the media server to every member that may be met there. */
export class Relay {
  readonly #deps: RelayDeps;
  readonly #pairs = new Map<string, MemberPair>();
  #lanes: RoomLanes | undefined;
  #hearsOnly = false;
  #isBeingLeft = false;

  constructor(deps: RelayDeps) {
    this.#deps = deps;
  }

  /** One's own role: who may only hear sends nothing but answers. */
  setHearsOnly(hearsOnly: boolean): void {
    if (this.#hearsOnly === hearsOnly) return;
    this.#hearsOnly = hearsOnly;
    for (const [id, { isOnlyHeardBy }] of [...this.#pairs]) this.#begin(id, isOnlyHeardBy);
  }

  /** A member can be met by this way. Two of whom neither may say anything have nothing to meet for. */
  meet(memberId: string, isOnlyHeardBy: boolean): void {
    const known = this.#pairs.get(memberId);
    if (known === undefined || known.isOnlyHeardBy !== isOnlyHeardBy) this.#begin(memberId, isOnlyHeardBy);
  }

  /** No more. */
  part(memberId: string): void {
    const pair = this.#pairs.get(memberId);
    if (pair === undefined) return;
    this.#pairs.delete(memberId);
    pair.close();
    this.#deps.link(memberId).release('relay');
  }

  /**
   * Opens the lanes on a connection with the server, which takes the place of the one before. Before its first offer.
   * `onEnd`: they came to an end, and this connection gets no others.
   */
  attend(pc: RTCPeerConnection, onEnd: () => void): void {
    this.detach();
    const lanes: RoomLanes = new RoomLanes(pc, {
      onOpen: () => {
        for (const pair of this.#pairs.values()) pair.moveTo(lanes);
      },
      onFrame: (memberId, name, frame) => this.#pairs.get(memberId)?.receive(name, frame),
      onNotice: (memberId, name, notice) => this.#pairs.get(memberId)?.heed(name, notice),
      onEnd: () => {
        this.detach();
        onEnd();
      },
    });
    this.#lanes = lanes;
  }

  /** The connection with the server is gone; perhaps another comes. */
  detach(): void {
    this.#lanes?.close();
    this.#lanes = undefined;
    for (const pair of this.#pairs.values()) pair.moveTo(undefined);
  }

  /** Another way is the one to go from now on; whoever is not met there yet is still met here. */
  leave(): void {
    this.#isBeingLeft = true;
  }

  /** Calls everyone who is not met by this way yet: from now on it is the one to go. */
  call(): void {
    this.#isBeingLeft = false;
    for (const pair of this.#pairs.values()) pair.call();
  }

  /** A member's channels by another way are gone. */
  missed(memberId: string): void {
    this.#pairs.get(memberId)?.callSoon();
  }

  /** Nobody goes by this way any more. */
  clear(): void {
    this.#isBeingLeft = false;
    for (const id of [...this.#pairs.keys()]) this.part(id);
  }

  #begin(memberId: string, isOnlyHeardBy: boolean): void {
    if (isOnlyHeardBy && this.#hearsOnly) {
      this.part(memberId);
      return;
    }
    this.#pairs.get(memberId)?.close();
    const link = this.#deps.link(memberId);
    link.hold('relay');
    const pair = new MemberPair({
      clock: this.#deps.clock,
      link,
      isBeingLeft: () => this.#isBeingLeft,
      hearsOnly: this.#hearsOnly,
      isOnlyHeardBy,
    });
    this.#pairs.set(memberId, pair);
    if (this.#lanes?.isOpen === true) pair.moveTo(this.#lanes);
  }
}
