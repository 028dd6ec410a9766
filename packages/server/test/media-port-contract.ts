import type { MediaEvent, MediaPort } from '@madang/engine';
import { expect, test } from 'vitest';
import { MediaGuest, until } from './media-guest.js';
import { MediaSubscriber } from './media-subscriber.js';

/** One implementation under test, on loopback. */
export interface MediaUnderTest {
  readonly port: MediaPort;
  /** Mistakes of ours that it came upon. */
  readonly faults: readonly Error[];
  stop(): Promise<void>;
}

/** What every implementation of `MediaPort` has to do, wherever its media lives. */
export function mediaPortContract(open: () => Promise<MediaUnderTest>): void {
  /** Runs `body` against an implementation of its own. */
  function promise(what: string, body: (scene: Scene) => Promise<void>): void {
    test(what, async () => {
      const scene = new Scene(await open());
      try {
        await body(scene);
      } finally {
        await scene.stop();
      }
    });
  }

  promise('what one member publishes, another sees', async (scene) => {
    const ada = await scene.publish('tea');
    const bo = await scene.view('tea');
    await until(() => bo.sounds.length >= 20);
    expect(bo.sounds.every((sound) => sound.startsWith(ada.voice))).toBe(true);
    expect(bo.sounds).toEqual([...new Set(bo.sounds)].sort());
    await until(() => scene.has({ type: 'flow', connection: ada.connection, flowing: true }));
  });

  promise('a viewer may come first, and sees nothing of other rooms', async (scene) => {
    const bo = await scene.view('tea');
    const cy = await scene.view('coffee');
    const ada = await scene.publish('tea');
    await until(() => bo.sounds.length >= 5);
    expect(bo.sounds[0]).toContain(ada.voice);
    expect(cy.sounds).toEqual([]);
  });

  promise('whoever has a path and keys is told of, after the reply', async (scene) => {
    const order: string[] = [];
    scene.port.listen((event) => order.push(event.type));
    const offer = await MediaGuest.offer('SendOnly');
    const opening = scene.port.command({ type: 'publish', connection: 'x', room: 'tea', member: 'ada', offer });
    await passThrough(passThrough(opening.then(() => order.push('reply'))));
    const ada = await scene.publish('tea', 'bo');
    await until(() => scene.has({ type: 'connected', connection: ada.connection }));
    expect(order.slice(0, 2)).toEqual(['reply', 'connected']);
  });

  promise('a track is told with its codec, and is silent to nobody else', async (scene) => {
    const offer = await MediaGuest.offer('SendOnly');
    const reply = await scene.port.command({ type: 'publish', connection: 'x', room: 'tea', member: 'ada', offer });
    expect(reply).toMatchObject({
      ok: true,
      tracks: [{ mid: 'sound', kind: 'audio', codec: expect.stringMatching(/^opus$/i), encodings: [{ rid: null }] }],
    });
  });

  promise('who is hung up is told so, and no more', async (scene) => {
    const ada = await scene.publish('tea');
    const bo = await scene.view('tea');
    await until(() => bo.sounds.length >= 5);
    expect(await bo.hangUp()).toEqual({ ok: true });
    await bo.dismissed();
    expect(await bo.hangUp()).toEqual({ ok: true });
    const { connection } = bo;
    const wish = await scene.port.command({ type: 'wish', connection, wish: { paused: true } });
    expect(wish).toMatchObject({ ok: false, code: 'unknown_connection' });
    expect(await ada.hangUp()).toEqual({ ok: true });
    await ada.dismissed();
    expect(scene.events.filter(({ type }) => type === 'closed')).toEqual([]);
  });

  promise('whose certificate is not the announced one is told of, and its name is forgotten', async (scene) => {
    const { connection } = await scene.impostor('tea');
    await until(() => scene.has({ type: 'closed', connection, reason: 'fingerprint' }));
    const late = await scene.port.command({ type: 'renegotiate', connection, offer: 'v=0' });
    expect(late).toMatchObject({ ok: false, code: 'unknown_connection' });
  });

  promise('a viewer may pause, and go on', async (scene) => {
    await scene.publish('tea');
    const { connection, ...bo } = await scene.view('tea');
    await until(() => bo.received.length > 0);
    expect(await scene.port.command({ type: 'wish', connection, wish: { paused: true } })).toEqual({ ok: true });
    expect(await scene.port.command({ type: 'wish', connection, wish: { paused: null } })).toEqual({ ok: true });
    const before = bo.received.length;
    await until(() => bo.received.length > before + 10);
  });

  promise('a wrong offer is refused, and leaves the name free', async (scene) => {
    const sending = await MediaGuest.offer('SendOnly');
    const receiving = await MediaGuest.offer('RecvOnly');
    const about = { connection: 'x', room: 'tea', member: 'ada' };
    const publish = (offer: string) => scene.port.command({ type: 'publish', ...about, offer });
    expect(await publish('hello')).toMatchObject({ ok: false, code: 'malformed' });
    expect(await publish(sending.replaceAll(/^a=fingerprint.*\r\n/gm, ''))).toMatchObject({ code: 'unacceptable' });
    expect(await publish(receiving)).toMatchObject({ ok: false, code: 'direction' });
    const view = await scene.port.command({ type: 'view', ...about, wish: {}, offer: sending });
    expect(view).toMatchObject({ ok: false, code: 'direction' });
    expect(await publish(sending)).toMatchObject({ ok: true });
    expect(await publish(sending)).toMatchObject({ ok: false, code: 'connection_exists' });
  });

  promise('a subscriber hears what it asks for, by our offers, and what is muted it does not', async (scene) => {
    const [ada, bo] = [await scene.publish('tea', 'ada'), await scene.publish('tea', 'bo')];
    const eve = await scene.subscriber('tea');
    await eve.want([ada.trackId]);
    await until(() => eve.count(ada.trackId) > 10);
    await eve.want([ada.trackId, bo.trackId]);
    await until(() => eve.count(bo.trackId) > 10);
    await until(() => scene.has({ type: 'forwarding', connection: eve.connection }));
    const mute = { type: 'mute', connection: ada.connection } as const;
    expect(await scene.port.command({ ...mute, tracks: [ada.trackId] })).toEqual({ ok: true });
    const before = eve.count(bo.trackId);
    await until(() => eve.count(bo.trackId) > before + 5);
    const muted = eve.count(ada.trackId);
    await until(() => eve.count(bo.trackId) > before + 15);
    expect(eve.count(ada.trackId)).toBe(muted);
    expect(await scene.port.command({ ...mute, tracks: [] })).toEqual({ ok: true });
    await until(() => eve.count(ada.trackId) > muted);
  });

  promise('an offer of ours has one answer, and is replaced by the next', async (scene) => {
    const about = { type: 'subscribe', connection: 'x', room: 'tea', member: 'eve', wants: [] } as const;
    expect(await scene.port.command(about)).toMatchObject({ ok: true, revision: 1, sections: [] });
    expect(await scene.port.command(about)).toMatchObject({ ok: true, revision: 2 });
    const answer = { type: 'answer', connection: 'x', answer: 'hello' } as const;
    expect(await scene.port.command({ ...answer, revision: 1 })).toMatchObject({ ok: false, code: 'revision' });
    expect(await scene.port.command({ ...answer, revision: 2 })).toMatchObject({ ok: false, code: 'malformed' });
    const hello = { type: 'view', connection: 'x', room: 'tea', member: 'eve', wish: {}, offer: 'hello' } as const;
    expect(await scene.port.command(hello)).toMatchObject({ ok: false, code: 'connection_exists' });
  });

  promise('a mistake of ours costs the one connection, and no other', async (scene) => {
    const ada = await scene.publish('tea');
    const bo = await scene.view('tea');
    const { connection } = await scene.view('tea');
    // No text at all is a mistake of whoever asks: everything that comes from outside is text.
    const offer = null as unknown as string;
    expect(await scene.port.command({ type: 'renegotiate', connection, offer })).toMatchObject({ code: 'unavailable' });
    await until(() => scene.has({ type: 'closed', connection, reason: 'thread' }));
    expect(scene.faults).toHaveLength(1);
    expect(scene.faults[0]).toBeInstanceOf(TypeError);
    const before = bo.sounds.length;
    await until(() => bo.sounds.length > before + 5);
    expect(bo.sounds.at(-1)).toContain(ada.voice);
  });

  promise('who came by an address that the machine knows nothing of is told it, and nobody else', async (scene) => {
    const offer = await MediaGuest.offer('SendOnly');
    const open = async (connection: string, reachedAs?: string) => {
      const about = { connection, room: 'tea', member: connection, offer, reachedAs };
      const reply = await scene.port.command({ type: 'publish', ...about });
      return reply.ok ? [...reply.answer.matchAll(/^a=candidate:\S+ 1 udp \d+ (\S+)/gm)].map(([, host]) => host) : [];
    };
    expect(await open('x', '198.51.100.7')).toEqual(['198.51.100.7', '127.0.0.1']);
    expect(await open('y')).toEqual(['127.0.0.1']);
    const restart = offer.replaceAll(/^(a=ice-(?:ufrag|pwd):)/gm, '$1x');
    const again = await scene.port.command({ type: 'renegotiate', connection: 'x', offer: restart });
    expect(again).toMatchObject({ ok: true, answer: expect.stringContaining(' 198.51.100.7 ') });
  });

  promise('nobody is known who was not opened', async (scene) => {
    const of = { connection: 'ghost' };
    const unknown = { ok: false, code: 'unknown_connection' };
    expect(await scene.port.command({ type: 'trickle', ...of, fragment: '' })).toMatchObject(unknown);
    expect(await scene.port.command({ type: 'wish', ...of, wish: {} })).toMatchObject(unknown);
    expect(await scene.port.command({ type: 'answer', ...of, revision: 1, answer: '' })).toMatchObject(unknown);
    expect(await scene.port.command({ type: 'mute', ...of, tracks: [] })).toEqual({ ok: true });
    expect(await scene.port.command({ type: 'hang-up', ...of })).toEqual({ ok: true });
  });

  promise('whoever does not listen any more hears nothing', async (scene) => {
    const heard: MediaEvent[] = [];
    const end = scene.port.listen((event) => heard.push(event));
    end();
    const ada = await scene.publish('tea');
    await until(() => scene.has({ type: 'connected', connection: ada.connection }));
    expect(heard).toEqual([]);
  });

  promise('at the end everybody is dismissed, and nothing is taken any more', async (scene) => {
    const ada = await scene.publish('tea');
    await scene.end();
    await ada.dismissed();
    const offer = await MediaGuest.offer('SendOnly');
    const late = await scene.port.command({ type: 'publish', connection: 'x', room: 'tea', member: 'ada', offer });
    expect(late).toMatchObject({ ok: false, code: 'unavailable' });
  });
}

async function passThrough<T>(promise: Promise<T>): Promise<T> {
  return await promise;
}

/** Guests of one implementation, and what it told. */
class Scene {
  readonly port: MediaPort;
  readonly events: MediaEvent[] = [];
  readonly #underTest: MediaUnderTest;
  readonly #guests: (MediaGuest | MediaSubscriber)[] = [];
  #hasEnded = false;

  constructor(underTest: MediaUnderTest) {
    this.#underTest = underTest;
    this.port = underTest.port;
    this.port.listen((event) => this.events.push(event));
  }

  async publish(room: string, member?: string): Promise<MediaGuest> {
    return this.#keep(await MediaGuest.publish(this.port, room, member));
  }

  async view(room: string, member?: string): Promise<MediaGuest> {
    return this.#keep(await MediaGuest.view(this.port, room, member));
  }

  async subscriber(room: string): Promise<MediaSubscriber> {
    const subscriber = new MediaSubscriber(this.port, room);
    this.#guests.push(subscriber);
    return subscriber;
  }

  async impostor(room: string): Promise<MediaGuest> {
    return this.#keep(await MediaGuest.impostor(this.port, room));
  }

  get faults(): readonly Error[] {
    return this.#underTest.faults;
  }

  has(like: object): boolean {
    return this.events.some((event) => Object.entries(like).every(([key, value]) => Reflect.get(event, key) === value));
  }

  async end(): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    await this.#underTest.stop();
  }

  async stop(): Promise<void> {
    for (const guest of this.#guests) guest.leave();
    await this.end();
  }

  #keep(guest: MediaGuest): MediaGuest {
    this.#guests.push(guest);
    return guest;
  }
}
