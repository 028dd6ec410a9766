// The bench of the media server: `npm run bench:sfu`. One publisher (VP8, 30 frames of 7 packets of 1,200 bytes a second, and
// 50 audio packets of 120 bytes) to S viewers, and members in full mesh, by ICE and DTLS-SRTP with AES-128-GCM: through
// Madang by WHIP and WHEP, and through the videoroom of Debian's Janus, taking turns in one run, each pinned to one core, the
// load to another.
// Prints CPU time (user and system, of the whole process, less what it uses when idle) per packet that reached a viewer,
// packets lost, the time from the publisher's send to the viewer's socket, and memory per viewer.
//   --cases LIST (10,50,100,200,mesh5)   --seconds S (4)   --rounds R (3)   --only LIST (madang,janus; janus-threads)
import { networkInterfaces } from 'node:os';
import { parseArgs } from 'node:util';
import { ensureJanus, startJanus } from './janus-server.mjs';
import { startMadang } from './madang-server.mjs';
import { measure } from './measure.mjs';
import { median } from './percentile.mjs';

const KINDS = {
  madang: { says: 'Madang', start: startMadang },
  janus: { says: 'Janus, one event loop', start: (where) => startJanus({ ...where, eventLoops: 1 }) },
  'janus-threads': { says: 'Janus, a thread each', start: (where) => startJanus({ ...where, eventLoops: 0 }) },
};

const { values: flags } = parseArgs({
  options: {
    cases: { type: 'string', default: '10,50,100,200,mesh5' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: 'madang,janus' },
  },
});

/** Janus leaves loopback out; what is sent to an address of this machine's own does not leave it either. */
function ownIp() {
  const own = Object.values(networkInterfaces()).flat();
  const found = own.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (found === undefined) throw new Error('this machine has no IPv4 address but loopback, which Janus does not use');
  return found.address;
}

/** `mesh5`: five who publish and see the four others; a number: so many viewers of one. */
function caseOf(name) {
  const mesh = /^mesh(\d+)$/.exec(name);
  if (mesh === null) return { name, says: `1 → ${name}`, publishers: 1, viewers: Number(name), sees: [[0]] };
  const members = Array.from({ length: Number(mesh[1]) }, (_, ix) => ix);
  const sees = members.map((member) => members.filter((other) => other !== member));
  return { name, says: `${members.length} in mesh`, publishers: members.length, viewers: members.length, sees };
}

const HEADS = ['us/fwd', 'of a core', 'lost', 'p50 ms', 'p95', 'p99', 'KiB/viewer', 'load', 'to Janus'];
const WIDTHS = [8, 11, 9, 8, 7, 7, 12, 7, 10];
const row = (says, cells) => says.padEnd(26) + cells.map((cell, ix) => cell.padStart(WIDTHS[ix])).join('');
const percent = (share, digits = 0) => `${(100 * share).toFixed(digits)} %`;

function cells(runs, reference) {
  const of = (read) => median(runs.map(read));
  const cost = of((run) => run.usPerForward);
  return [
    cost.toFixed(2),
    percent(of((run) => run.share)),
    percent(
      of((run) => run.lost),
      2,
    ),
    ...['p50', 'p95', 'p99'].map((name) => of((run) => run.latency[name]).toFixed(2)),
    of((run) => run.kibPerViewer).toFixed(0),
    percent(of((run) => run.loadShare)),
    reference === null ? '' : (cost / median(reference.map((run) => run.usPerForward))).toFixed(2),
  ];
}

const kinds = flags.only.split(',');
if (kinds.some((kind) => kind.startsWith('janus')) && !ensureJanus()) process.exit(1);
const ip = ownIp();
const order = { seconds: Number(flags.seconds), ip };
console.log(
  `${flags.rounds} rounds of ${flags.seconds} s, medians; the server at ${ip} on core 0, the load on core 1\n`,
);
console.log(row('', HEADS));
for (const each of flags.cases.split(',').map(caseOf)) {
  const runs = new Map(kinds.map((kind) => [kind, []]));
  for (let round = 0; round < Number(flags.rounds); round++) {
    for (const kind of round % 2 ? kinds.toReversed() : kinds) {
      const run = await measure(KINDS[kind].start, { ...each, ...order });
      runs.get(kind).push(run);
      for (const doubt of run.doubts) console.error(`${kind}, ${each.says}, round ${round + 1}: ${doubt}`);
    }
  }
  for (const kind of kinds) {
    console.log(row(`${each.says}  ${KINDS[kind].says}`, cells(runs.get(kind), runs.get('janus') ?? null)));
  }
}
