import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { doubtsOf } from './doubts.mjs';
import { pinned } from './pinned.mjs';
import { processTime, residentKib } from './process-time.mjs';

const SERVER_CORE = 0;
const LOAD_CORE = 1;
const IDLE_MS = 2_000;
/** Traffic before what is measured: what a server does once, compiling above all, is no cost of a packet. */
const WARM_UP_SECONDS = 12;
/** Before viewers come: for the memory that there is without them, with the thread in reserve that is loaded in the first 3 s. */
const ALONE_SECONDS = 6;

function startLoad() {
  const script = join(import.meta.dirname, 'load.mjs');
  const [command, ...args] = pinned(LOAD_CORE, [process.execPath, '--max-semi-space-size=64', script]);
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async ask(order) {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('the load ended early');
      return JSON.parse(value);
    },
  };
}

/** What a server that nobody uses spends, in microseconds of CPU for each millisecond. */
async function idleShare(pid) {
  const before = processTime(pid).cpuUs;
  const begin = performance.now();
  await sleep(IDLE_MS);
  return (processTime(pid).cpuUs - before) / (performance.now() - begin);
}

/** One run through a server of its own. */
export async function measure(start, { publishers, viewers, sees, seconds, ip }) {
  const server = await start({ core: SERVER_CORE, ip });
  const load = startLoad();
  try {
    const { pid } = server;
    await load.ask({ door: server.door, ip });
    const idle = await idleShare(pid);
    await load.ask({ publish: publishers });
    await load.ask({ seconds: ALONE_SECONDS });
    const kibBefore = residentKib(pid);
    await load.ask({ view: viewers, sees });
    await load.ask({ seconds: WARM_UP_SECONDS });
    const begin = performance.now();
    const before = processTime(pid).cpuUs;
    const seen = await load.ask({ seconds });
    const used = processTime(pid).cpuUs - before - idle * (performance.now() - begin);
    return {
      usPerForward: used / seen.received,
      share: used / 1_000 / seen.wallMs,
      lost: 1 - seen.received / seen.expected,
      latency: seen.latency,
      kibPerViewer: (residentKib(pid) - kibBefore) / viewers,
      loadShare: seen.cpuShare,
      doubts: doubtsOf(seen),
    };
  } finally {
    load.child.kill();
    await server.stop();
  }
}
