import { hasAddon } from '@madang/native';
import { expect, test } from 'vitest';
import { soak } from './soak.mjs';

/** Who vanishes or keeps away is forgotten after 30 s only: `npm run soak` has them. */
const LIVES = ['leaves', 'drops', 'restarts', 'hurries', 'talks nonsense'].join(',');

test.runIf(hasAddon())('guests of WHIP and WHEP come and go, and leave nothing behind', async () => {
  const run = await soak({ seconds: 8, rate: 8, lives: LIVES, kills: false, sampleSeconds: 2 });
  expect(run.came).toBeGreaterThan(20);
  expect(run).toMatchObject({ failed: 0, complaints: [], faults: [], left: [], exitCode: 0 });
  expect(run.after.files).toBeLessThanOrEqual(run.before.files);
});
