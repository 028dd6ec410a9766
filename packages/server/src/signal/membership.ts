import type { CommandOf, CommandType, LinkId, LinkMessage, RoomPort, RoomReply } from '@madang/engine';
import { protocolError, type Refused } from '@madang/protocol';

/** What a membership tells its connection. */
export interface MembershipSink {
  hear(message: LinkMessage): void;
  /** A command failed for a reason that is ours. */
  failed(error: unknown): void;
}

/**
 * One link to the rooms, and what is heard over it. Holds messages back while a command is under way, so that a reply
 * goes out before the events it caused, wherever the room lives.
 */
export class Membership {
  readonly link: LinkId;
  readonly #rooms: RoomPort;
  readonly #sink: MembershipSink;
  #open = true;
  #underWay = 0;
  #held: LinkMessage[] = [];

  constructor(rooms: RoomPort, link: LinkId, sink: MembershipSink) {
    this.#rooms = rooms;
    this.link = link;
    this.#sink = sink;
    rooms.open(link, (message) => this.#receive(message));
  }

  /** Carries out a command and calls `answer` once, before anything the command caused is heard. */
  ask<T extends CommandType>(command: CommandOf<T>, answer: (reply: RoomReply<T>) => void): void {
    this.attend<RoomReply<T>>(() => this.#rooms.command<T>(command), answer);
  }

  /** The same for whatever else is done for this membership. */
  attend<R>(work: () => Promise<R | Refused>, answer: (reply: R | Refused) => void): void {
    this.#underWay += 1;
    const settle = (reply: R | Refused) => {
      try {
        answer(reply);
      } catch (error) {
        this.#sink.failed(error);
      }
      this.#underWay -= 1;
      if (this.#underWay === 0 && this.#held.length > 0) this.#release();
    };
    begin(work).then(settle, (error: unknown) => {
      this.#sink.failed(error);
      settle({ ok: false, error: protocolError('internal') });
    });
  }

  /** No further message is heard. The member, if there is one, may be resumed within the grace time. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#held = [];
    this.#rooms.close(this.link);
  }

  #receive(message: LinkMessage): void {
    if (!this.#open) return;
    if (this.#underWay > 0) this.#held.push(message);
    else this.#sink.hear(message);
  }

  #release(): void {
    const held = this.#held;
    this.#held = [];
    for (const message of held) if (this.#open) this.#sink.hear(message);
  }
}

function begin<R>(work: () => Promise<R>): Promise<R> {
  try {
    return work();
  } catch (error) {
    return Promise.reject(error);
  }
}
