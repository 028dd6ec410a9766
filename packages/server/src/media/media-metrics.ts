import { Counter, Gauge, type Registry } from 'prom-client';
import { MEDIA_METRICS, type MediaMetric } from './media-metric-table.js';
import type { MediaReading } from './media-reading.js';
import type { MediaThreads } from './media-threads.js';
import type { WorkerMedia } from './worker-media.js';

interface ThreadReading {
  readonly thread: string;
  readonly reading: MediaReading;
}

/** Whoever does not say how it stands by then is left out of this scrape. */
const PATIENCE_MS = 1_000;

/** Shows how media threads stand, in `/metrics`, each called by its port. A scrape asks each thread once. */
export function registerMediaMetrics(registry: Registry, { threads }: Pick<MediaThreads, 'threads'>): void {
  const readings = askedTogether(() => readAll(threads));
  for (const metric of MEDIA_METRICS) register(registry, metric, readings);
  const up = new Gauge({
    name: 'madang_media_thread_up',
    help: 'Whether a media thread runs.',
    labelNames: ['thread'],
    registers: [registry],
    collect() {
      for (const { port, isRunning } of threads) up.set({ thread: String(port) }, Number(isRunning));
    },
  });
  const deaths = new Counter({
    name: 'madang_media_thread_deaths_total',
    help: 'How often a media thread has died and begun again.',
    labelNames: ['thread'],
    registers: [registry],
    collect() {
      deaths.reset();
      for (const { port, deaths: amount } of threads) deaths.inc({ thread: String(port) }, amount);
    },
  });
}

function register(registry: Registry, about: MediaMetric, readings: () => Promise<ThreadReading[]>): void {
  const { kind, name, help, label, read } = about;
  const metric = new (kind === 'gauge' ? Gauge : Counter)({
    name: `madang_media_${name}`,
    help,
    labelNames: label === null ? ['thread'] : ['thread', label],
    registers: [registry],
    async collect() {
      const answers = await readings();
      metric.reset();
      for (const { thread, reading } of answers) {
        for (const [value, amount] of Object.entries(read(reading))) {
          metric.inc({ thread, ...(label !== null && { [label]: value }) }, amount);
        }
      }
    },
  });
}

async function readAll(threads: readonly WorkerMedia[]): Promise<ThreadReading[]> {
  const answers = threads.map(async (media) => ({
    thread: String(media.port),
    reading: await media.read(PATIENCE_MS),
  }));
  return (await Promise.all(answers)).flatMap(({ thread, reading }) => (reading === null ? [] : [{ thread, reading }]));
}

/** All metrics of a scrape are collected at once: whoever asks while others wait for the answer has the same. */
function askedTogether<T>(ask: () => Promise<T>): () => Promise<T> {
  let asking: Promise<T> | null = null;
  return () => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
}
