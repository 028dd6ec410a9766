import type { CommandOf, CommandType, LinkMessage, MemberEvent, RoomPort, RoomReply } from '@madang/engine';
import { ERRORS } from '@madang/protocol';
import { expect, test } from 'vitest';

/** One implementation under test, with a grace time of 200 ms and room for 3 rooms. */
export interface PortUnderTest {
  readonly port: RoomPort;
  /** Comes back when every message that is under way has been received. */
  settle(): Promise<void>;
  /** Lets time pass for the rooms, and settles. */
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** The sizes that an implementation has to be given for this suite. */
export const CONTRACT_LIMITS = { maxRooms: 3, maxMembers: 100, graceMs: 200, chatKeepMs: 1_000 } as const;

const CANDIDATE = { kind: 'candidate', generation: 1, candidate: { candidate: '' } } as const;

type Granted<T extends CommandType> = Extract<RoomReply<T>, { ok: true }>;

/** What every implementation of `RoomPort` has to do, wherever its rooms live. */
export function roomPortContract(makePort: () => Promise<PortUnderTest>): void {
  /** Runs `body` against an implementation of its own. */
  function promise(what: string, body: (scene: Scene) => Promise<void>): void {
    test(what, async () => {
      const underTest = await makePort();
      try {
        await body(new Scene(underTest));
      } finally {
        await underTest.stop();
      }
    });
  }

  promise('a join is answered with the room, and the others hear of it', async (scene) => {
    const ada = await scene.join('ada');
    const bo = await scene.join('bo');
    await scene.settle();
    expect(bo.reply.members.map(({ name, role }) => [name, role])).toEqual([
      ['ada', 'host'],
      ['bo', 'participant'],
    ]);
    expect(scene.events('ada')).toEqual([{ type: 'member-joined', member: bo.reply.members[1], seq: 1 }]);
    expect(scene.events('bo')).toEqual([]);
    expect(ada.reply.seq).toBe(0);
  });

  promise('the reply comes before every event that its command caused on the same link', async (scene) => {
    const ada = await scene.join('ada');
    const order: string[] = [];
    scene.onMessage('ada', () => order.push('event'));
    for (let ix = 0; ix < 20; ix++) {
      // Several steps away, as an adapter with promises of its own would be.
      const reply = scene.port.command({ type: 'chat', member: ada.id, text: 'x', wallMs: 1 });
      await passThrough(passThrough(passThrough(reply.then(() => order.push('reply')))));
      await scene.settle();
    }
    expect(order).toEqual(Array.from({ length: 20 }, () => ['reply', 'event']).flat());
  });

  promise('commands are carried out in the order they were given, without waiting', async (scene) => {
    const ada = await scene.join('ada');
    const texts = Array.from({ length: 50 }, (_, ix) => `message ${ix}`);
    const replies = await Promise.all(
      texts.map((text) => scene.port.command({ type: 'chat', member: ada.id, text, wallMs: 1 })),
    );
    await scene.settle();
    expect(replies.map((reply) => reply.ok && reply.id)).toEqual(texts.map((_, ix) => ix + 1));
    const heard = scene.events('ada').map((event) => event.type === 'chat' && event.message.text);
    expect(heard).toEqual(texts);
  });

  promise('events of a member carry numbers without a gap', async (scene) => {
    const ada = await scene.join('ada');
    const bo = await scene.join('bo');
    await scene.do({ type: 'chat', member: bo.id, text: 'x', wallMs: 1 });
    await scene.do({ type: 'peer-signal', member: bo.id, to: ada.id, signal: CANDIDATE });
    await scene.do({ type: 'rename', member: ada.id, name: 'Ada' });
    await scene.settle();
    expect(scene.events('ada').map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'member-joined'],
      [2, 'chat'],
      [3, 'peer-signal'],
      [4, 'member-changed'],
    ]);
    expect(scene.events('bo').map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'chat'],
      [2, 'member-changed'],
    ]);
  });

  promise('a refusal carries the sentence of the catalogue and changes nothing', async (scene) => {
    await scene.join('ada');
    const bo = await scene.join('bo');
    await scene.settle();
    scene.forget();
    const reply = await scene.port.command({ type: 'close', member: bo.id });
    expect(reply).toEqual({
      ok: false,
      error: { code: 'forbidden', message: ERRORS.forbidden.message, detail: 'close' },
    });
    await scene.settle();
    expect(scene.events('ada')).toEqual([]);
  });

  promise('limits are kept', async (scene) => {
    for (const name of ['a', 'b', 'c', 'd']) await scene.join(name);
    expect(await scene.codeOfJoin('e')).toBe('room_full');
    expect(await scene.codeOfJoin('f', 'room 2')).toBe('ok');
    expect(await scene.codeOfJoin('g', 'room 3')).toBe('ok');
    expect(await scene.codeOfJoin('h', 'room 4')).toBe('too_many_rooms');
    expect(await scene.codeOfJoin('a', 'room 2')).toBe('already_joined');
  });

  promise('a repeated request is done once', async (scene) => {
    const ada = await scene.join('ada');
    const once = { type: 'chat', member: ada.id, n: 1, text: 'x', wallMs: 1 } as const;
    expect(await scene.port.command(once)).toEqual({ ok: true, id: 1 });
    expect(await scene.port.command(once)).toEqual({ ok: true, repeated: true });
    await scene.settle();
    expect(scene.events('ada')).toHaveLength(1);
  });

  promise('a closed link is an absence, and a resume fills it', async (scene) => {
    const ada = await scene.join('ada');
    const bo = await scene.join('bo');
    scene.port.close('bo');
    await scene.do({ type: 'chat', member: ada.id, text: 'missed', wallMs: 1 });
    await scene.settle();
    expect(scene.events('bo')).toEqual([]);
    scene.open('bo again');
    const resumed = await scene.do({ type: 'resume', link: 'bo again', token: bo.reply.resume.token, seq: 0 });
    expect(resumed.self).toBe(bo.id);
    expect(resumed.events.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'member-changed'],
      [2, 'chat'],
      [3, 'member-changed'],
    ]);
    await scene.do({ type: 'chat', member: ada.id, text: 'heard', wallMs: 1 });
    await scene.settle();
    expect(scene.events('bo again').map(({ seq }) => seq)).toEqual([4]);
  });

  promise('a resume on another link replaces the first', async (scene) => {
    const ada = await scene.join('ada');
    scene.open('ada again');
    await scene.do({ type: 'resume', link: 'ada again', token: ada.reply.resume.token, seq: 0 });
    await scene.settle();
    expect(scene.messages('ada')).toEqual([{ type: 'replaced' }]);
    scene.port.close('ada');
    await scene.do({ type: 'chat', member: ada.id, text: 'x', wallMs: 1 });
    await scene.settle();
    expect(scene.events('ada again').map((event) => event.type)).toEqual(['chat']);
  });

  promise('a member that stays away is lost after the grace time, by itself', async (scene) => {
    await scene.join('ada');
    const bo = await scene.join('bo');
    scene.port.close('bo');
    await scene.pass(CONTRACT_LIMITS.graceMs / 2);
    expect(scene.events('ada').map((event) => event.type)).toEqual(['member-joined', 'member-changed']);
    await scene.pass(CONTRACT_LIMITS.graceMs);
    expect(scene.events('ada').at(-1)).toEqual({ type: 'member-left', member: bo.id, reason: 'lost', seq: 3 });
    scene.open('too late');
    const { token } = bo.reply.resume;
    const reply = await scene.port.command({ type: 'resume', link: 'too late', token, seq: 0 });
    expect(reply).toMatchObject({ ok: false, error: { code: 'resume_expired' } });
  });

  promise('a kick ends the membership for both sides', async (scene) => {
    const ada = await scene.join('ada');
    const bo = await scene.join('bo');
    await scene.do({ type: 'kick', member: ada.id, target: bo.id });
    await scene.settle();
    expect(scene.events('bo')).toEqual([{ type: 'ended', reason: 'kicked', by: ada.id, seq: 1 }]);
    expect(scene.events('ada').at(-1)).toMatchObject({ type: 'member-left', reason: 'kicked' });
    const reply = await scene.port.command({ type: 'members', member: bo.id });
    expect(reply).toMatchObject({ ok: false, error: { code: 'not_joined' } });
    expect(await scene.codeOfJoin('bo')).toBe('ok');
  });

  promise('nobody comes in over a link that is not open', async (scene) => {
    const join = { type: 'join', link: 'ghost', dialect: 'madang', room: 'room', name: 'x', wallMs: 1 } as const;
    expect(await scene.port.command(join)).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    scene.open('ghost');
    scene.port.close('ghost');
    expect(await scene.port.command(join)).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    const ada = await scene.join('ada');
    const { token } = ada.reply.resume;
    expect(await scene.port.command({ type: 'resume', link: 'ghost', token, seq: 0 })).toMatchObject({ ok: false });
  });

  promise('closing a link twice, or one that never was, does nothing', async (scene) => {
    await scene.join('ada');
    await scene.join('bo');
    scene.port.close('bo');
    scene.port.close('bo');
    scene.port.close('never');
    await scene.settle();
    expect(scene.events('ada').map((event) => event.type)).toEqual(['member-joined', 'member-changed']);
  });

  promise('a receiver that throws costs the others nothing', async (scene) => {
    await scene.join('bad');
    await scene.join('good');
    scene.onMessage('bad', () => {
      throw new Error('the receiver is broken');
    });
    const third = await scene.join('third');
    await scene.do({ type: 'chat', member: third.id, text: 'x', wallMs: 1 });
    await scene.settle();
    expect(scene.events('good').map((event) => event.type)).toEqual(['member-joined', 'chat']);
    expect(scene.events('third').map((event) => event.type)).toEqual(['chat']);
  });

  promise('a receiver may command and close from within', async (scene) => {
    await scene.join('ada');
    const bo = await scene.join('bo');
    const cy = await scene.join('cy');
    await scene.settle();
    scene.forget();
    scene.onMessage('ada', () => scene.port.close('ada'));
    scene.onMessage('bo', (message) => {
      if (message.type === 'event' && message.event.type === 'chat' && message.event.message.text === 'ping') {
        void scene.port.command({ type: 'chat', member: bo.id, text: 'pong', wallMs: 2 });
      }
    });
    await scene.do({ type: 'chat', member: cy.id, text: 'ping', wallMs: 1 });
    await scene.settle();
    const heard = scene.events('cy').map((event) => (event.type === 'chat' ? event.message.text : event.type));
    expect(heard.toSorted()).toEqual(['member-changed', 'ping', 'pong']);
    expect(scene.events('ada')).toHaveLength(1);
  });

  promise('draining is told to everyone and keeps newcomers out', async (scene) => {
    await scene.join('ada');
    await scene.do({ type: 'drain', withinMs: 5_000 });
    await scene.settle();
    expect(scene.events('ada')).toEqual([{ type: 'draining', withinMs: 5_000, seq: 1 }]);
    expect(await scene.codeOfJoin('bo')).toBe('shutting_down');
  });
}

async function passThrough<T>(promise: Promise<T>): Promise<T> {
  return await promise;
}

/** Links with names, and what each has heard. */
class Scene {
  readonly port: RoomPort;
  readonly #underTest: PortUnderTest;
  readonly #opened = new Set<string>();
  readonly #heard = new Map<string, LinkMessage[]>();
  readonly #onMessage = new Map<string, (message: LinkMessage) => void>();

  constructor(underTest: PortUnderTest) {
    this.#underTest = underTest;
    this.port = underTest.port;
  }

  settle(): Promise<void> {
    return this.#underTest.settle();
  }

  pass(ms: number): Promise<void> {
    return this.#underTest.pass(ms);
  }

  open(link: string): void {
    this.#opened.add(link);
    this.port.open(link, (message) => {
      this.#heard.set(link, [...this.messages(link), message]);
      this.#onMessage.get(link)?.(message);
    });
  }

  onMessage(link: string, run: (message: LinkMessage) => void): void {
    this.#onMessage.set(link, run);
  }

  /** Joins over a new link of the member's name. */
  async join(name: string, room = 'room'): Promise<{ readonly id: string; readonly reply: Granted<'join'> }> {
    this.open(name);
    const reply = await this.do({ type: 'join', link: name, dialect: 'madang', room, name, wallMs: 1 });
    return { id: reply.self, reply };
  }

  /** Tries to join over the link of this name, opening it if it is new; gives the code of the refusal, or `ok`. */
  async codeOfJoin(name: string, room = 'room'): Promise<string> {
    if (!this.#opened.has(name)) this.open(name);
    const reply = await this.port.command({ type: 'join', link: name, dialect: 'madang', room, name, wallMs: 1 });
    return reply.ok ? 'ok' : reply.error.code;
  }

  async do<T extends CommandType>(command: CommandOf<T>): Promise<Granted<T>> {
    const reply = await this.port.command<T>(command);
    if (!reply.ok) throw new Error(`${command.type} was refused: ${reply.error.code}`);
    return reply as Granted<T>;
  }

  messages(link: string): readonly LinkMessage[] {
    return this.#heard.get(link) ?? [];
  }

  events(link: string): MemberEvent[] {
    return this.messages(link).flatMap((message) => (message.type === 'event' ? [message.event] : []));
  }

  forget(): void {
    this.#heard.clear();
  }
}
