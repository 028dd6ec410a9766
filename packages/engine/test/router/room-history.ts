import { SeededRandom } from '@madang/testkit';
import type { MediaCommand, MediaEvent } from '../../src/ports/index.js';
import type { FakeBrowser } from '../peer/fake-browser.js';
import { described } from '../recorded-offer.js';
import { DrawnTraffic } from './drawn-traffic.js';
import { FakeSubscriber } from './fake-subscriber.js';
import { checkSeen, type Guest, isGone, MEMBERS, ROOMS } from './history-guest.js';
import { RouterStage } from './router-stage.js';
import { withSecondPicture } from './with-second-picture.js';

/**
 * What may happen in rooms, drawn from one seed: guests who come, connect or don't, send with losses, wish, pause, subscribe,
 * answer or don't, are muted, restart, leave, crash, or ask for what can't be.
 */
export class RoomHistory {
  readonly stage: RouterStage;
  readonly #random: SeededRandom;
  readonly #traffic: DrawnTraffic;
  readonly #guests = new Map<string, Guest>();
  readonly #browsers: FakeBrowser[] = [];
  /** What was ever published. */
  readonly #tracks: string[] = ['nothing'];
  #names = 0;
  #told = 0;
  /** What was seen to happen, by which a test knows that the histories are not empty ones. */
  readonly seen = { forwarded: 0, restarts: 0, refusals: 0, ends: 0, switches: 0, subscribed: 0 };

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
    this.stage = new RouterStage({
      connections: 7,
      connectionsPerRoom: 5,
      tracksPerPublisher: 2,
      sectionsPerViewer: 3,
      seats: this.#random.pick([1, 2, Number.POSITIVE_INFINITY]),
      roomBps: this.#random.pick([20_000, Number.POSITIVE_INFINITY]),
    });
    this.#traffic = new DrawnTraffic(this.stage, this.#random);
  }

  /** The first guests come. */
  begin(): void {
    for (const open of [this.#publish, this.#subscribe, this.#view, this.#publish, this.#subscribe]) open();
    this.stage.deliver();
  }

  step(): void {
    this.#random.pick(this.#actions())();
    this.stage.deliver();
    this.#heed();
    this.#check();
  }

  /** Everybody leaves, one way or another; then time passes. */
  end(): void {
    for (const guest of [...this.#guests.values()]) this.#leave(guest);
    this.stage.deliver();
    this.stage.run(70_000);
    this.#heed();
    const { forwarded, layerSwitches } = this.stage.router.counts().sums;
    this.seen.forwarded = forwarded;
    this.seen.switches = layerSwitches;
    for (const { plane } of this.#browsers) plane.close();
  }

  get guests(): number {
    return this.#guests.size;
  }

  /** What can happen now; what is written more often happens more often. */
  #actions(): (() => void)[] {
    const guests = [...this.#guests.values()].filter(({ browser }) => !isGone(browser));
    const publishers = guests.filter(({ type }) => type === 'publish');
    const viewers = guests.filter(({ type }) => type === 'view');
    const subscribers = guests.filter(({ type }) => type === 'subscribe');
    const one = (all: Guest[], ...acts: ((guest: Guest) => void)[]) =>
      all.length === 0 ? [] : acts.map((act) => () => act(this.#random.pick(all)));
    const { send, complain } = this.#traffic;
    return [
      this.#publish,
      this.#view,
      this.#subscribe,
      () => this.stage.run(this.#random.below(this.#random.chance(0.05) ? 35_000 : 1_500)),
      ...one(publishers, send, send, send, send, send, send, send, send),
      ...one(publishers, this.#mute),
      ...one(viewers, this.#wish, this.#wish, this.#wish, complain),
      ...one(subscribers, this.#want, this.#want, complain),
      ...one(
        guests,
        this.#connect,
        this.#connect,
        this.#renegotiate,
        this.#trickle,
        this.#askTheImpossible,
        this.#leave,
      ),
    ];
  }

  readonly #leave = (guest: Guest): void => this.#random.pick([this.#hangUp, this.#sayGoodbye, this.#crash])(guest);

  #command(command: MediaCommand): ReturnType<RouterStage['command']> {
    this.#heed();
    const reply = this.stage.command(command);
    if (!reply.ok) this.seen.refusals++;
    return reply;
  }

  readonly #publish = (): void => {
    const { browser, offer } = this.stage.browser('chromium-publish', (text) =>
      this.#random.chance(0.1) ? text.replaceAll('VP8/90000', 'X8/90000') : text,
    );
    const limit = this.#random.chance(0.3) ? { maxBps: 10_000 } : {};
    this.#open({ type: 'publish', offer, ...this.#who(), ...limit }, browser);
  };

  readonly #view = (): void => {
    const { browser, offer } = this.stage.browser('chromium-view');
    const isSecond = this.#random.chance(0.4);
    this.#open(
      {
        type: 'view',
        offer: isSecond ? withSecondPicture(offer) : offer,
        ...this.#who(),
        wish: this.#traffic.anyWish(),
      },
      browser,
      isSecond,
    );
  };

  readonly #subscribe = (): void => {
    const { connection: id, room, member } = this.#who();
    const subscriber = new FakeSubscriber(this.stage, id, { room, member });
    const { browser } = subscriber;
    this.#browsers.push(browser);
    this.#heed();
    if (!subscriber.tryAsk(this.#traffic.anyWants(this.#tracks))) {
      this.seen.refusals++;
      return;
    }
    const guest = { id, type: 'subscribe', room, browser, offer: '', answer: '', seq16: 0, isSecond: false } as const;
    this.#guests.set(id, { ...guest, subscriber });
    this.#answer(subscriber, false);
    if (browser.peerIx >= 0 && this.#random.chance(0.85)) subscriber.connect();
  };

  readonly #want = ({ subscriber, browser }: Guest): void => {
    this.#heed();
    const restart = this.#random.chance(0.1);
    if (!subscriber!.tryAsk(this.#traffic.anyWants(this.#tracks), restart)) return;
    this.#answer(subscriber!, restart);
    if (browser.peerIx >= 0 && this.#random.chance(0.3)) subscriber!.connect();
  };

  /** Now and then not at all, or to another offer, or only the beginning of it; what was taken is taken. */
  #answer(subscriber: FakeSubscriber, restart: boolean): void {
    if (subscriber.offer === null || this.#random.chance(0.15)) return;
    const text = subscriber.take(restart);
    const [revision, answer] = this.#random.pick([
      [subscriber.revision, text],
      [subscriber.revision, text],
      [subscriber.revision, text],
      [subscriber.revision + 1, text],
      [subscriber.revision, text.slice(0, text.length / 5)],
    ]);
    const reply = this.#command({ type: 'answer', connection: subscriber.id, revision: revision!, answer: answer! });
    if (reply.ok) this.seen.subscribed++;
    if (restart && reply.ok) this.seen.restarts++;
  }

  readonly #mute = ({ id }: Guest): void => {
    this.#command({ type: 'mute', connection: id, tracks: this.#tracks.filter(() => this.#random.chance(0.3)) });
  };

  #who(): { readonly connection: string; readonly room: string; readonly member: string } {
    const { room, member } = { room: ROOMS[this.#random.chance(0.8) ? 0 : 1]!, member: this.#random.pick(MEMBERS) };
    return { connection: `c${++this.#names}`, room, member };
  }

  #open(command: Extract<MediaCommand, { type: 'publish' | 'view' }>, browser: FakeBrowser, isSecond = false): void {
    this.#browsers.push(browser);
    const reply = this.#command(command);
    if (!reply.ok || !('answer' in reply)) return;
    const { type, connection: id, room, offer } = command;
    const seq16 = this.#random.below(0x1_0000);
    if ('tracks' in reply) this.#tracks.push(...reply.tracks.map((track) => track.id));
    const guest = { id, type, room, browser, offer, answer: reply.answer, seq16, isSecond, subscriber: null };
    this.#guests.set(id, guest);
    if (this.#random.chance(0.85)) this.#connect(guest);
  }

  readonly #connect = ({ browser, answer, subscriber }: Guest): void => {
    if (isGone(browser)) return;
    if (subscriber !== null) {
      if (browser.peerIx >= 0) subscriber.connect();
      return;
    }
    if (browser.peerIx < 0) browser.take(described(answer));
    browser.check({ useCandidate: this.#random.chance(0.8) });
    this.stage.deliver();
    if (this.#random.chance(0.9)) browser.usePath();
  };

  readonly #wish = ({ id }: Guest): void => {
    const taken = this.#random.chance(0.3) ? { members: null, maxLayer: null } : {};
    this.#command({ type: 'wish', connection: id, wish: { ...this.#traffic.anyWish(), ...taken } });
  };

  readonly #renegotiate = (guest: Guest): void => {
    if (guest.type === 'subscribe') {
      this.#want(guest);
      return;
    }
    const credentials = this.stage.newCredentials();
    const restarts = this.#random.chance(0.5);
    let offer = guest.offer;
    if (guest.type === 'view' && !guest.isSecond && this.#random.chance(0.4)) {
      offer = withSecondPicture(offer);
      guest.isSecond = true;
    } else if (this.#random.chance(0.3)) {
      const [from, to] = this.#random.pick([
        ['a=sendonly', 'a=inactive'],
        ['a=inactive', guest.type === 'publish' ? 'a=sendonly' : 'a=recvonly'],
        ['a=recvonly', 'a=inactive'],
      ]);
      offer = offer.replace(from!, to!);
    }
    if (restarts) offer = guest.browser.own(offer, credentials);
    const reply = this.#command({ type: 'renegotiate', connection: guest.id, offer });
    if (!reply.ok || !('answer' in reply)) return;
    Object.assign(guest, { offer, answer: reply.answer });
    if (restarts) this.seen.restarts++;
    if (isGone(guest.browser)) return;
    if (this.#random.chance(0.8) && described(reply.answer).sections.some(({ candidates }) => candidates.length > 0))
      guest.browser.take(described(reply.answer));
  };

  readonly #trickle = (guest: Guest): void => {
    if (guest.type === 'subscribe') return;
    const fragment = this.#traffic.anyFragment();
    const reply = this.#command({ type: 'trickle', connection: guest.id, fragment });
    if (reply.ok && 'fragment' in reply && reply.fragment !== null) this.seen.restarts++;
  };

  readonly #askTheImpossible = (guest: Guest): void => {
    const before = this.stage.tables();
    const command = this.#random.pick(this.#traffic.impossible(guest));
    const reply = this.#command(command);
    const after = this.stage.tables();
    if (reply.ok || JSON.stringify(before) !== JSON.stringify(after))
      throw new Error(`${command.type} that must be refused has changed something`);
  };

  readonly #hangUp = ({ id }: Guest): void => {
    this.#command({ type: 'hang-up', connection: id });
    this.#guests.delete(id);
    this.seen.ends++;
  };

  readonly #sayGoodbye = ({ browser }: Guest): void => {
    if (browser.peerIx >= 0 && !isGone(browser)) browser.plane.closePeer(browser.peerIx);
    this.stage.deliver();
    this.#crash({ browser });
  };

  /** Nothing comes from it any more, and nothing reaches it. */
  readonly #crash = ({ browser }: Pick<Guest, 'browser'>): void => {
    for (const { portIx } of browser.ports.splice(0)) browser.plane.unbind(portIx);
  };

  /** Takes note of who is gone; nothing may be told of anybody who is not there. */
  #heed(): void {
    for (const event of this.stage.events.slice(this.#told)) this.#note(event);
    this.#told = this.stage.events.length;
  }

  #note(event: MediaEvent): void {
    if (event.type === 'speaker') return;
    if (!this.#guests.has(event.connection)) throw new Error(`${event.type} of ${event.connection}, who is not there`);
    if (event.type !== 'closed') return;
    this.#guests.delete(event.connection);
    this.seen.ends++;
  }

  /** Nobody is forgotten, nobody sees another room, and no number comes twice. */
  #check(): void {
    const { connections, heldSlots, rooms } = this.stage.router.counts();
    if (connections !== this.#guests.size) throw new Error(`${connections} connections of ${this.#guests.size} guests`);
    if (rooms !== new Set([...this.#guests.values()].map(({ room }) => room)).size) throw new Error(`${rooms} rooms`);
    if (heldSlots > 100) throw new Error(`${heldSlots} slots are held`);
    for (const { type, room, browser } of this.#guests.values()) if (type !== 'publish') checkSeen(browser, room);
  }
}
