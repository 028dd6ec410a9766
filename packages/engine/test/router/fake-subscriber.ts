import type { TrackWant } from '../../src/ports/index.js';
import { answerOffer, CODECS, type Negotiation, writeDescription } from '../../src/sdp/index.js';
import { LOCAL, PUBLISHING } from '../ends.js';
import { FakeBrowser } from '../peer/fake-browser.js';
import { described } from '../recorded-offer.js';
import type { RouterStage } from './router-stage.js';

interface Parts {
  readonly room?: string;
  readonly member?: string;
  /** Names of codecs that it does not know. */
  readonly without?: readonly string[];
}

/** Who asks for tracks, and answers the server's offers by the same negotiation turned round. */
export class FakeSubscriber {
  readonly id: string;
  readonly browser: FakeBrowser;
  /** Of the last offer, answered or not. */
  revision = 0;
  sections: readonly { readonly mid: string; readonly track: string }[] = [];
  offer: string | null = null;
  readonly #stage: RouterStage;
  readonly #parts: Parts;
  #state: Negotiation | null = null;
  #credentials: { readonly ufrag: string; readonly pwd: string };
  #isConnected = false;

  constructor(stage: RouterStage, id: string, parts: Parts = {}) {
    this.#stage = stage;
    this.#parts = parts;
    this.id = id;
    this.browser = new FakeBrowser(stage.network);
    this.#credentials = stage.newCredentials();
  }

  /** Asks, answers, and connects the first time. */
  want(wants: readonly TrackWant[], restart = false): void {
    this.ask(wants, restart);
    if (this.offer === null) return;
    this.answer(restart);
    if (!this.#isConnected) this.connect();
  }

  ask(wants: readonly TrackWant[], restart = false): void {
    if (!this.tryAsk(wants, restart)) throw new Error('a subscription was refused');
  }

  /** False when it is refused. */
  tryAsk(wants: readonly TrackWant[], restart = false): boolean {
    const { room = 'lab', member = this.id } = this.#parts;
    const about = { type: 'subscribe', connection: this.id, room, member } as const;
    const reply = this.#stage.command<'subscribe'>({ ...about, wants, restart });
    if (!reply.ok) return false;
    const { revision, offer, sections } = reply;
    Object.assign(this, { revision, offer, sections });
    return true;
  }

  /** Takes the last offer, and says so. */
  answer(restart = false): void {
    const text = this.take(restart);
    this.#stage.do<'answer'>({ type: 'answer', connection: this.id, revision: this.revision, answer: text });
  }

  /** Takes the last offer, and gives the answer that is not sent yet. */
  take(restart = false): string {
    const offer = described(this.offer!);
    if (restart) this.#credentials = this.#stage.newCredentials();
    const without = new Set(this.#parts.without ?? []);
    const done = answerOffer({
      offer,
      capabilities: { ...PUBLISHING, take: 'all', codecs: CODECS.filter(({ name }) => !without.has(name)) },
      local: {
        ...LOCAL,
        iceLite: false,
        dtlsRole: 'client',
        credentials: this.#credentials,
        fingerprint: { algorithm: 'sha-256', value: this.browser.plane.fingerprint },
        candidates: [],
      },
      tracks: [],
      state: this.#state,
      sessionId: '9',
    });
    if ('refused' in done) throw new Error(done.refused);
    this.#state = done.state;
    this.browser.own('', this.#credentials);
    this.browser.take(offer);
    return writeDescription(done.answer);
  }

  connect(): void {
    this.#isConnected = true;
    this.browser.check();
    this.#stage.deliver();
    this.browser.usePath();
    this.#stage.deliver();
  }
}
