import { setTimeout as sleep } from 'node:timers/promises';
import type { Tab } from './tab.js';

const EVERY_MS = 1_000;

/** What has come in by the connection that others are received by. Sums are since it began. */
interface LineReading {
  readonly atMs: number;
  readonly bytes: number;
  /** Of the last STUN check, in milliseconds. */
  readonly roundTripMs: number;
  /** Width of the picture that was decoded last, in pixels. */
  readonly width: number;
  readonly frames: number;
  readonly soundPackets: number;
  readonly soundLost: number;
  /** Of how many samples how many were made up, since nothing had come in time. */
  readonly samples: number;
  readonly concealed: number;
  /** How long samples have stood in the jitter buffer together, in milliseconds, and how many they are. */
  readonly bufferedMs: number;
  readonly played: number;
  /** What stands over the tile about its picture; empty without. */
  readonly sign: string;
}

/** What a second on a line was like. */
export interface LineSecond {
  /** When it ended, in seconds since the watch began. */
  readonly at: number;
  readonly kbps: number;
  readonly width: number;
  readonly frames: number;
  readonly roundTripMs: number;
  readonly soundPackets: number;
  readonly soundLost: number;
  /** The part of the sound that was made up, from 0 to 1. */
  readonly concealed: number;
  /** In the mean over what was played. */
  readonly soundBufferMs: number;
  readonly sign: string;
}

/** Watches what one member receives from one other through the server, second by second. */
export class LineWatch {
  readonly seconds: LineSecond[] = [];
  readonly #begunMs = performance.now();
  readonly #tab: Tab;
  readonly #watching: Promise<void>;
  #isOver = false;

  constructor(tab: Tab) {
    this.#tab = tab;
    this.#watching = this.#watch();
  }

  /** Seconds since it began. */
  get now(): number {
    return (performance.now() - this.#begunMs) / 1_000;
  }

  /** The last whole second. */
  get last(): LineSecond | undefined {
    return this.seconds.at(-1);
  }

  /** What was seen between two times, in seconds. */
  between(from: number, to: number): LineSecond[] {
    return this.seconds.filter(({ at }) => at > from && at <= to);
  }

  /** Ends it, and prints what was seen. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#watching;
    console.log(this.seconds.map(written).join('\n'));
  }

  async #watch(): Promise<void> {
    let before = await this.#read();
    while (!this.#isOver) {
      await sleep(EVERY_MS);
      const reading = await this.#read();
      if (before !== null && reading !== null) this.seconds.push(secondBetween(before, reading, this.now));
      before = reading;
    }
  }

  /** Null while the page can't be asked, or receives nothing. */
  #read(): Promise<LineReading | null> {
    return this.#tab.evaluate(readLine).catch(() => null);
  }
}

async function readLine(): Promise<LineReading | null> {
  type Connection = { readonly rows: readonly Record<string, number & string>[] };
  const connections = (await window.madangProbe.statistics()) as Connection[];
  const receives = (row: Record<string, unknown>) => row.type === 'inbound-rtp' && row.kind === 'video';
  const rows = connections.find((connection) => connection.rows.some(receives))?.rows;
  if (rows === undefined) return null;
  const picture = rows.find(receives)!;
  const sound = rows.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio') ?? {};
  const path = rows.find(({ type, nominated }) => type === 'candidate-pair' && nominated) ?? {};
  return {
    atMs: performance.now(),
    bytes: path.bytesReceived ?? 0,
    roundTripMs: 1_000 * (path.currentRoundTripTime ?? 0),
    width: picture.frameWidth ?? 0,
    frames: picture.framesDecoded ?? 0,
    soundPackets: sound.packetsReceived ?? 0,
    soundLost: sound.packetsLost ?? 0,
    samples: sound.totalSamplesReceived ?? 0,
    concealed: (sound.concealedSamples ?? 0) - (sound.silentConcealedSamples ?? 0),
    bufferedMs: 1_000 * (sound.jitterBufferDelay ?? 0),
    played: sound.jitterBufferEmittedCount ?? 0,
    sign: document.querySelector('[data-sign]')?.textContent?.trim() ?? '',
  };
}

function secondBetween(a: LineReading, b: LineReading, at: number): LineSecond {
  return {
    at,
    kbps: (8 * (b.bytes - a.bytes)) / (b.atMs - a.atMs),
    width: b.width,
    frames: b.frames - a.frames,
    roundTripMs: b.roundTripMs,
    soundPackets: b.soundPackets - a.soundPackets,
    soundLost: b.soundLost - a.soundLost,
    concealed: (b.concealed - a.concealed) / Math.max(1, b.samples - a.samples),
    soundBufferMs: (b.bufferedMs - a.bufferedMs) / Math.max(1, b.played - a.played),
    sign: b.sign,
  };
}

function written({
  at,
  kbps,
  width,
  frames,
  roundTripMs,
  soundLost,
  concealed,
  soundBufferMs,
  sign,
}: LineSecond): string {
  const picture = `${String(width).padStart(4)} px ${String(frames).padStart(2)} frames`;
  const sound = `sound lost ${soundLost}, made up ${(100 * concealed).toFixed(0)} %, waits ${soundBufferMs.toFixed(0)} ms`;
  return (
    `${at.toFixed(1).padStart(5)} s ${kbps.toFixed(0).padStart(5)} kbit/s  ${picture}  ` +
    `round trip ${roundTripMs.toFixed(0).padStart(4)} ms  ${sound}  ${sign}`
  );
}
