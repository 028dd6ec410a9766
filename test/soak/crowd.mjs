// Guests in a process of its own, which come one after the other until it is told to end (SIGTERM: all take leave) or is
// killed (all are gone without a word): `node crowd.mjs URL RATE NAME [LIVES]`. RATE: how many come in a second, on the average.
// NAME: its own, for rooms that nobody else comes to. LIVES: which ones, all without. Prints how many came, once a second.
import { randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { LIVES } from './lives.mjs';

/** How often of a hundred each life is lived. */
const SHARES = {
  leaves: 38,
  drops: 17,
  restarts: 14,
  vanishes: 9,
  'keeps away': 7,
  hurries: 8,
  'talks nonsense': 7,
};
const PUBLISHERS_OF_TEN = 4;
const LASTING_ROOMS = 5;
/** So many come to a room of which nobody hears again. */
const GUESTS_OF_A_PASSING_ROOM = 8;
const SEND_EVERY_MS = 50;

const [url, rate, name, only] = process.argv.slice(2);
const chances = Object.entries(SHARES)
  .filter(([life]) => only === undefined || only.split(',').includes(life))
  .flatMap(([life, share]) => Array(share).fill(life));

const ended = new AbortController();
setMaxListeners(0, ended.signal);
process.once('SIGTERM', () => ended.abort());
const senders = new Set();

const crowd = {
  get isOver() {
    return ended.signal.aborted;
  },
  /** Waits, until all have to go. */
  async forAtMost(ms) {
    await sleep(ms, undefined, { signal: ended.signal }).catch(() => {});
  },
  /** From now on sound and pictures go out by that endpoint, until the function given back is called. */
  send(endpoint) {
    senders.add(endpoint);
    return () => senders.delete(endpoint);
  },
};

let came = 0;
let failed = 0;
const under = new Set();

function tellOf(life, error) {
  failed++;
  const cause = error.cause === undefined ? '' : `: ${error.cause.message}`;
  console.error(`one who ${life}: ${error.message.split('\n', 1)[0].slice(0, 300)}${cause}`);
}

function roomOf(nth) {
  if (nth % 2 === 0) return `lasting-${randomInt(LASTING_ROOMS)}`;
  return `passing-${name}-${Math.floor(nth / (2 * GUESTS_OF_A_PASSING_ROOM))}`;
}

function arrive() {
  const life = chances[randomInt(chances.length)];
  const door = randomInt(10) < PUBLISHERS_OF_TEN ? 'whip' : 'whep';
  const living = LIVES[life]({ crowd, door, at: `${url}/${door}/${roomOf(came++)}` })
    .catch((error) => tellOf(life, error))
    .finally(() => under.delete(living));
  under.add(living);
}

let beats = 0;
const sending = setInterval(() => {
  beats++;
  for (const endpoint of senders) {
    endpoint.sendSound();
    if (beats % 2 === 0) endpoint.sendPicture();
  }
}, SEND_EVERY_MS);
const tell = () => console.log(JSON.stringify({ came, failed }));
const telling = setInterval(tell, 1_000);

while (!crowd.isOver) {
  arrive();
  await crowd.forAtMost((1_000 / Number(rate)) * (randomInt(1, 200) / 100));
}
await Promise.all(under);
clearInterval(sending);
clearInterval(telling);
tell();
process.exit(0);
