// The relay bench: `npm run bench:turn`. Clients send ChannelData of 1,200 bytes in bursts, each on an allocation of its own
// to a peer of its own over UDP; Madang and Debian's coturn take turns in one run, each pinned to one core, the load to
// another. Prints CPU time (user and system, of the whole process) per relayed packet, for clients over UDP, TCP and TLS.
// Before that each gets --idle allocations that do nothing: CPU time of an allocation (two requests), memory, descriptors.
//   --idle N (5000; 0 for none)   --allocations N (100)   --rate PACKETS_PER_SECOND (20000)   --seconds S (5)   --rounds R (3)
//   --transports LIST (udp,tcp,tls)
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DtlsIdentity } from '@madang/native';

const KINDS = ['madang', 'coturn'];
const BURST = 7;
const SECRET = 'the secret of the bench';
const COTURN_PORTS = { udp: 39_478, tcp: 39_478, tls: 39_479 };
/** proc(5): clock ticks of 10 ms on every Linux that Node runs on. */
const TICK_US = 10_000;
/** From this share of a core on, the load generator is taken for the limit. */
const FULL = 0.95;
/** Traffic before what is measured: what a server does once, compiling above all, is no cost of a packet. */
const WARM_UP_SECONDS = 12;

const { values: flags } = parseArgs({
  options: {
    idle: { type: 'string', default: '5000' },
    allocations: { type: 'string', default: '100' },
    rate: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    transports: { type: 'string', default: 'udp,tcp,tls' },
  },
});

function start(core, command, stdio = ['pipe', 'pipe', 'inherit']) {
  const pinned = availableParallelism() > 1 ? ['taskset', '-c', String(core), ...command] : command;
  const child = spawn(pinned[0], pinned.slice(1), { stdio });
  const lines = child.stdout && createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    tell: (value) => child.stdin.write(`${JSON.stringify(value)}\n`),
    async hear() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${command.join(' ')} ended early`);
      return JSON.parse(value);
    },
  };
}

const script = (name, ...args) => [process.execPath, join(import.meta.dirname, name), ...args];

async function startServer(kind, folder) {
  const [cert, key] = ['cert', 'key'].map((name) => join(folder, `${name}.pem`));
  const made = DtlsIdentity.generate().exportPem();
  writeFileSync(cert, made.certificate);
  writeFileSync(key, made.key);
  if (kind === 'madang') {
    const server = start(0, script('server.mjs', SECRET, cert, key));
    return { child: server.child, ports: await server.hear(), realm: 'bench' };
  }
  const { udp, tls } = COTURN_PORTS;
  const args = [
    '-n',
    '--no-cli',
    '-L',
    '127.0.0.1',
    '-p',
    String(udp),
    '--tls-listening-port',
    String(tls),
    '--no-dtls',
  ];
  const login = ['--use-auth-secret', `--static-auth-secret=${SECRET}`, '-r', 'bench', '--allow-loopback-peers'];
  const files = [`--userdb=${folder}/db`, `--pidfile=${folder}/pid`, `--log-file=${folder}/log`, '--simple-log'];
  const { child } = start(0, ['turnserver', ...args, ...login, ...files, '--cert', cert, '--pkey', key], 'ignore');
  await sleep(2_000);
  return { child, ports: COTURN_PORTS, realm: 'bench' };
}

function cpuUs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_US;
}

function residentMb(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1_024;
}

async function measure(kind, transport) {
  const folder = mkdtempSync(join(tmpdir(), 'madang-bench-turn-'));
  const server = await startServer(kind, folder);
  const load = start(1, script('load.mjs'));
  try {
    const { ports, realm } = server;
    const [allocations, rate, seconds] = [flags.allocations, flags.rate, flags.seconds].map(Number);
    load.tell({ transport, port: ports[transport], realm, secret: SECRET, allocations, burst: BURST });
    await load.hear();
    load.tell({ seconds: WARM_UP_SECONDS, rate });
    await load.hear();
    const before = cpuUs(server.child.pid);
    load.tell({ seconds, rate });
    const seen = await load.hear();
    const used = cpuUs(server.child.pid) - before;
    const doubts = [];
    if (seen.cpuShare > FULL) doubts.push('the load generator was the limit');
    if (seen.received < 0.99 * seen.sent) doubts.push(`${seen.sent - seen.received} of ${seen.sent} packets lost`);
    return {
      kind,
      transport,
      usPerPacket: used / seen.received,
      rate: (1_000 * seen.received) / seen.wallMs,
      residentMb: residentMb(server.child.pid),
      doubts,
    };
  } finally {
    load.child.kill();
    server.child.kill();
    await sleep(200);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Allocations that nothing passes over. */
async function measureIdle(kind, allocations) {
  const folder = mkdtempSync(join(tmpdir(), 'madang-bench-turn-'));
  const server = await startServer(kind, folder);
  const load = start(1, script('load.mjs'));
  try {
    const { pid } = server.child;
    const before = { cpuUs: cpuUs(pid), residentMb: residentMb(pid) };
    const { ports, realm } = server;
    load.tell({ transport: 'udp', port: ports.udp, realm, secret: SECRET, allocations, isIdle: true });
    await load.hear();
    return {
      perCpuSecond: (1e6 * allocations) / (cpuUs(pid) - before.cpuUs),
      residentMb: residentMb(pid),
      kbEach: (1_024 * (residentMb(pid) - before.residentMb)) / allocations,
      descriptors: readdirSync(`/proc/${pid}/fd`).length,
    };
  } finally {
    load.child.kill();
    server.child.kill();
    await sleep(200);
    rmSync(folder, { recursive: true, force: true });
  }
}

if (Number(flags.idle) > 0) {
  console.log(
    `${flags.idle} idle allocations\n${''.padEnd(10)}allocations per CPU second  resident  each  descriptors`,
  );
  for (const kind of KINDS) {
    const idle = await measureIdle(kind, Number(flags.idle));
    const cells = [
      Math.round(idle.perCpuSecond).toLocaleString('en').padStart(26),
      `${Math.round(idle.residentMb)} MB`.padStart(10),
      `${idle.kbEach.toFixed(0)} kB`.padStart(6),
      String(idle.descriptors).padStart(13),
    ];
    console.log(`${kind.padEnd(10)}${cells.join('')}`);
  }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const runs = [];
for (const transport of flags.transports.split(',')) {
  for (let round = 0; round < Number(flags.rounds); round++) {
    for (const kind of round % 2 ? KINDS.toReversed() : KINDS) {
      const run = await measure(kind, transport);
      runs.push(run);
      for (const doubt of run.doubts) console.error(`${kind}, ${transport}, round ${round + 1}: ${doubt}`);
      process.stderr.write('.');
    }
  }
  if (Number(flags.rounds) > 0) printRelaying(transport);
}

function printRelaying(transport) {
  const figure = (kind, name) =>
    median(runs.filter((run) => run.kind === kind && run.transport === transport).map((run) => run[name]));
  const heading = `${flags.allocations} allocations of clients over ${transport.toUpperCase()}`;
  console.log(`\n${heading}, medians of ${flags.rounds} rounds of ${flags.seconds} s`);
  console.log(`${''.padEnd(10)}us/packet  packets/s  resident  to coturn`);
  for (const kind of KINDS) {
    const cells = [
      figure(kind, 'usPerPacket').toFixed(2).padStart(9),
      Math.round(figure(kind, 'rate')).toLocaleString('en').padStart(11),
      `${Math.round(figure(kind, 'residentMb'))} MB`.padStart(10),
      (figure(kind, 'usPerPacket') / figure('coturn', 'usPerPacket')).toFixed(2).padStart(11),
    ];
    console.log(`${kind.padEnd(10)}${cells.join('')}`);
  }
}
