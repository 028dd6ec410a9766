import { nodeHmac, SeededRandom } from '@madang/testkit';
import { FRAME, writeDataFrame } from '../../src/router/data-frame.js';
import { type ChannelForm, type DataChannel, DataChannels } from '../../src/sctp/index.js';
import type { FakeBrowser } from '../peer/fake-browser.js';
import type { RouterStage } from './router-stage.js';

const RELIABLE = { isOrdered: true, maxRetransmits: null, maxLifetimeMs: null };

/** A member with a lane, on a fake browser: SCTP of our own over the fake DTLS. */
export class DataMember {
  readonly name: string;
  readonly heard: { readonly type: number; readonly member: string; readonly payload: Uint8Array }[] = [];
  readonly data: DataChannels;
  readonly lane: DataChannel;
  readonly offer: string;
  closed = 0;
  /** As long as it does not, nothing that comes is taken or acknowledged. */
  reads = true;
  readonly #stage: RouterStage;
  readonly browser: FakeBrowser;

  constructor(
    stage: RouterStage,
    name: string,
    { data = 'say' as 'say' | 'hear', connection = name, form = {} as Partial<ChannelForm> } = {},
  ) {
    this.#stage = stage;
    this.name = name;
    const { browser, offer } = stage.browser('chromium-data');
    const command = { type: 'publish', connection, room: 'lab', member: name, offer, data } as const;
    this.data = new DataChannels({
      ownPort: 5_000,
      remotePort: 5_000,
      random: new SeededRandom(name.length),
      hmac: nodeHmac,
      isDtlsClient: true,
      remoteMessageBytes: 262_144,
      mostChannels: 16,
      limits: { queueBytes: 8_388_608 },
    });
    this.offer = offer;
    this.browser = browser;
    browser.onData = (bytes) => this.#receive(bytes);
    stage.connect(browser, stage.do<'publish'>(command).answer);
    this.data.connect(stage.now);
    this.lane = this.data.open({ label: 'bulk', protocol: 'madang.room.1', ...RELIABLE, ...form })!;
    this.settle();
  }

  say(payload: Uint8Array, to = '', type: number = FRAME.BYTES): void {
    this.raw(writeDataFrame(type, to, payload));
  }

  raw(bytes: Uint8Array, isText = false): void {
    this.data.send(this.lane, bytes, isText, this.#stage.now);
    this.settle();
  }

  settle(): void {
    const out = {
      bytes: new Uint8Array(1_200),
      begin: () => 0,
      end: (length: number) => sent.push(out.bytes.slice(0, length)),
    };
    const sent: Uint8Array[] = [];
    this.data.tick(this.#stage.now);
    this.data.write(out, this.#stage.now);
    for (const packet of sent) this.browser.data(packet);
    for (const event of this.data.drain()) {
      if (event.type === 'closed') this.closed++;
      if (event.type !== 'message') continue;
      const end = 2 + event.bytes[1]!;
      const member = Buffer.from(event.bytes.subarray(2, end)).toString();
      this.heard.push({ type: event.bytes[0]!, member, payload: event.bytes.subarray(end) });
    }
  }

  #receive(bytes: Uint8Array): void {
    if (!this.reads) return;
    this.data.receive(bytes, 0, bytes.length, this.#stage.now);
    this.settle();
  }
}

/** Lets time pass for the room and all of its members. */
export function pass(stage: RouterStage, members: readonly DataMember[], ms: number): void {
  for (let left = ms; left > 0; left -= 50) {
    stage.run(50);
    for (const member of members) if (member.reads) member.settle();
  }
}
