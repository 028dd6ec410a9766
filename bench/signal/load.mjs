// The load generator: a process of its own, told by its arguments what to do, that prints one line of JSON.
//   load.mjs idle URL CONNECTIONS      opens them, prints, and holds them until its input ends
//   load.mjs relay URL WARM_MS MS      saturates the server with acknowledged relays
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Page, signalFrame } from './page.mjs';

const MEMBERS_PER_ROOM = 4;
const RELAYING_MEMBERS = 64;
/** Signals that each member has under way at a time. */
const UNDER_WAY = 8;
const OPENED_AT_ONCE = 50;

async function openPages(url, count) {
  const pages = [];
  while (pages.length < count) {
    const batch = Array.from({ length: Math.min(OPENED_AT_ONCE, count - pages.length) }, (_, ix) => pages.length + ix);
    pages.push(...(await Promise.all(batch.map((ix) => Page.join(url, roomOf(ix), `member ${ix}`)))));
  }
  return pages;
}

function roomOf(ix) {
  return `room ${Math.floor(ix / MEMBERS_PER_ROOM)}`;
}

async function idle(url, count) {
  const pages = await openPages(url, count);
  console.log(JSON.stringify({ connections: pages.length }));
  process.stdin.resume();
  await once(process.stdin, 'end');
}

async function relay(url, warmMs, ms) {
  const pages = await openPages(url, RELAYING_MEMBERS);
  let acked = 0;
  pages.forEach((page, ix) => {
    const neighbour = pages[ix - (ix % MEMBERS_PER_ROOM) + ((ix + 1) % MEMBERS_PER_ROOM)];
    const frame = signalFrame(neighbour.self);
    page.onAck = (text) => {
      if (!text.includes('"ok":true')) throw new Error(text);
      acked++;
      page.send(frame);
    };
    for (let signal = 0; signal < UNDER_WAY; signal++) page.send(frame);
  });
  const heard = () => pages.reduce((sum, page) => sum + page.heard, 0);
  await sleep(warmMs);
  console.log(JSON.stringify({ warm: true }));
  const before = { acked, heard: heard(), cpu: process.cpuUsage(), at: performance.now() };
  await sleep(ms);
  const cpu = process.cpuUsage(before.cpu);
  const wallMs = performance.now() - before.at;
  const result = {
    acked: acked - before.acked,
    heard: heard() - before.heard,
    wallMs,
    cpuMs: (cpu.user + cpu.system) / 1000,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
}

const [kind, url, ...numbers] = process.argv.slice(2);
await (kind === 'idle' ? idle(url, Number(numbers[0])) : relay(url, Number(numbers[0]), Number(numbers[1])));
process.exit(0);
