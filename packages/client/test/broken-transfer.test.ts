import { createHash } from 'node:crypto';
import { VirtualTime } from '@madang/testkit';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Clock } from '../src/clock.js';
import { DataExchange } from '../src/data/index.js';
import { type FileSink, type IncomingTransfer, memorySink } from '../src/index.js';
import { straightChannels } from './straight-channels.js';

const MIB = 1_048_576;

/** A connection that takes the place of the one before. */
interface Break {
  readonly afterMs: number;
  /** So much later the receiver hears of it. */
  readonly lagMs: number;
}

interface Disk {
  /** For what is written at once, a MiB at the most. */
  readonly writeMs: number;
  readonly closeMs: number;
}

/** Two members with direct connections, one after the other. */
class Two {
  readonly time = new VirtualTime();
  readonly offers: IncomingTransfer[] = [];
  readonly sender: DataExchange;
  readonly #receiver: DataExchange;
  /** When the receiver hears of the last connection. */
  #heardAt = 0;
  readonly #clock: Clock = {
    now: () => this.time.nowMs(),
    setTimeout: (run, delayMs) => this.time.after(delayMs, run),
    clearTimeout: (timer) => (timer as (() => void) | undefined)?.(),
  };

  constructor(disk: Disk) {
    this.sender = this.#exchange(() => {});
    this.#receiver = this.#exchange((offer) => {
      this.offers.push(offer);
      offer.accept(this.#sink(offer, disk));
    });
    this.connect(0);
  }

  /** Connections are heard of in their order. */
  connect(lagMs: number): void {
    this.#heardAt = Math.max(this.#heardAt, this.time.nowMs() + lagMs);
    const waitMs = this.#heardAt - this.time.nowMs();
    const [first, second] = straightChannels(this.time, waitMs);
    const links = [this.sender.link('receiver'), this.#receiver.link('sender')] as const;
    for (const link of links) link.hold('straight');
    links[0].attend(first);
    links[0].open();
    this.time.after(waitMs, () => links[1].attend(second));
  }

  /** Blobs are read by real promises. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 10) {
      this.time.advance(10);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #exchange(onOffer: (offer: IncomingTransfer) => void): DataExchange {
    return new DataExchange({
      clock: this.#clock,
      maxMessageBytes: MIB,
      onData: () => {},
      onOffer,
      onTransfer: () => {},
    });
  }

  #sink({ size }: IncomingTransfer, { writeMs, closeMs }: Disk): FileSink {
    const sink = memorySink(size, '', 64 * MIB);
    const after = (ms: number): Promise<void> => new Promise((resolve) => this.time.after(ms, resolve));
    return {
      write: (bytes) => after(writeMs).then(() => sink.write(bytes)),
      close: () => after(closeMs).then(() => sink.close()),
      abort: () => sink.abort(),
    };
  }
}

/** Once, each of these was never told to be done. */
const FOUND: [number, Disk, Break[]][] = [
  // The fingerprints were found to agree after the connection was another one, and before the sender had said anything by it.
  [
    1,
    { writeMs: 0, closeMs: 0 },
    [
      { afterMs: 0, lagMs: 10 },
      { afterMs: 60, lagMs: 0 },
    ],
  ],
];

const fingerprint = (bytes: ArrayBuffer): string => createHash('sha256').update(Buffer.from(bytes)).digest('hex');

it('a file arrives whole however slow the disk is, and whenever other connections take the place of the last', {
  timeout: 120_000,
}, async () => {
  const upToSeconds = (most: number) => fc.integer({ min: 0, max: most * 100 }).map((ticks) => ticks * 10);
  const broken = fc.record({ afterMs: upToSeconds(4), lagMs: fc.oneof(fc.constant(0), upToSeconds(1)) });
  const disk = fc.record({ writeMs: upToSeconds(1), closeMs: upToSeconds(1) });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 6 * MIB }),
      disk,
      fc.array(broken, { maxLength: 4 }),
      async (size, ground, breaks: readonly Break[]) => {
        const two = new Two(ground);
        await two.pass(50);
        const bytes = Uint8Array.from({ length: size }, (_, ix) => ix * 31 + (ix >> 8));
        const sent = two.sender.sendFile(new Blob([bytes]), { to: 'receiver' });
        for (const { afterMs, lagMs } of breaks) {
          await two.pass(afterMs);
          two.connect(lagMs);
        }
        for (let passed = 0; passed < 30_000 && two.offers[0]?.isOver !== true; passed += 100) await two.pass(100);
        await two.pass(3_000);
        expect([sent.state, two.offers.map(({ state }) => state)]).toEqual(['done', ['done']]);
        expect(fingerprint(await two.offers[0]!.file!.arrayBuffer())).toBe(fingerprint(bytes.buffer));
      },
    ),
    { numRuns: 40, examples: FOUND },
  );
});
