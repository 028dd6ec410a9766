import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { hasAddon } from '@madang/native';
import { afterEach, describe, expect, test } from 'vitest';
import { NativeRig } from './native-rig.js';

const ROUNDS = 12;

/** Echoes what it gets to whom it comes from, over the built package: a worker knows nothing of the tests' loader. */
const ECHO = `
  import { parentPort } from 'node:worker_threads';
  import { openMediaPlane } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)};
  const plane = openMediaPlane({ onBatch(rx, tx) {
    for (let row = 0; row < rx.count; row++) {
      const [slot, length, address] = rx.rows.subarray(row * 8, row * 8 + 3);
      tx.rows.set([slot, 0, length, address, 1], tx.count * 16);
      tx.rows[tx.count++ * 16 + 14] = portIx;
    }
  } });
  const { portIx, port } = plane.bind({ ip: '127.0.0.1' });
  plane.openPeer({ dtls: { role: 'server' } });
  parentPort.postMessage(port);
`;

/** Resident memory without what the collector could free. */
function residentBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

describe.runIf(hasAddon())('a plane in a worker thread', () => {
  const rig = new NativeRig();
  afterEach(() => rig.close());

  async function startEcho(): Promise<{ worker: Worker; port: number }> {
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(ECHO)}`));
    const [port] = (await once(worker, 'message')) as [number];
    return { worker, port };
  }

  /** Traffic from a socket until it is told to stop. */
  async function flood(port: number): Promise<{ heard: Buffer[]; stop: () => void }> {
    const socket = await rig.socket();
    const timer = setInterval(() => {
      for (let ix = 0; ix < 50; ix++) socket.send(Buffer.alloc(1_200, 64), port);
    }, 1);
    return { heard: socket.heard, stop: () => clearInterval(timer) };
  }

  test('stopped in mid-traffic again and again it neither crashes nor leaks, and frees its port', async () => {
    let after = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const { worker, port } = await startEcho();
      const traffic = await flood(port);
      await rig.until(() => traffic.heard.length > 100);
      await worker.terminate();
      traffic.stop();
      const { port: again } = rig.open({ onBatch: () => {} }).bind({ ip: '127.0.0.1', port });
      expect(again).toBe(port);
      rig.close();
      // The first rounds fill caches and pools of the process.
      if (round === ROUNDS / 2) after = residentBytes();
    }
    await sleep(50);
    // A plane's own memory in use is several megabytes; were one left behind at each stop, this would be 30 at least.
    expect(residentBytes() - after).toBeLessThan(24 * 1024 * 1024);
  }, 60_000);

  test('two threads have planes of their own side by side', async () => {
    const echoes = [await startEcho(), await startEcho()];
    const floods = await Promise.all(echoes.map(({ port }) => flood(port)));
    await rig.until(() => floods.every(({ heard }) => heard.length > 100));
    for (const { stop } of floods) stop();
    await Promise.all(echoes.map(({ worker }) => worker.terminate()));
  });

  test('a worker that ends by itself takes its plane along', async () => {
    const { worker, port } = await startEcho();
    const traffic = await flood(port);
    await rig.until(() => traffic.heard.length > 10);
    const ended = once(worker, 'exit');
    worker.postMessage('unused');
    await worker.terminate();
    traffic.stop();
    expect(await ended).toEqual([1]);
  });
});
