// A room on a real port of the addon, with guests that have ICE, DTLS and SRTP of their own, and sockets of whoever likes.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MediaEvent, type MediaReply, MediaRouter } from '@madang/engine';
import { type MediaPlane, openMediaPlane } from '@madang/native';
import { FakeBrowser } from '../../engine/test/peer/fake-browser.js';
import { described, offerText } from '../../engine/test/recorded-offer.js';
import { cryptoHmac, cryptoRandom } from '../src/media/index.js';
import { PlaneAddresses } from '../src/media/turn/plane-addresses.js';

const PATIENCE_MS = 10_000;
const TICK_MS = 10;
const ADDRESSES = 65_536;

/** A socket that belongs to nobody. */
export interface Stranger {
  readonly heard: Buffer[];
  readonly port: number;
  send(bytes: Uint8Array, port: number): void;
}

export class AttackedRoom {
  readonly plane: MediaPlane;
  readonly router: MediaRouter;
  readonly port: number;
  readonly events: MediaEvent[] = [];
  readonly #guests: FakeBrowser[] = [];
  readonly #sockets: Socket[] = [];
  readonly #timer: NodeJS.Timeout;
  #offers = 0;

  constructor() {
    this.plane = openMediaPlane({
      onBatch: (rx, tx) => {
        this.router.packets(rx, performance.now(), tx);
        this.events.push(...this.router.drain());
      },
    });
    this.port = this.plane.bind({ ip: '127.0.0.1' }).port;
    const fingerprint = { algorithm: 'sha-256', value: this.plane.fingerprint };
    const candidate = { foundation: '1', component: 1, transport: 'udp', priority: 1, address: '127.0.0.1' } as const;
    const candidates = () => [{ ...candidate, port: this.port, type: 'host' as const }];
    const { plane } = this;
    const addresses = new PlaneAddresses(plane, ADDRESSES);
    const ports = { plane, slots: plane.slots, addresses, random: cryptoRandom, hmac: cryptoHmac };
    this.router = new MediaRouter({ local: { fingerprint, candidates }, mostHeldSlots: 1_000 }, ports);
    this.#timer = setInterval(() => {
      this.router.tick(performance.now(), plane.tx);
      plane.tx.flush();
      this.events.push(...this.router.drain());
    }, TICK_MS);
  }

  /** The answer to a recorded offer as that of `browser`. */
  ask(type: 'publish' | 'view', id: string, offer: string): string {
    const command = { type, connection: id, room: 'lab', member: `member-${id}`, offer, wish: {} };
    const reply = this.router.command(command, performance.now(), this.plane.tx) as MediaReply<'view'>;
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
    browser.take(described(answer.replaceAll(` ${this.port} typ host`, ` ${by} typ host`)));
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
    clearInterval(this.#timer);
    this.plane.close();
    for (const { plane } of this.#guests) plane.close();
    for (const socket of this.#sockets) socket.close();
  }
}
