import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { processTime, residentKib } from '../../bench/sfu/process-time.mjs';
import { Inspected } from './inspected.mjs';

const MAIN = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'dist', 'main.js');
/** Free ports, and as many guests from one address as a soak has. */
const FLAGS = ['--json', '--http-port', '0', '--https-port', 'off', '--turn-port', '0', '--turns-port', 'off'];
const MEDIA = ['--media-port', '0', '--media-threads'];
const LIMITS = ['--max-members', '1000', '--max-connections-per-address', '10000', '--message-rate', '0'];

const DEBUGGER = /^Debugger listening on (\S+)/;
/** What Node prints of its debugger. */
const OF_DEBUGGER = /^(?:Debugger |For help, see: )/;

/** How late a timer of so many milliseconds comes. */
const LAG_RESOLUTION_MS = 10;
const MEASURE_LAG = `(() => {
  const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
  globalThis.soakLag = monitorEventLoopDelay({ resolution: ${LAG_RESOLUTION_MS} });
  globalThis.soakLag.enable();
})()`;
const READ_LAG = `(() => {
  const late = (ns) => Math.max(0, ns / 1e6 - ${LAG_RESOLUTION_MS});
  const { soakLag: lag } = globalThis;
  if (lag === undefined) return 'null';
  return JSON.stringify({ p50: late(lag.percentile(50)), p99: late(lag.percentile(99)), max: late(lag.max) });
})()`;

/** `madang start` as an operator starts it, and what can be seen of it from outside and by a debugger. */
export class WatchedServer {
  #child;
  #folder;
  #inspected;
  url;
  /** Lines of its log that tell of a fault. */
  faults = [];

  /**
   * `address`: where it listens; `mediaThreads`: how many it has; `before`: what to
   * put before its command.
   */
  static async start({ address = '127.0.0.1', mediaThreads = 2, before = [] } = {}) {
    const server = new WatchedServer();
    await server.#start(address, mediaThreads, before);
    return server;
  }

  async #start(address, mediaThreads, before) {
    this.#folder = mkdtempSync(join(tmpdir(), 'madang-soak-'));
    const own = ['--data-dir', this.#folder, '--bind', address, '--log-level', 'warn', '--log-format', 'json'];
    const args = ['--inspect=127.0.0.1:0', MAIN, 'start', ...FLAGS, ...MEDIA, String(mediaThreads), ...LIMITS, ...own];
    const [program, ...rest] = [...before, process.execPath, ...args];
    this.#child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    // Whatever happens here, it does not stay behind.
    process.once('exit', () => this.#child.kill('SIGKILL'));
    const inspected = new Promise((resolve) => {
      createInterface({ input: this.#child.stderr }).on('line', (line) => {
        const [, url] = DEBUGGER.exec(line) ?? [];
        if (url !== undefined) resolve(url);
        if (!OF_DEBUGGER.test(line)) this.faults.push(line);
      });
    });
    const { value, done } = await createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]().next();
    if (done) throw new Error(`madang does not start: ${this.faults.join('\n')}`);
    this.url = `http://${address}:${JSON.parse(value).httpPort}`;
    this.#inspected = await Inspected.attach(await inspected);
  }

  /**
   * How it stands: resident memory and JavaScript heaps in bytes, open files, threads, CPU seconds so far, and by name all
   * gauges of Madang's own that count something there is.
   */
  async look() {
    const { pid } = this.#child;
    const metrics = readMetrics(await (await fetch(`${this.url}/metrics`)).text());
    const of = (name) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    const media = metrics.filter(({ name }) => name.startsWith('madang_media_heap_bytes'));
    return {
      residentBytes: 1_024 * residentKib(pid),
      mainHeapBytes: of('nodejs_heap_size_used_bytes'),
      mediaHeapBytes: media.reduce((sum, { value }) => sum + value, 0),
      files: readdirSync(`/proc/${pid}/fd`).length,
      threads: readdirSync(`/proc/${pid}/task`).length,
      cpuSeconds: processTime(pid).cpuUs / 1e6,
      tables: Object.fromEntries(
        metrics.filter(({ name, kind }) => kind === 'gauge' && isTable(name)).map(({ name, value }) => [name, value]),
      ),
    };
  }

  /** Collects the garbage of all threads: what is in their heaps then is held by something. */
  async collectGarbage() {
    await this.#inspected.collectGarbage();
  }

  /** How many threads of it run JavaScript, those included that load it. */
  async threads() {
    return (await this.#inspected.evaluate('0')).length;
  }

  /** From now on the lag of each thread's event loop is measured. */
  async measureLag() {
    await this.#inspected.evaluate(MEASURE_LAG);
  }

  /**
   * How late the event loop of each thread came since `measureLag`, in milliseconds: {p50, p99, max}, the main one first. Of
   * threads that began later nothing is known: they are left out.
   */
  async lags() {
    const found = await this.#inspected.evaluate(READ_LAG);
    return found.map((text) => JSON.parse(text)).filter((lag) => lag !== null);
  }

  /** Processor time so far, in microseconds: what it had, and what it waited for (`processTime`). */
  time() {
    return processTime(this.#child.pid);
  }

  /** SIGTERM. Resolves with its exit code. */
  async stop() {
    this.#inspected?.close();
    // An interrupt at the terminal has reached it already.
    if (this.isUp) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
    return this.#child.exitCode;
  }

  /** Whether it still runs. */
  get isUp() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }
}

/** Gauges that tell of something else than how many there are in a table. */
const NO_TABLE = /_(?:heap_bytes|lag_seconds|lost_packets|thread_up|bytes)(?:$|\{)/;

function isTable(name) {
  return name.startsWith('madang_') && !NO_TABLE.test(name);
}

/** The text format of Prometheus: `{ name, kind, value }`, the name with its labels. */
function readMetrics(text) {
  let kind = '';
  const metrics = [];
  for (const line of text.split('\n')) {
    const type = /^# TYPE \S+ (\w+)/.exec(line);
    if (type !== null) [, kind] = type;
    const read = /^([a-z]\S*(?:\{.*\})?) (\S+)$/.exec(line);
    if (read !== null) metrics.push({ name: read[1], kind, value: Number(read[2]) });
  }
  return metrics;
}
