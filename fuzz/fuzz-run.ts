import { SeededRandom } from '@madang/testkit';
import { expect, test } from 'vitest';

/** More inputs than a short run has: `FUZZ_INPUTS=10000000 FUZZ_SEED=7 npx vitest run fuzz/rtp`. */
const INPUTS = process.env.FUZZ_INPUTS;
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Date.now() / 1_000));
/** Of a target: for nights that end before all inputs are taken. */
const MOST_SECONDS = Number(process.env.FUZZ_SECONDS ?? Number.POSITIVE_INFINITY);
const PER_TURN = 5_000;
const LONG_RUN = 1_000_000;
/** What the engine's own heap takes and leaves is far below, what grows with the inputs far above. */
const MOST_GROWTH_BYTES = 128 * 1024 * 1024;

/** What takes inputs, one after the other. */
export interface FuzzTarget {
  /** One input. Throws when something does not hold. */
  step(): void;
  /** All inputs have been taken. */
  end?(): void;
  /** What came of them: each has to have happened. */
  readonly counts: Readonly<Record<string, number>>;
}

/** A test that puts `inputs` inputs through a target, or as many as `FUZZ_INPUTS` says, and prints what came of them. */
export function fuzzRun(what: string, inputs: number, begin: (random: SeededRandom) => FuzzTarget): void {
  const most = Number(INPUTS ?? inputs);
  test(`${what}: ${most} inputs (seed ${SEED})`, { timeout: 0 }, async () => {
    const target = begin(new SeededRandom(SEED));
    const cpu = process.cpuUsage();
    const { taken, grownBytes } = await takeAll(target, most);
    target.end?.();
    const { user, system } = process.cpuUsage(cpu);
    const perInputUs = Number(((user + system) / taken).toFixed(2));
    console.log(JSON.stringify({ what, inputs: taken, seed: SEED, perInputUs, grownBytes, ...target.counts }));
    for (const [name, count] of Object.entries(target.counts)) expect([name, count > 0]).toEqual([name, true]);
    if (taken >= LONG_RUN) expect(grownBytes).toBeLessThan(MOST_GROWTH_BYTES);
  });
}

/** How many inputs were taken, and by how much the process has grown since a tenth of them was. */
async function takeAll(target: FuzzTarget, most: number): Promise<{ taken: number; grownBytes: number }> {
  const until = performance.now() + 1_000 * MOST_SECONDS;
  let settled = process.memoryUsage().rss;
  let taken = 0;
  for (; taken < most; taken++) {
    try {
      target.step();
    } catch (error) {
      throw new Error(`input ${taken} of seed ${SEED}`, { cause: error });
    }
    if (taken === Math.floor(most / 10)) settled = process.memoryUsage().rss;
    if (taken % PER_TURN !== 0) continue;
    // The runner wants to hear from its tests now and then.
    await new Promise((resolve) => setImmediate(resolve));
    if (performance.now() > until) break;
  }
  return { taken, grownBytes: process.memoryUsage().rss - settled };
}

/** Throws unless it holds. The message is made only then. */
export function must(holds: boolean, what: () => string): void {
  if (!holds) throw new Error(what());
}

/** Adds a value to a fingerprint of 32 bits. */
export function mixed(fingerprint: number, value: number): number {
  return Math.imul(fingerprint ^ value, 0x0100_0193) ^ (fingerprint >>> 15);
}
