// The members of one room in a process of their own: `node crowd-of-members.mjs '{"url", "room", "ip", "serverIp", "light", "pages",
// "seconds"}'`. `light` members without a browser and `pages` pages of Chromium; prints how they see each other, once a second.
import { setTimeout as sleep } from 'node:timers/promises';
import { recordClips } from './clips.mjs';
import { PageMember, Pages } from './page-member.mjs';
import { RoomLife } from './room-life.mjs';
import { StallClock } from './stall-clock.mjs';
import { Subscription } from './subscription.mjs';
import { Tiles } from './tiles.mjs';

const TICK_MS = 10;
const LOOK_EVERY_MS = 500;
const TELL_EVERY_MS = 1_000;
const BETWEEN_JOINS_MS = 1_000;

const { url, room, ip, serverIp, light, pages: pageCount, seconds } = JSON.parse(process.argv[2]);

const clock = new StallClock();
const begun = performance.now();
const at = () => ((performance.now() - begun) / 1_000).toFixed(1);
const complain = (what) => console.error(`${at()} s: ${what}`);
const tiles = new Tiles((key, ms, isFirst) => {
  const [viewer, source] = key.split(' ');
  const named = ({ name }) => name === viewer;
  const why = pages.find(named)?.why(source) ?? life?.members.find(named)?.subscription?.why(source);
  const what = isFirst ? 'waited for its first picture' : 'stood still';
  complain(`${key} ${what} for ${(ms / 1_000).toFixed(1)} s${why === undefined ? '' : ` (${why})`}`);
});
let life = null;
const pages = [];

const browser = await Pages.open(url);
const clips = await recordClips(await browser.page());
const about = { url, room, addresses: { ip, serverIp }, clips, tiles, clock, complain, at };

for (let ix = 0; ix < pageCount; ix++) pages.push(new PageMember(`P${ix + 1}`, await browser.page(), about));
life = new RoomLife(about, pages);

const ticking = setInterval(() => {
  clock.now();
  life.tick(performance.now());
}, TICK_MS);

function tell() {
  const { frames, longestMs, longestFirstMs, counts, size } = tiles;
  const { stalledMs, longestMs: longestStallMs } = clock;
  const standing = tiles.standing(clock.now()).map(([key, ms]) => `${key} ${Math.round(ms)}`);
  const there = life.members.length + pages.length;
  const reasons = Object.fromEntries(Subscription.reasons);
  const seen = { tiles: size, frames, longestMs, longestFirstMs, counts, standing };
  console.log(JSON.stringify({ there, ...seen, stalledMs, longestStallMs, reasons, ...life.did }));
}
const telling = setInterval(tell, TELL_EVERY_MS);

let isOver = false;
async function look(page) {
  while (!isOver) {
    await page.look().catch((error) => !isOver && complain(`${page.name}: ${error.message}`));
    await sleep(LOOK_EVERY_MS);
  }
}

const looks = [];
for (const page of pages) {
  await page.join();
  looks.push(look(page));
}
for (let ix = 0; ix < light; ix++) {
  await Promise.race([life.enter(), sleep(5_000)]);
  await sleep(BETWEEN_JOINS_MS);
}
const until = performance.now() + 1_000 * seconds;
await life.run(() => performance.now() > until);
isOver = true;
await Promise.all(looks);
clearInterval(telling);
tell();
await life.end();
clearInterval(ticking);
await browser.close();
process.exit(0);
