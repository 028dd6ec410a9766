// The forwarding bench: `npm run bench:forward`. One publisher's packets to N receivers through each forwarder in turn,
// all in one run, taking turns. Prints CPU time (user and system, of the whole process) per forwarded packet.
//   --receivers N (50)   --rate PACKETS_PER_SECOND_OUT (42000)   --seconds S (5)   --rounds R (3)   --only KIND,KIND
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { buildBenchAddon } from './bench-addon.mjs';

const KINDS = ['madang', 'gso', 'sendmmsg', 'sendto', 'dgram'];
const PACKET_BYTES = 1_200;
const BURST = 7;
const WARM_SECONDS = 1;
/** From this share of a core on, a load generator is taken for the limit. */
const FULL = 0.95;

const { values: flags } = parseArgs({
  options: {
    receivers: { type: 'string', default: '50' },
    rate: { type: 'string', default: '42000' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: KINDS.join(',') },
  },
});
const kinds = flags.only.split(',');
const receivers = Number(flags.receivers);

/**
 * For every process that is measured, and for the server's media threads to have: room for young objects, so that the few
 * hundred bytes of a batch bring a scavenge every few minutes and not every few seconds; and no collection of the whole
 * heap for the sake of memory while packets come.
 */
const NODE_FLAGS = ['--min-semi-space-size=16', '--no-memory-reducer'];

/** A script on a core of its own, where there are several, spoken to by lines of JSON. */
function start(core, script, ...args) {
  const command = [process.execPath, ...NODE_FLAGS, join(import.meta.dirname, script), ...args];
  const pinned = availableParallelism() > 1 ? ['taskset', '-c', String(core), ...command] : command;
  const child = spawn(pinned[0], pinned.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    tell: (value) => child.stdin.write(`${JSON.stringify(value)}\n`),
    async hear() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${script} ended early`);
      return JSON.parse(value);
    },
  };
}

async function measure(kind) {
  const load = start(1, 'load.mjs');
  load.tell({
    receivers,
    packetBytes: PACKET_BYTES,
    burst: BURST,
    burstsPerSecond: Number(flags.rate) / receivers / BURST,
    seconds: Number(flags.seconds),
    warmSeconds: WARM_SECONDS,
  });
  const task = await load.hear();
  const forwarder = start(0, 'forwarder.mjs', kind);
  forwarder.tell(task);
  load.tell(await forwarder.hear());
  const [done, seen] = [await forwarder.hear(), await load.hear()];
  return { kind, ...judge(done, seen) };
}

/** Figures of one run, and why it is not to be trusted, if so. */
function judge(done, seen) {
  const wanted = seen.published * receivers;
  const doubts = [];
  if (seen.cpuUs / seen.wallUs > FULL) doubts.push('the load generator was the limit');
  if (seen.socketDrops > 0) doubts.push(`${seen.socketDrops} dropped at the receivers' sockets`);
  if (seen.wrong > 0) doubts.push(`${seen.wrong} packets were not authentic or changed`);
  if (seen.received < wanted * 0.99) doubts.push(`${wanted - seen.received} of ${wanted} packets lost`);
  return {
    usPerPacket: done.cpuUs / done.forwarded,
    share: done.cpuUs / seen.wallUs,
    rate: seen.received / (seen.wallUs / 1e6),
    loadShare: seen.cpuUs / seen.wallUs,
    opened: seen.opened,
    gcs: done.gcs,
    gcPauseMs: done.gcPauseMs,
    doubts,
  };
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

const NAMES = {
  madang: 'Madang: rx table, policy in TypeScript, tx table',
  gso: '(c) C loop: copy, GCM, sendmmsg with GSO',
  sendmmsg: '(b) C loop: copy, GCM, sendmmsg',
  sendto: '(a) C loop: copy, GCM, sendto for each',
  dgram: '(d) node:dgram with node:crypto',
};

/** The aims, as ratios to the references of the same run. */
const AIMS = [
  { to: 'gso', most: 1.5, says: 'within 1.5 times of (c)' },
  { to: 'sendmmsg', most: 1, says: 'below (b)' },
  { to: 'dgram', most: 0.2, says: 'at most a fifth of (d)' },
];

async function measureAll() {
  const runs = [];
  for (let round = 0; round < Number(flags.rounds); round++) {
    for (const kind of round % 2 ? kinds.toReversed() : kinds) {
      const run = await measure(kind);
      runs.push(run);
      for (const doubt of run.doubts) console.error(`\n${kind}, round ${round + 1}: ${doubt}`);
      process.stderr.write('.');
    }
  }
  return runs;
}

buildBenchAddon();
const runs = await measureAll();
const figures = (kind, key) => runs.filter((run) => run.kind === kind).map((run) => run[key]);
const figure = (kind, key) => median(figures(kind, key));

console.log(`\n1 publisher, ${receivers} receivers, bursts of ${BURST} packets of ${PACKET_BYTES} bytes, AES-128-GCM;`);
console.log(`medians of ${flags.rounds} rounds of ${flags.seconds} s`);
console.log(`${''.padEnd(50)}us/packet  of a core  packets/s  to (c)`);
for (const kind of kinds) {
  const cells = [
    figure(kind, 'usPerPacket').toFixed(2).padStart(9),
    `${Math.round(100 * figure(kind, 'share'))} %`.padStart(11),
    Math.round(figure(kind, 'rate')).toLocaleString('en').padStart(11),
    kinds.includes('gso') ? (figure(kind, 'usPerPacket') / figure('gso', 'usPerPacket')).toFixed(2).padStart(8) : '',
  ];
  console.log(`${NAMES[kind].padEnd(50)}${cells.join('')}`);
}
if (kinds.includes('madang')) {
  for (const { to, most, says } of AIMS.filter((aim) => kinds.includes(aim.to))) {
    const ratio = figure('madang', 'usPerPacket') / figure(to, 'usPerPacket');
    console.log(`aim: ${says}: ${ratio <= most ? 'met' : 'missed'} (${ratio.toFixed(2)})`);
  }
  const pauseMs = Math.max(...figures('madang', 'gcPauseMs'));
  const gcs = figures('madang', 'gcs').reduce((sum, count) => sum + count, 0);
  console.log(
    `aim: no garbage collection above 5 ms: ${pauseMs <= 5 ? 'met' : 'missed'} (${gcs}, longest ${pauseMs.toFixed(2)} ms)`,
  );
}
