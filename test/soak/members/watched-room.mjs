// The server of `npm run soak:members`, and what is to be seen of it and of the members: `node watched-room.mjs ENTRANCE…`, with the
// command behind which members run on their side of the line.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { leftIn } from '../verdict.mjs';
import { WatchedServer } from '../watched-server.mjs';
import { LossyLine } from './lossy-line.mjs';
import { Tiles } from './tiles.mjs';
import { judgeMembers } from './verdict.mjs';

const PAGES = 2;
const LIGHT = 10;
const SAMPLE_MS = 10_000;
/** Members are told to end when their time is over; if they do not, they are ended. */
const PATIENCE_MS = 120_000;
/** Whoever vanished is forgotten after 30 s. */
const FORGOTTEN_WITHIN_MS = 60_000;

const minutes = Number(process.env.SOAK_MINUTES ?? 10);
const entrance = process.argv.slice(2);
const mib = (bytes) => (bytes / 2 ** 20).toFixed(1);

const server = await WatchedServer.start({ address: LossyLine.SERVER, mediaThreads: 1, before: urgently() });
await server.measureLag();
const before = await server.look();
const begun = performance.now();
const complaints = [];
let seen = {};

const about = {
  url: server.url,
  room: 'soak',
  ip: LossyLine.GUESTS,
  serverIp: LossyLine.SERVER,
  light: LIGHT,
  pages: PAGES,
  seconds: 60 * minutes,
};
const [program, ...args] = [
  ...entrance,
  ...urgently('--reset-on-fork'),
  process.execPath,
  join(import.meta.dirname, 'crowd-of-members.mjs'),
  JSON.stringify(about),
];
const crowd = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
process.once('exit', () => crowd.kill('SIGKILL'));
const ended = once(crowd, 'close');
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => crowd.kill('SIGTERM'));
createInterface({ input: crowd.stdout }).on('line', (line) => {
  seen = JSON.parse(line);
});
createInterface({ input: crowd.stderr }).on('line', (line) => {
  complaints.push(line);
  console.log(`  ${line}`);
});
const late = setTimeout(() => crowd.kill('SIGKILL'), 60_000 * minutes + PATIENCE_MS);

const samples = [];
let printAt = 0;
console.log(`${minutes} minutes, ${LIGHT} light members and ${PAGES} pages of Chromium`);
while (crowd.exitCode === null && crowd.signalCode === null && server.isUp) {
  await Promise.race([sleep(SAMPLE_MS), ended]);
  if (samples.length % 3 === 2) await server.collectGarbage();
  const second = Math.round((performance.now() - begun) / 1_000);
  const sample = { second, isCollected: samples.length % 3 === 2, ...(await server.look()) };
  samples.push(sample);
  if (second < printAt) continue;
  printAt += 60;
  tell(sample);
}
clearTimeout(late);
const [code] = await ended;
if (code !== 0) complaints.push(`the members ended with ${code}`);
await untilEmpty();
const { cpuUs, waitedUs } = server.time();
const lags = await server.lags();
await server.collectGarbage();
const after = await server.look();
const exitCode = await server.stop();

const rows = judgeMembers({
  samples,
  members: seen,
  lags,
  complaints,
  faults: server.faults,
  left: leftIn(after),
  exitCode,
});
tell({ ...after, second: Math.round((performance.now() - begun) / 1_000) });
console.log();
for (const { name, value, bound, unit, isWell } of rows) {
  console.log(`${isWell ? 'ok  ' : 'FAIL'} ${name}: ${Math.round(10 * value) / 10} ${unit}, at most ${bound}`);
}
for (const fault of server.faults.slice(0, 20)) console.log(`  the server: ${fault}`);
for (const [name, value] of leftIn(after)) console.log(`  left: ${name} ${value}`);
const counted = Tiles.COUNTED_MS.map((ms, ix) => `${seen.counts?.[ix]} over ${ms} ms`).join(', ');
console.log(
  `     ${seen.frames} pictures seen; stood still: ${counted}; why not better: ${JSON.stringify(seen.reasons)}`,
);
console.log(
  `     lag p50/p99/max in ms: ${lags.map(({ p50, p99, max }) => [p50, p99, max].map((ms) => ms.toFixed(1)).join('/')).join(', ')}`,
);
console.log(
  `     server: ${(cpuUs / 1e6).toFixed(0)} s of processor time, ${(waitedUs / 1e6).toFixed(0)} s waited for one; ` +
    `resident ${mib(before.residentBytes)} MiB before, ${mib(after.residentBytes)} after; ` +
    `members without a processor for ${(seen.stalledMs / 1_000).toFixed(1)} s, ${Math.round(seen.longestStallMs)} ms at most`,
);
process.exitCode = rows.every(({ isWell }) => isWell) ? 0 : 1;

function tell({ second, residentBytes, mainHeapBytes, mediaHeapBytes, cpuSeconds }) {
  const { there, tiles, longestMs, longestFirstMs, standing, joins, leaves, vanishes, mutes, shares, sizes } = seen;
  const memory = [residentBytes, mainHeapBytes, mediaHeapBytes].map(mib).join('/');
  console.log(
    `${String(second).padStart(4)} s: ${there} there, ${tiles} tiles, longest freeze ${Math.round(longestMs)} ms, ` +
      `first picture ${Math.round(longestFirstMs)} ms, MiB ${memory}, cpu ${cpuSeconds.toFixed(0)} s; ` +
      `joins ${joins}, leaves ${leaves}, vanished ${vanishes}, mutes ${mutes}, shares ${shares}, sizes ${sizes}` +
      `${standing?.length > 0 ? `; still: ${standing.join(', ')}` : ''}`,
  );
}

async function untilEmpty() {
  const deadline = performance.now() + FORGOTTEN_WITHIN_MS;
  while (leftIn(await server.look()).length > 0 && performance.now() < deadline) await sleep(500);
}

/** Runs a command before whatever else runs on the machine, which is not what is measured; as others do, where that may not be. */
function urgently(...options) {
  const entry = ['chrt', ...options, '--rr', '1'];
  const [chrt, ...rest] = [...entry, 'true'];
  return spawnSync(chrt, rest).status === 0 ? entry : [];
}
