import { SeededRandom } from '@madang/testkit';
import { expect, test } from 'vitest';
import { readMessage } from '../../packages/engine/src/stun/index.js';
import { mutated, noise, stunLike } from './inputs.js';
import { ServerFuzz } from './server-fuzz.js';

/** How many inputs; a long run: `FUZZ_INPUTS=10000000 FUZZ_SEED=7 npx vitest run fuzz/turn`. */
const INPUTS = Number(process.env.FUZZ_INPUTS ?? 6_000);
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Date.now() / 1_000));
const PER_SERVER = 2_000;
const NO_TIMEOUT = { timeout: 0 };

test(`the STUN parser takes ${INPUTS} inputs without a throw (seed ${SEED})`, NO_TIMEOUT, () => {
  const random = new SeededRandom(SEED);
  let messages = 0;
  for (let count = 0; count < INPUTS; count++) {
    const whole = random.chance(0.3) ? noise(random) : stunLike(random);
    const bytes = random.chance(0.5) ? mutated(random, whole) : whole;
    const message = readMessage(bytes);
    if (typeof message === 'string') continue;
    messages++;
    for (const place of message.attributes) {
      if (place.at + 4 + place.length > bytes.length)
        throw new Error(`an attribute reaches over the end, input ${count}`);
      message.xorAddress(place.type);
    }
    message.errorCode();
    message.unknownAttributes();
  }
  expect(messages).toBeGreaterThan(INPUTS / 20);
});

test(`the TURN server takes ${INPUTS} inputs, and remembers nothing in the end (seed ${SEED})`, NO_TIMEOUT, () => {
  const fuzz = new ServerFuzz(SEED);
  for (let count = 0; count < INPUTS; count++) {
    try {
      fuzz.step();
      if (count % PER_SERVER === PER_SERVER - 1) {
        fuzz.end();
        fuzz.begin();
      }
    } catch (error) {
      throw new Error(`input ${count} of seed ${SEED}`, { cause: error });
    }
  }
  fuzz.end();
  console.log(JSON.stringify(fuzz.counts));
  for (const [what, count] of Object.entries(fuzz.counts)) expect([what, count > INPUTS / 2_000]).toEqual([what, true]);
});
