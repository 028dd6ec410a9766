import { SeededRandom } from '@madang/testkit';
import { expect, test } from 'vitest';

/** More inputs than a short run has: `FUZZ_INPUTS=10000000 FUZZ_SEED=7 npx vitest run fuzz/rtp`. */
const INPUTS = process.env.FUZZ_INPUTS;
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Date.now() / 1_000));
const PER_TURN = 50_000;
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
    const grown = await takeAll(target, most);
    target.end?.();
    const { user, system } = process.cpuUsage(cpu);
    const perInputUs = Number(((user + system) / most).toFixed(2));
    console.log(JSON.stringify({ what, inputs: most, seed: SEED, perInputUs, grownBytes: grown, ...target.counts }));
    for (const [name, count] of Object.entries(target.counts)) expect([name, count > 0]).toEqual([name, true]);
    if (most >= LONG_RUN) expect(grown).toBeLessThan(MOST_GROWTH_BYTES);
  });
}

/** Returns by how much the process has grown since a tenth of the inputs was taken. */
async function takeAll(target: FuzzTarget, most: number): Promise<number> {
  let settled = process.memoryUsage().rss;
  for (let count = 0; count < most; count++) {
    try {
      target.step();
    } catch (error) {
      throw new Error(`input ${count} of seed ${SEED}`, { cause: error });
    }
    if (count === Math.floor(most / 10)) settled = process.memoryUsage().rss;
    // The runner wants to hear from its tests now and then.
    if (count % PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().rss - settled;
}

/** Throws unless it holds. The message is made only then. */
export function must(holds: boolean, what: () => string): void {
  if (!holds) throw new Error(what());
}

/** Adds a value to a fingerprint of 32 bits. */
export function mixed(fingerprint: number, value: number): number {
  return Math.imul(fingerprint ^ value, 0x0100_0193) ^ (fingerprint >>> 15);
}
