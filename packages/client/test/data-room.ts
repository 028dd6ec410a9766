import { VirtualTime } from '@madang/testkit';
import { expect } from 'vitest';
import type { Clock } from '../src/clock.js';
import { DataExchange } from '../src/data/index.js';
import { type FileSink, memorySink, type Received, type Transfer } from '../src/index.js';
import { type LaneConnection, LaneServer } from './lane-server.js';
import type { PageChannel } from './page-channel.js';

const MIB = 1_048_576;

/** Members of a room who meet through the server, each under its name. */
export class DataRoom {
  readonly time = new VirtualTime();
  readonly server = new LaneServer(this.time);
  readonly #lanes = new Map<string, ReadonlyMap<string, PageChannel>>();
  readonly #members = new Map<string, { exchange: DataExchange; heard: Received[]; ended: Transfer[] }>();

  /** So long a member takes to write down a MiB of a file. */
  writeMs = 0;

  /** All others are there before. */
  enter(name: string, viewers: readonly string[] = []): DataExchange {
    const exchange = this.enterApart(name);
    exchange.relay.setHearsOnly(viewers.includes(name));
    for (const [other, { exchange: theirs }] of this.#members) {
      if (other === name) continue;
      exchange.relay.meet(other, viewers.includes(other));
      theirs.relay.meet(name, viewers.includes(name));
    }
    this.connect(name);
    return exchange;
  }

  /** One who has no way to anybody yet. */
  enterApart(name: string): DataExchange {
    const clock: Clock = {
      now: () => this.time.nowMs(),
      setTimeout: (run, delayMs) => this.time.after(delayMs, run),
      clearTimeout: (timer) => (timer as (() => void) | undefined)?.(),
    };
    const heard: Received[] = [];
    const ended: Transfer[] = [];
    const exchange = new DataExchange({
      clock,
      maxMessageBytes: 64 * MIB,
      onData: (_, __, data) => heard.push(data),
      onOffer: (transfer) => transfer.accept(this.#sink(transfer.size)),
      onTransfer: (transfer) => transfer.isOver && ended.push(transfer),
    });
    this.#members.set(name, { exchange, heard, ended });
    return exchange;
  }

  connect(name: string): void {
    const connection = this.server.connect(name);
    this.#members.get(name)!.exchange.relay.attend(connection, () => {});
    this.#lanes.set(name, (connection as unknown as LaneConnection).lanes);
  }

  /** A lane of this member's connection. */
  lane(name: string, label: string): PageChannel {
    return this.#lanes.get(name)!.get(label)!;
  }

  disconnect(name: string): void {
    this.server.disconnect(name);
    this.#members.get(name)!.exchange.relay.detach();
  }

  heard(name: string): Received[] {
    return this.#members.get(name)!.heard;
  }

  ended(name: string): Transfer[] {
    return this.#members.get(name)!.ended;
  }

  /** Blobs are read by real promises. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 10) {
      this.time.advance(10);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async until(holds: () => boolean, mostMs = 300_000): Promise<void> {
    for (let passed = 0; passed < mostMs && !holds(); passed += 10) await this.pass(10);
    expect(holds()).toBe(true);
  }

  #sink(size: number): FileSink {
    const sink = memorySink(size, '', 64 * MIB);
    const write = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
      if (this.writeMs > 0) await new Promise<void>((resolve) => this.time.after(this.writeMs, resolve));
      await sink.write(bytes);
    };
    return { ...sink, write };
  }
}
