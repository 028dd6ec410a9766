// Kernels that refuse runs, and kernels that have no room: loopback interfaces in network namespaces of their own, with a
// small MTU and with a slow line.
import { spawnSync } from 'node:child_process';
import { hasAddon, type PlaneCounts } from '@madang/native';
import { describe, expect, test } from 'vitest';

const DATAGRAMS = 400;
const DATAGRAM_BYTES = 1_200;

/** Sends numbered datagrams from plane to plane over the loopback interface, as fast as they can be written. */
const SCRIPT = `
  import { setTimeout as sleep } from 'node:timers/promises';
  import { openMediaPlane } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)};
  const heard = [];
  const to = openMediaPlane({ onBatch({ rows, count, slab, slotBytes }) {
    for (let row = 0; row < count; row++) {
      const at = rows[row * 8] * slotBytes;
      heard.push(slab[at] * 256 + slab[at + 1]);
    }
  } });
  const from = openMediaPlane({ onBatch() {} });
  const { port } = to.bind({ ip: '127.0.0.1' });
  const { portIx } = from.bind({ ip: '127.0.0.1', sendBufferBytes: 20_000, queueBytes: 200_000 });
  const addressIx = from.addressIx('127.0.0.1', port);
  for (let ix = 0; ix < ${DATAGRAMS}; ix++) {
    const { tx } = from;
    if (tx.inlineBytes + ${DATAGRAM_BYTES} > tx.inline.length) tx.flush();
    const at = tx.inlineBytes;
    tx.inline[at] = ix >> 8;
    tx.inline[at + 1] = ix & 255;
    tx.rows.set([-1, at, ${DATAGRAM_BYTES}, addressIx, 1], tx.count * 16);
    tx.rows[tx.count++ * 16 + 14] = portIx;
    tx.inlineBytes += ${DATAGRAM_BYTES};
  }
  from.tx.flush();
  const first = from.counts();
  for (let waited = 0; heard.length < ${DATAGRAMS} - from.counts().txQueueFull && waited < 500; waited++) await sleep(20);
  console.log(JSON.stringify({ first, last: from.counts(), heard }));
  process.exit();
`;

interface Outcome {
  readonly first: PlaneCounts;
  readonly last: PlaneCounts;
  readonly heard: number[];
}

/** Runs a shell command in a network namespace that ends with it. */
function inNamespace(command: string, ...args: string[]): { readonly status: number | null; readonly stdout: string } {
  const isRoot = process.getuid?.() === 0;
  const unshare = [...(isRoot ? [] : ['-r']), '-n', 'sh', '-c', command, 'sh', ...args];
  return spawnSync('unshare', unshare, { encoding: 'utf8' });
}

function run(setUp: string): Outcome {
  const { stdout } = inNamespace(`${setUp} && exec "$1" --input-type=module -e "$2"`, process.execPath, SCRIPT);
  return JSON.parse(stdout) as Outcome;
}

const SLOW = 'ip link set lo up && tc qdisc add dev lo root tbf rate 8mbit burst 20kb limit 10mb';
const SHORT = 'ip link set lo up mtu 1100';
const works =
  hasAddon() && process.platform === 'linux' && [SLOW, SHORT].every((setUp) => inNamespace(setUp).status === 0);
if (!works)
  console.warn('Skipped: cramped networks need the addon, iproute2 and the right to make network namespaces.');

describe.runIf(works)('in cramped networks', () => {
  test('what the kernel has no room for waits in its order, as much as may, and the rest is dropped and counted', () => {
    const { first, last, heard } = run(SLOW);
    expect(first.queued).toBeGreaterThan(100);
    expect(last.txQueueFull).toBeGreaterThan(100);
    expect(last.sent + last.txQueueFull).toBe(DATAGRAMS);
    expect(last.sent).toBe(heard.length);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
  });

  test('a run of datagrams longer than the path takes goes out one by one', () => {
    const { last, heard } = run(SHORT);
    expect(heard).toEqual(Array.from({ length: DATAGRAMS }, (_, ix) => ix));
    expect(last.segmentationRefused).toBeGreaterThan(0);
    expect(last).toMatchObject({ sent: DATAGRAMS, segmented: 0, txRefused: 0 });
  });
});
