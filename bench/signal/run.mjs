// Signaling against a bare socket.io server that does the same, in one run: `npm run bench:signal`.
//   --rounds N (3)   --connections N (5000)   --relays N (100000)   --only idle|relay

import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { cpuMsOf, heapBytesOf, rssBytesOf } from './process-figures.mjs';
import { startLoad, startServer } from './server-process.mjs';

const KINDS = ['bare', 'madang'];
const AIM = 0.8;
const WARM_RELAYS = 50_000;
const SETTLE_MS = 3_000;
/** From this share of a core on, the load generator is taken for the limit, unless the server is at it as well. */
const FULL = 0.95;

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '5000' },
    relays: { type: 'string', default: '100000' },
    only: { type: 'string' },
    prof: { type: 'boolean', default: false },
  },
});
const rounds = Number(flags.rounds);

async function measureIdle(kind) {
  const server = await startServer(kind);
  const warm = startLoad('idle', server.url, 100);
  await warm.line();
  await warm.stop();
  await sleep(SETTLE_MS);
  const before = { rss: rssBytesOf(server.pid), heap: await heapBytesOf(server.url) };
  const load = startLoad('idle', server.url, flags.connections);
  const { connections } = await load.line();
  await sleep(SETTLE_MS);
  const rss = (rssBytesOf(server.pid) - before.rss) / connections;
  const heap = ((await heapBytesOf(server.url)) - before.heap) / connections;
  await load.stop();
  await server.stop();
  return { rssKb: rss / 1000, heapKb: heap / 1000 };
}

async function measureRelay(kind) {
  const server = await startServer(kind, flags.prof ? ['--cpu-prof', `--cpu-prof-name=${kind}.cpuprofile`] : []);
  const load = startLoad('relay', server.url, WARM_RELAYS, flags.relays);
  await load.line();
  const cpuBefore = cpuMsOf(server.pid);
  const result = await load.line();
  const cpuMs = cpuMsOf(server.pid) - cpuBefore;
  await server.stop();
  if (Math.abs(result.heard - result.acked) > result.acked * 0.01 + 1_000) throw new Error('relays were lost');
  return {
    perCpuS: result.acked / (cpuMs / 1000),
    perWallS: result.acked / (result.wallMs / 1000),
    serverShare: cpuMs / result.wallMs,
    loadShare: result.cpuMs / result.wallMs,
  };
}

/** Alternating, so that what else the machine does meets both. */
async function measure(what) {
  const runs = { bare: [], madang: [] };
  for (let round = 0; round < rounds; round++) {
    for (const kind of round % 2 ? KINDS.toReversed() : KINDS) {
      runs[kind].push(await what(kind));
      process.stderr.write('.');
    }
  }
  process.stderr.write('\n');
  return Object.fromEntries(KINDS.map((kind) => [kind, medians(runs[kind])]));
}

function medians(runs) {
  return Object.fromEntries(Object.keys(runs[0]).map((key) => [key, median(runs.map((run) => run[key]))]));
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function row(title, bare, madang, ratio = (madang / bare).toFixed(2)) {
  const cells = [bare, madang].map((value) =>
    typeof value === 'number' ? Math.round(value).toLocaleString('en') : value,
  );
  console.log(`${title.padEnd(34)}${cells[0].padStart(12)}${cells[1].padStart(12)}${ratio.padStart(9)}`);
}

function percent(share) {
  return `${Math.round(share * 100)} %`;
}

function heading(text) {
  console.log(`\n${text}`);
  row('', 'bare', 'madang', 'ratio');
}

if (flags.only !== 'relay') {
  const { bare, madang } = await measure(measureIdle);
  heading(`${flags.connections} idle members, medians of ${rounds}`);
  row('memory each, kB resident', bare.rssKb, madang.rssKb);
  row('  of it JavaScript heap, kB', bare.heapKb, madang.heapKb);
}
if (flags.only !== 'idle') {
  const { bare, madang } = await measure(measureRelay);
  heading(`acknowledged relays of one candidate, medians of ${rounds}`);
  row('per CPU second of the server', bare.perCpuS, madang.perCpuS);
  row('per second at saturation', bare.perWallS, madang.perWallS);
  row('server, share of a core', percent(bare.serverShare), percent(madang.serverShare), '');
  row('load generator, share of a core', percent(bare.loadShare), percent(madang.loadShare), '');
  for (const [kind, { serverShare, loadShare }] of [
    ['bare', bare],
    ['madang', madang],
  ]) {
    if (loadShare >= FULL && serverShare < FULL)
      console.log(`${kind}: limited by the load generator; trust only the figure per CPU second`);
  }
  const ratio = madang.perCpuS / bare.perCpuS;
  console.log(
    `aim: at least ${AIM} of bare socket.io per CPU second: ${ratio >= AIM ? 'met' : 'missed'} (${ratio.toFixed(2)})`,
  );
}
