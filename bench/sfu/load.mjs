// Publishers and viewers in a process of its own: `node load.mjs`. Lines of JSON from stdin, an answer to each:
//   {door, ip}              which server, {janus: URL} or {http: {url, room, token}}; {isOpen}
//   {publish: N}            so many publishers connect; {isReady}
//   {view: N, sees: [...]}  so many viewers, who see as many publishers as named
//   {seconds}               sends so long, and prints what arrived, and how far it can be trusted
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Arrivals } from './arrivals.mjs';
import { Crowd } from './crowd.mjs';
import { HttpDoor } from './http-door.mjs';
import { JanusDoor } from './janus-door.mjs';
import { percentile } from './percentile.mjs';
import { processTime } from './process-time.mjs';
import { PACKETS_PER_SECOND, Publisher } from './publisher.mjs';
import { socketDrops } from './socket-drops.mjs';

const DRAIN_EVERY_MS = 4;
const LEAD_MS = 50;
/** What is under way when sending ends has this long to come. */
const TAIL_MS = 300;
const AT_ONCE = 10;
const FRAME_MS = 1_000 / 30;

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const nextLine = async () => {
  const { value, done } = await lines.next();
  if (done) process.exit(0);
  return JSON.parse(value);
};
const print = (value) => console.log(JSON.stringify(value));

const { door: where, ip } = await nextLine();
const door = where.janus ? await JanusDoor.open(where.janus) : new HttpDoor(where.http);
const crowd = new Crowd(ip);
const publishing = [];
const viewers = new Map();
let seen = 0;
print({ isOpen: true });

async function publish(ix) {
  const endpoint = crowd.open();
  endpoint.take(await door.publish(ix, endpoint.describe(Publisher.sections(ix), 'sendonly', 'actpass')));
  await endpoint.connect();
  publishing[ix] = endpoint;
}

/** Sections of a viewer's own offer: sound and picture for each publisher. */
const wanted = (many) =>
  Array.from({ length: 2 * many }, (_, ix) => ({ kind: ix % 2 ? 'video' : 'audio', mid: String(ix) }));

async function view(sees) {
  const endpoint = crowd.open();
  await door.view(sees, {
    offer: (many) => endpoint.describe(wanted(many), 'recvonly', 'actpass'),
    take: (answer) => endpoint.take(answer),
    // As the DTLS server it is we who choose AES-128-GCM.
    answer: (offer) => endpoint.describe(endpoint.take(offer, 'server').sections, 'recvonly', 'passive'),
  });
  await endpoint.connect();
  viewers.set(endpoint, viewers.size);
}

async function inGroups(count, open) {
  for (let from = 0; from < count; from += AT_ONCE) {
    const many = Math.min(AT_ONCE, count - from);
    await Promise.all(Array.from({ length: many }, (_, ix) => open(from + ix)));
  }
}

const COUNTS = [
  'rxNoSlot',
  'rxNoAddress',
  'txQueueFull',
  'txRefused',
  'txProtectFailed',
  'rxSrtpAuthentication',
  'rxSrtpMalformed',
  'rxSrtpReplayed',
];
const countsNow = () => Object.fromEntries(COUNTS.map((name) => [name, crowd.counts(name)]));

let publishers = [];
let phase = 0;

async function sendFor(seconds) {
  phase++;
  const streams = 2 * publishers.length;
  const mostPackets = Math.ceil((seconds + 1) * PACKETS_PER_SECOND.video);
  const arrivals = new Arrivals({ viewers: viewers.size, streams, mostPackets });
  crowd.onMarked = (endpoint, mark, arrivedAt) => {
    if (mark.phase === phase) arrivals.arrived(viewers.get(endpoint), mark.stream, mark.nth, arrivedAt - mark.sentAt);
  };
  for (const publisher of publishers) publisher.begin(phase, performance.now());
  const before = { drops: socketDrops(crowd.ports), time: processTime(process.pid), counts: countsNow() };
  const begin = performance.now();
  await sendUntil(begin + 1_000 * seconds);
  const wallMs = performance.now() - begin;
  const time = processTime(process.pid);
  await drainFor(TAIL_MS);
  const sent = publishers.reduce((sum, publisher) => sum + publisher.sent[0] + publisher.sent[1], 0);
  const counts = countsNow();
  const since = (name) => counts[name] - before.counts[name];
  const lateness = publishers.flatMap(({ lateness }) => lateness).sort((a, b) => a - b);
  return {
    sent,
    expected: viewers.size === 0 ? 0 : (sent / publishers.length) * seen * viewers.size,
    received: arrivals.received,
    duplicates: arrivals.duplicates,
    strange: arrivals.strange,
    latency: arrivals.latency(),
    wallMs,
    cpuShare: (time.cpuUs - before.time.cpuUs) / 1_000 / wallMs,
    waitedShare: (time.waitedUs - before.time.waitedUs) / 1_000 / wallMs,
    drops: socketDrops(crowd.ports) - before.drops + since('rxNoSlot') + since('rxNoAddress'),
    unsent: since('txQueueFull') + since('txRefused') + since('txProtectFailed'),
    unopened: since('rxSrtpAuthentication') + since('rxSrtpMalformed') + since('rxSrtpReplayed'),
    latenessP99: percentile(lateness, 0.99),
  };
}

async function sendUntil(end) {
  let drainAt = performance.now() + DRAIN_EVERY_MS;
  for (;;) {
    const nextAt = Math.min(...publishers.map((publisher) => publisher.nextAt));
    if (nextAt >= end) return;
    crowd.sleep(Math.min(nextAt, drainAt) - performance.now());
    const now = performance.now();
    for (const publisher of publishers) publisher.send(now);
    if (now < drainAt) continue;
    await crowd.drain();
    drainAt = performance.now() + DRAIN_EVERY_MS;
  }
}

async function drainFor(ms) {
  for (const end = performance.now() + ms; performance.now() < end; ) {
    crowd.sleep(DRAIN_EVERY_MS);
    await crowd.drain();
  }
}

/** Packets before anybody looks, so that streams are known, and while others join. */
async function keepSending(until) {
  let isOver = false;
  until.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const now = performance.now();
    for (const publisher of publishers) publisher.send(now);
    await sleep(2);
    await crowd.drain();
  }
  return until;
}

for (;;) {
  const order = await nextLine();
  if (order.publish) {
    await inGroups(order.publish, publish);
    const startAt = performance.now() + LEAD_MS;
    publishers = publishing.map((endpoint, ix) => {
      return new Publisher(endpoint, ix, startAt + (ix * FRAME_MS) / publishing.length);
    });
    await keepSending(sleep(500));
    print({ isReady: true });
  } else if (order.view) {
    seen = order.sees.length === 0 ? 1 : order.sees[0].length;
    await keepSending(inGroups(order.view, (ix) => view(order.sees[ix % order.sees.length])));
    print({ isReady: true });
  } else print(await sendFor(order.seconds));
}
