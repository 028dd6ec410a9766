// A room on a real port of the addon, with guests that have ICE, DTLS and SRTP of their own, and sockets of whoever likes.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MediaCommandOf, MediaEvent } from '@madang/engine';
import { openMediaPlane, type PlaneCounts } from '@madang/native';
import { FakeBrowser } from '../../engine/test/peer/fake-browser.js';
import { described, offerText } from '../../engine/test/recorded-offer.js';
import { LocalMedia } from '../src/media/index.js';

const PATIENCE_MS = 10_000;

/** A socket that belongs to nobody. */
export interface Stranger {
  readonly heard: Buffer[];
  readonly port: number;
  send(bytes: Uint8Array, port: number): void;
}

export class AttackedRoom {
  readonly events: MediaEvent[] = [];
  readonly #media: LocalMedia;
  readonly #guests: FakeBrowser[] = [];
  readonly #sockets: Socket[] = [];
  #offers = 0;

  private constructor(media: LocalMedia) {
    this.#media = media;
    media.listen((event) => this.events.push(event));
  }

  static async open(): Promise<AttackedRoom> {
    return new AttackedRoom(await LocalMedia.open({ port: 0, bind: ['127.0.0.1'], announce: [] }));
  }

  get port(): number {
    return this.#media.port;
  }

  counts(): PlaneCounts {
    return this.#media.planeCounts();
  }

  /** The answer to a recorded offer as that of `browser`. */
  ask(type: 'publish' | 'view', id: string, offer: string): string {
    const command = { type, connection: id, room: 'lab', member: `member-${id}`, offer, wish: {} };
    const reply = this.#media.commandNow<'view'>(command as MediaCommandOf<'view'>);
    if (!reply.ok) throw new Error(`${reply.code}: ${reply.detail}`);
    return reply.answer;
  }

  /** A guest that has its answer, and has sent nothing. `by`: to whose port it sends; `setup`: what it offers to be. */
  guest(type: 'publish' | 'view', id: string, { by = this.port, setup = 'actpass' } = {}) {
    const browser = new FakeBrowser((onBatch) => openMediaPlane({ onBatch }));
    this.#guests.push(browser);
    const credentials = { ufrag: `guest${this.#offers++}`, pwd: 'guestsPasswordOf24Charac' };
    const offer = browser.own(offerText(type === 'publish' ? 'chromium-publish' : 'chromium-view'), credentials);
    const answer = this.ask(type, id, offer.replaceAll('a=setup:actpass', `a=setup:${setup}`));
    const [, firstCandidate] = /\r\n(a=candidate:.*)/.exec(answer)!;
    browser.take(described(answer.replace(firstCandidate!, `a=candidate:1 1 udp 1 127.0.0.1 ${by} typ host`)));
    return { browser, answer };
  }

  async connect(browser: FakeBrowser, id: string): Promise<void> {
    browser.check();
    await this.until(() => browser.answers.length > 0);
    browser.usePath();
    await this.until(() => this.events.some((event) => event.type === 'connected' && event.connection === id));
    await this.until(() => browser.states.length > 0);
  }

  async connected(type: 'publish' | 'view', id: string, by = this.port) {
    const guest = this.guest(type, id, { by });
    await this.connect(guest.browser, id);
    return guest;
  }

  async stranger(): Promise<Stranger> {
    const socket = createSocket('udp4');
    this.#sockets.push(socket);
    const heard: Buffer[] = [];
    socket.on('message', (bytes) => heard.push(bytes));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    // What is too long, or comes faster than the system takes it, is not sent.
    socket.on('error', () => {});
    return {
      heard,
      port: socket.address().port,
      send: (bytes, port) => socket.send(bytes, port, '127.0.0.1', () => {}),
    };
  }

  async until(isThere: () => boolean): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while (!isThere()) {
      if (performance.now() > end) throw new Error('it did not happen');
      await sleep(2);
    }
  }

  close(): void {
    this.#media.close();
    for (const { plane } of this.#guests) plane.close();
    for (const socket of this.#sockets) socket.close();
  }
}
