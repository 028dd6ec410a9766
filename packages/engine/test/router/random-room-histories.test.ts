import { expect, test } from 'vitest';
import { RoomHistory } from './room-history.js';
import { NOTHING } from './router-stage.js';

/** `HISTORIES=10000` for all of them, `SEED=…` for where they begin. */
const HISTORIES = Number(process.env.HISTORIES ?? 50);
const SEED = Number(process.env.SEED ?? 1);
const STEPS = 50;

test(
  'whatever happens in rooms, in the end nothing is left of it in any table',
  () => {
    const seen = { forwarded: 0, restarts: 0, refusals: 0, ends: 0, switches: 0, subscribed: 0 };
    for (let seed = SEED; seed < SEED + HISTORIES; seed++) {
      const history = new RoomHistory(seed);
      try {
        history.begin();
        for (let step = 0; step < STEPS; step++) history.step();
        history.end();
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error });
      }
      expect(history.stage.tables(), `seed ${seed}`).toEqual(NOTHING);
      expect([history.guests, history.stage.router.nextAt()], `seed ${seed}`).toEqual([0, null]);
      for (const key of Object.keys(seen) as (keyof typeof seen)[]) seen[key] += history.seen[key];
    }
    // They would prove nothing if nothing happened in them.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(HISTORIES / 10);
  },
  HISTORIES * 1_000,
);
