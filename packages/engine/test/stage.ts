import {
  type CommandOf,
  type CommandType,
  Engine,
  type LinkMessage,
  type MediaRights,
  type MemberEvent,
  type Outcome,
  type RoomLimits,
} from '@madang/engine';
import { SeededRandom } from '@madang/testkit';

export const LIMITS: RoomLimits = { maxRooms: 100, maxMembers: 100, graceMs: 30_000, chatKeepMs: 300_000 };

type WithoutMember<T extends CommandType> = Omit<CommandOf<T>, 'type' | 'member'>;
type JoinOptions = Partial<Omit<CommandOf<'join'>, 'type' | 'link'>>;

/** An engine, its time, and what every link has heard. */
export class Stage {
  readonly engine: Engine;
  /** What the media server has been told that it may forward. */
  readonly rights: MediaRights[] = [];
  now = 1_000;
  readonly #heard = new Map<string, LinkMessage[]>();
  #links = 0;

  constructor(limits: Partial<RoomLimits> = {}, seed = 1) {
    this.engine = new Engine({ limits: { ...LIMITS, ...limits }, random: new SeededRandom(seed) });
  }

  command<T extends CommandType>(command: CommandOf<T>): Outcome<T> {
    const outcome = this.engine.command<T>(command, this.now);
    this.#collect();
    return outcome;
  }

  /** Lets time pass, ticking when the engine asks for it. */
  advance(ms: number): void {
    const until = this.now + ms;
    for (let at = this.engine.nextAt(); at !== null && at <= until; at = this.engine.nextAt()) {
      this.now = Math.max(this.now, at);
      this.engine.tick(this.now);
    }
    this.now = until;
    this.#collect();
  }

  newLink(): string {
    this.#links++;
    return `link-${this.#links}`;
  }

  join(name: string, options: JoinOptions = {}): Guest {
    const link = this.newLink();
    return this.guest(link, accepted(this.tryJoin(name, { ...options, link })));
  }

  guest(link: string, joined: Extract<Outcome<'join'>, { ok: true }>): Guest {
    return new Guest(this, link, joined);
  }

  tryJoin(name: string, options: JoinOptions & { link?: string } = {}): Outcome<'join'> {
    const link = options.link ?? this.newLink();
    return this.command({ type: 'join', room: 'plaza', dialect: 'madang', wallMs: 5_000, ...options, link, name });
  }

  /** What a link heard since the last look. */
  heard(link: string): LinkMessage[] {
    const messages = this.#heard.get(link) ?? [];
    this.#heard.delete(link);
    return messages;
  }

  /** Makes everyone forget what was heard so far. */
  hush(): void {
    this.#heard.clear();
  }

  #collect(): void {
    this.rights.push(...this.engine.rights());
    for (const { link, message } of this.engine.drain()) {
      const messages = this.#heard.get(link) ?? [];
      messages.push(message);
      this.#heard.set(link, messages);
    }
  }
}

/** One who has joined. */
export class Guest {
  readonly id: string;
  readonly token: string;
  readonly joined: Extract<Outcome<'join'>, { ok: true }>;
  link: string;
  readonly #stage: Stage;

  constructor(stage: Stage, link: string, joined: Extract<Outcome<'join'>, { ok: true }>) {
    this.#stage = stage;
    this.link = link;
    this.joined = joined;
    this.id = joined.self;
    this.token = joined.resume.token;
  }

  ask<T extends Exclude<CommandType, 'join' | 'resume' | 'detach' | 'tell' | 'drain'>>(
    type: T,
    rest: WithoutMember<T> = {} as WithoutMember<T>,
  ): Outcome<T> {
    return this.#stage.command({ type, member: this.id, ...rest } as unknown as CommandOf<T>);
  }

  detach(): void {
    this.#stage.command({ type: 'detach', link: this.link });
  }

  resume(seq: number, link = this.#stage.newLink()): Outcome<'resume'> {
    const outcome = this.#stage.command({ type: 'resume', link, token: this.token, seq });
    if (outcome.ok) this.link = link;
    return outcome;
  }

  /** The events since the last look. */
  events(): MemberEvent[] {
    return this.#stage.heard(this.link).flatMap((message) => (message.type === 'event' ? [message.event] : []));
  }

  types(): string[] {
    return this.events().map((event) => event.type);
  }

  /** The last event since the last look. */
  lastEvent(): MemberEvent | undefined {
    return this.events().at(-1);
  }
}

/** The result of a command that has to succeed. */
export function accepted<O extends { readonly ok: boolean }>(outcome: O): Extract<O, { ok: true }> {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome)}`);
  return outcome as Extract<O, { ok: true }>;
}

/** The code of a refusal; `ok` when there was none. */
export function codeOf(outcome: Outcome): string {
  return outcome.ok ? 'ok' : outcome.error.code;
}
