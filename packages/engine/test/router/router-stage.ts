import { FakeMediaPlane, FakeUdpNetwork, nodeHmac, SeededRandom } from '@madang/testkit';
import type { MediaCommandOf, MediaCommandType, MediaEvent, MediaReply, ViewWish } from '../../src/ports/index.js';
import { type MediaLimits, MediaRouter } from '../../src/router/index.js';
import { FakeBrowser } from '../peer/fake-browser.js';
import { PlaneBook } from '../peer/plane-book.js';
import { described, offerText } from '../recorded-offer.js';

type Done<T extends MediaCommandType> = Extract<MediaReply<T>, { ok: true }>;

/** A router on a fake plane, in virtual time, and browsers that come to it. */
export class RouterStage {
  readonly network = new FakeUdpNetwork();
  readonly plane: FakeMediaPlane;
  readonly book = new PlaneBook(() => this.plane);
  readonly router: MediaRouter;
  readonly events: MediaEvent[] = [];
  now = 1_000;
  #credentials = 0;

  constructor(limits: Partial<MediaLimits> = {}) {
    this.plane = new FakeMediaPlane(this.network, {
      onBatch: (rx, tx) => {
        this.router.packets(rx, this.now, tx);
        this.events.push(...this.router.drain());
      },
    });
    const { port } = this.plane.bind({ ip: '127.0.0.1' });
    const fingerprint = { algorithm: 'sha-256', value: this.plane.fingerprint };
    const candidate = { foundation: '1', component: 1, transport: 'udp', priority: 1, address: '127.0.0.1' } as const;
    const candidates = () => [{ ...candidate, port, type: 'host' as const }];
    this.router = new MediaRouter(
      { local: { fingerprint, candidates }, mostHeldSlots: 100, limits },
      {
        plane: this.plane,
        slots: this.plane.slots,
        addresses: this.book,
        random: new SeededRandom(5),
        hmac: nodeHmac,
      },
    );
  }

  command<T extends MediaCommandType>(command: MediaCommandOf<T>): MediaReply<T> {
    const reply = this.router.command<T>(command, this.now, this.plane.tx);
    this.plane.tx.flush();
    this.events.push(...this.router.drain());
    return reply;
  }

  /** Carries out what must not be refused. */
  do<T extends MediaCommandType>(command: MediaCommandOf<T>): Done<T> {
    const reply = this.command<T>(command);
    if (!reply.ok) throw new Error(`${reply.code}: ${reply.detail}`);
    return reply as Done<T>;
  }

  /** A recorded offer as that of a browser of its own. */
  browser(recording: string, change: (offer: string) => string = (offer) => offer) {
    const browser = new FakeBrowser(this.network);
    const offer = browser.own(change(offerText(recording)), this.newCredentials());
    return { browser, offer };
  }

  newCredentials(): { readonly ufrag: string; readonly pwd: string } {
    return { ufrag: `brws${++this.#credentials}`, pwd: 'browserPasswordOf24Chars' };
  }

  /** A connected publisher of room `lab`. */
  publisher(
    id: string,
    recording = 'chromium-publish',
    more: { readonly maxBps?: number; readonly room?: string } = {},
  ) {
    const { browser, offer } = this.browser(recording);
    const rest = { room: 'lab', member: `member-${id}`, ...more };
    const { answer, tracks } = this.do<'publish'>({ type: 'publish', connection: id, offer, ...rest });
    this.connect(browser, answer);
    return { id, browser, offer, answer, tracks };
  }

  /** A connected viewer of room `lab`. */
  viewer(id: string, wish: ViewWish = {}, recording = 'chromium-view', change?: (offer: string) => string) {
    const { browser, offer } = this.browser(recording, change);
    const who = { connection: id, room: 'lab', member: `member-${id}` };
    const { answer } = this.do<'view'>({ type: 'view', offer, wish, ...who });
    this.connect(browser, answer);
    return { id, browser, offer, answer };
  }

  /** Takes the answer, and makes the connection. */
  connect(browser: FakeBrowser, answer: string): void {
    browser.take(described(answer));
    browser.check();
    this.deliver();
    browser.usePath();
    this.deliver();
  }

  /** Lets time pass, and whatever is under way arrive. */
  run(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      this.deliver();
      const next = this.router.nextAt();
      if (next === null || next > end) break;
      this.now = Math.max(this.now, next);
      this.router.tick(this.now, this.plane.tx);
      this.plane.tx.flush();
      this.events.push(...this.router.drain());
    }
    this.now = end;
  }

  deliver(): void {
    while (this.network.deliver());
  }
}
