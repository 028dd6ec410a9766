import { FakeMediaPlane, FakeUdpNetwork, nodeHmac, SeededRandom } from '@madang/testkit';
import type {
  MediaCommandOf,
  MediaCommandType,
  MediaEvent,
  MediaReply,
  TrackWant,
  ViewWish,
} from '../../src/ports/index.js';
import { type MediaLimits, MediaRouter } from '../../src/router/index.js';
import { INTERFRAME, KEYFRAME } from '../peer/connect.js';
import { FakeBrowser } from '../peer/fake-browser.js';
import { PlaneBook } from '../peer/plane-book.js';
import { described, offerText } from '../recorded-offer.js';
import { FakeSubscriber } from './fake-subscriber.js';

type SubscriberParts = ConstructorParameters<typeof FakeSubscriber>[2];

interface PublisherParts {
  readonly maxBps?: number;
  readonly room?: string;
  readonly member?: string;
  readonly names?: MediaCommandOf<'publish'>['names'];
  readonly change?: (offer: string) => string;
}

type Done<T extends MediaCommandType> = Extract<MediaReply<T>, { ok: true }>;

/** SSRCs of the recording of Chromium that publishes. */
export const CHROMIUM = { sound: 3_416_263_923, picture: 2_374_643_973 };

/** All tables empty, as `tables` gives them. */
export const NOTHING = {
  connections: 0,
  rooms: 0,
  peers: 0,
  publications: 0,
  subscriptions: 0,
  heldSlots: 0,
  deadlines: 0,
  lanes: 0,
  peersOpen: 0,
  held: 0,
  takenSlots: 0,
};

/** A router on a fake plane, in virtual time, and browsers that come to it. */
export class RouterStage {
  readonly network = new FakeUdpNetwork();
  readonly plane: FakeMediaPlane;
  readonly book = new PlaneBook(() => this.plane);
  readonly router: MediaRouter;
  readonly events: MediaEvent[] = [];
  now = 1_000;
  readonly #slots: number;
  #credentials = 0;

  /** `slots`: how many datagrams can be there at once, and of those stay for retransmissions. */
  constructor(limits: Partial<MediaLimits> = {}, { slots = 512, held = 100 } = {}) {
    this.plane = new FakeMediaPlane(this.network, {
      sizes: { slots },
      onBatch: (rx, tx) => {
        this.router.packets(rx, this.now, tx);
        this.events.push(...this.router.drain());
      },
    });
    this.#slots = this.plane.counts().freeSlots;
    const { port } = this.plane.bind({ ip: '127.0.0.1' });
    const fingerprint = { algorithm: 'sha-256', value: this.plane.fingerprint };
    const candidate = { foundation: '1', component: 1, transport: 'udp', priority: 1, address: '127.0.0.1' } as const;
    const candidates = () => [{ ...candidate, port, type: 'host' as const }];
    this.router = new MediaRouter(
      { local: { fingerprint, candidates }, mostHeldSlots: held, limits },
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

  /** A connected publisher, of the room `lab` and a member of its name if nothing else is said. */
  publisher(id: string, { change, ...more }: PublisherParts = {}) {
    const { browser, offer } = this.browser('chromium-publish', change);
    const command = { type: 'publish', connection: id, room: 'lab', member: id, offer, ...more } as const;
    const { answer, tracks } = this.do<'publish'>(command);
    this.connect(browser, answer);
    return { id, browser, offer, answer, tracks };
  }

  /** A connected viewer of the room `lab`. */
  viewer(id: string, wish: ViewWish = {}, change?: (offer: string) => string, member = id) {
    const { browser, offer } = this.browser('chromium-view', change);
    const { answer } = this.do<'view'>({ type: 'view', connection: id, room: 'lab', member, offer, wish });
    this.connect(browser, answer);
    return { id, browser, offer, answer };
  }

  /** A connected subscriber of the room `lab`, who answers as a browser does. */
  subscriber(id: string, wants: readonly TrackWant[], more: SubscriberParts = {}): FakeSubscriber {
    const subscriber = new FakeSubscriber(this, id, more);
    subscriber.want(wants);
    return subscriber;
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

  /** A packet of VP8 of one who publishes as in the recording of Chromium; `mark` stands at its end. */
  show(browser: FakeBrowser, seq16: number, mark: number, { payloadType = 96, isKeyframe = true } = {}): void {
    const payload = Uint8Array.of(...(isKeyframe ? KEYFRAME : INTERFRAME), mark);
    browser.send({ ssrc: CHROMIUM.picture, seq16, payloadType, payload, rtpTs: seq16 * 3000, marker: true });
    this.now += 20;
    this.deliver();
  }

  /** A packet of sound, so loud: from 0 to 127. */
  speak(browser: FakeBrowser, seq16: number, loudness: number, payload = Uint8Array.of(1, 2, 3)): void {
    const extensions = [[1, Uint8Array.of(0x80 | (127 - loudness))]] as const;
    browser.send({ ssrc: CHROMIUM.sound, seq16, payloadType: 111, payload, rtpTs: seq16 * 960, extensions });
    this.run(20);
  }

  /** What is in the tables of the router, the plane and the address book. */
  tables() {
    const { sums: _, data: __, ...router } = this.router.counts();
    const { peersOpen, freeSlots } = this.plane.counts();
    return { ...router, peersOpen, held: this.book.held, takenSlots: this.#slots - freeSlots };
  }
}

/** The last bytes of the packets that have come to a viewer of pictures. */
export function marks({ rtp }: FakeBrowser): number[] {
  return rtp.map((packet) => packet.at(-1)!);
}
