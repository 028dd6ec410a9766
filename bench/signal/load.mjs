// The load generator: a process of its own, told by its arguments what to do, that prints one line of JSON.
//   load.mjs idle URL CONNECTIONS      opens them, prints, and holds them until its input ends
//   load.mjs relay URL WARM COUNT      saturates the server: WARM acknowledged relays, a line, COUNT more, the result
import { once } from 'node:events';
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

/** Rooms of this process only: members of one before it may still be within their grace time. */
function roomOf(ix) {
  return `room ${process.pid} ${Math.floor(ix / MEMBERS_PER_ROOM)}`;
}

async function idle(url, count) {
  const pages = await openPages(url, count);
  console.log(JSON.stringify({ connections: pages.length }));
  process.stdin.resume();
  await once(process.stdin, 'end');
}

/** By number, not by time: on a busy machine a server that was given little time would be measured cold. */
async function relay(url, warm, count) {
  const pages = await openPages(url, RELAYING_MEMBERS);
  let acked = 0;
  let wake = () => {};
  let wanted = warm;
  pages.forEach((page, ix) => {
    const neighbour = pages[ix - (ix % MEMBERS_PER_ROOM) + ((ix + 1) % MEMBERS_PER_ROOM)];
    const frame = signalFrame(neighbour.self);
    page.onAck = (text) => {
      if (!text.includes('"ok":true')) throw new Error(text);
      acked++;
      if (acked === wanted) wake();
      page.send(frame);
    };
    for (let signal = 0; signal < UNDER_WAY; signal++) page.send(frame);
  });
  const heard = () => pages.reduce((sum, page) => sum + page.heard, 0);
  const reach = (total) => {
    wanted = total;
    return new Promise((done) => {
      wake = done;
    });
  };
  await reach(warm);
  console.log(JSON.stringify({ warm: true }));
  const before = { acked, heard: heard(), cpu: process.cpuUsage(), at: performance.now() };
  await reach(warm + count);
  const cpu = process.cpuUsage(before.cpu);
  const result = {
    acked: acked - before.acked,
    heard: heard() - before.heard,
    wallMs: performance.now() - before.at,
    cpuMs: (cpu.user + cpu.system) / 1000,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
}

const [kind, url, ...numbers] = process.argv.slice(2);
await (kind === 'idle' ? idle(url, Number(numbers[0])) : relay(url, Number(numbers[0]), Number(numbers[1])));
process.exit(0);
