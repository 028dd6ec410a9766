import type { CommandType, LinkMessage, MemberEvent, Outcome } from '@madang/engine';
import type { Member, Room } from '@madang/protocol';
import { expect } from 'vitest';
import { codeOf, type Guest, type Stage } from './stage.js';

/**
 * A client that knows nothing but what it was told: the reply of its join and the events since. It reads its messages
 * only when asked to, and those that its link still held when it died are lost.
 */
export class Believer {
  readonly guest: Guest;
  readonly members = new Map<string, Member>();
  room: Room;
  seq: number;
  /** Whether its link lives, as far as it knows. */
  isOn = true;
  hasEnded = false;
  readonly #stage: Stage;

  constructor(stage: Stage, guest: Guest) {
    this.#stage = stage;
    this.guest = guest;
    this.room = guest.joined.room;
    this.seq = guest.joined.seq;
    for (const member of guest.joined.members) this.members.set(member.id, member);
  }

  get id(): string {
    return this.guest.id;
  }

  ask: Guest['ask'] = (type, rest) => this.guest.ask(type, rest);

  /** Handles what the link holds. */
  read(): void {
    for (const message of this.#stage.heard(this.guest.link)) this.#hear(message);
  }

  loseLink(): void {
    this.#stage.heard(this.guest.link);
    this.isOn = false;
    this.guest.detach();
  }

  /** Comes back on another link; true when that was granted. */
  resume(): boolean {
    const lost = this.isOn ? this.guest.link : null;
    const outcome: Outcome<'resume'> = this.guest.resume(this.seq);
    if (!outcome.ok) {
      expect(codeOf(outcome as Outcome<CommandType>)).toBe('resume_expired');
      return false;
    }
    if (lost !== null) expect(this.#stage.heard(lost).at(-1)).toEqual({ type: 'replaced' });
    this.isOn = true;
    for (const event of outcome.events) this.#handle(event);
    expect(this.seq).toBe(outcome.seq);
    expect(this.roster()).toEqual(outcome.members);
    expect(this.room).toEqual(outcome.room);
    return true;
  }

  roster(): Member[] {
    return [...this.members.values()];
  }

  #hear(message: LinkMessage): void {
    expect(this.hasEnded).toBe(false);
    if (message.type === 'event') this.#handle(message.event);
  }

  #handle(event: MemberEvent): void {
    expect(event.seq).toBe(this.seq + 1);
    this.seq = event.seq;
    if (event.type === 'member-joined' || event.type === 'member-changed') {
      expect(this.members.has(event.member.id)).toBe(event.type === 'member-changed');
      this.members.set(event.member.id, event.member);
    } else if (event.type === 'member-left') {
      expect(event.member).not.toBe(this.id);
      expect(this.members.delete(event.member)).toBe(true);
    } else if (event.type === 'room-changed') {
      this.room = event.room;
    } else if (event.type === 'ended') {
      this.hasEnded = true;
    }
  }
}
