// `npm run soak`: a server that guests of WHIP and WHEP come to and go from, some without a word, for SOAK_MINUTES (30), SOAK_RATE
// (4) of them a second. Prints a line a minute, writes every sample to SOAK_FILE (test-results/soak.csv), and ends with 0 when
// nothing grew beyond its bound, nothing was left when all had gone, and nobody met what should not be.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { soak } from './soak.mjs';

const minutes = Number(process.env.SOAK_MINUTES ?? 30);
const rate = Number(process.env.SOAK_RATE ?? 4);
const file = process.env.SOAK_FILE ?? 'test-results/soak.csv';

const mib = (bytes) => (bytes / 2 ** 20).toFixed(1);
const COLUMNS = [
  ['minute', ({ second }) => (second / 60).toFixed(1)],
  ['came', ({ came }) => came],
  ['there', ({ tables }) => tables.madang_members],
  ['rooms', ({ tables }) => tables.madang_rooms],
  ['resident MiB', ({ residentBytes }) => mib(residentBytes)],
  ['main heap', ({ mainHeapBytes }) => mib(mainHeapBytes)],
  ['media heaps', ({ mediaHeapBytes }) => mib(mediaHeapBytes)],
  ['files', ({ files }) => files],
  ['cpu s', ({ cpuSeconds }) => cpuSeconds.toFixed(1)],
  ['failed', ({ failed }) => failed],
];
const row = (cells) => cells.map((cell) => String(cell).padStart(13)).join('');

mkdirSync(dirname(file), { recursive: true });
let printAt = 0;
let isFirst = true;

function onSample(sample) {
  const { tables, ...rest } = sample;
  const quoted = Object.keys(tables).map((name) => `"${name.replaceAll('"', '""')}"`);
  if (isFirst) writeFileSync(file, `${[...Object.keys(rest), ...quoted].join(',')}\n`);
  isFirst = false;
  appendFileSync(file, `${[...Object.values(rest), ...Object.values(tables)].join(',')}\n`);
  if (sample.second < printAt) return;
  printAt += 60;
  console.log(row(COLUMNS.map(([, read]) => read(sample))));
}

console.log(`${minutes} minutes, ${rate} guests a second\n${row(COLUMNS.map(([head]) => head))}`);
const { came, failed, complaints, faults, growth, left, before, after, exitCode } = await soak({
  seconds: 60 * minutes,
  rate,
  onSample,
});

console.log(`\n${came} guests came, ${failed} of them met what they should not`);
for (const complaint of complaints.slice(0, 20)) console.log(`  ${complaint}`);
for (const fault of faults.slice(0, 20)) console.log(`  the server: ${fault}`);
for (const { name, unit, perGuest, mostPerGuest, isWell } of growth) {
  console.log(
    `${isWell ? 'ok  ' : 'FAIL'} ${name}: ${perGuest.toFixed(4)} ${unit} a guest, at most ${Math.round(1e4 * mostPerGuest) / 1e4}`,
  );
}
console.log(`${left.length === 0 ? 'ok  ' : 'FAIL'} tables when all had gone: ${JSON.stringify(left)}`);
console.log(
  `     resident ${mib(before.residentBytes)} MiB before anybody came, ${mib(after.residentBytes)} after all had gone`,
);
console.log(`     ${before.files} open files before, ${after.files} after`);
console.log(`${exitCode === 0 ? 'ok  ' : 'FAIL'} the server ended with ${exitCode}`);
const isWell = growth.every((each) => each.isWell) && left.length === 0 && failed === 0 && faults.length === 0;
process.exitCode = isWell && exitCode === 0 ? 0 : 1;
