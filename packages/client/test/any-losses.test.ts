import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arriving, type Lab, type Person, pair } from './lab.js';

const BOTH = ['camera', 'microphone'];
/** However it went, so long after everything is whole again the call is too. */
const BACK_WITHIN_MS = 30_000;

type Trouble = (lab: Lab, person: Person) => void;

/** What happens to a person's network, or to the server. */
const TROUBLES: Record<string, Trouble> = {
  'packets are lost': (lab, { machine }) => lab.network.cut(machine),
  'packets pass': (lab, { machine }) => lab.network.mend(machine),
  'another network': (lab, { machine }) => lab.network.move(machine),
  'another network, and the browser says so': (lab, person) => {
    lab.network.move(person.machine);
    person.changeNetwork();
  },
  'the browser cries wolf': (_lab, person) => person.changeNetwork(),
  'the socket drops': (_lab, { sockets }) => sockets.at(-1)!.drop(),
  'the socket goes dead': (_lab, { sockets }) => {
    sockets.at(-1)!.silent = true;
  },
  'no server': (lab, { sockets }) => {
    lab.server.up = false;
    sockets.at(-1)!.drop();
  },
  'a server': (lab) => {
    lab.server.up = true;
  },
};

const schedule = fc.array(
  fc.tuple(
    fc.constantFrom(...Object.keys(TROUBLES)),
    fc.constantFrom('ann', 'bob'),
    fc.integer({ min: 1, max: 8_000 }),
  ),
  { minLength: 1, maxLength: 6 },
);

/** Schedules that once left a call dead. */
const FOUND: [string, string, number][][] = [
  // Ann's last word from the server was that Bob is away, and her own socket was dead by the time he was back.
  [
    ['no server', 'bob', 1],
    ['another network', 'bob', 3_101],
    ['the socket goes dead', 'ann', 1],
  ],
  // All was well when the recovery came due, and it was due again at once, for ever.
  [
    ['no server', 'bob', 1_426],
    ['packets are lost', 'ann', 7_868],
    ['another network, and the browser says so', 'bob', 6_196],
    ['packets pass', 'bob', 124],
    ['packets pass', 'ann', 2_147],
    ['a server', 'ann', 4_967],
  ],
];

describe('whatever the schedule of losses', () => {
  it('the call comes back by itself when the network does', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(schedule, async (troubles) => {
        const { lab, ann, bob } = await pair();
        await lab.pass(1_500);
        for (const [trouble, who, laterMs] of troubles) {
          TROUBLES[trouble]!(lab, who === 'ann' ? ann : bob);
          await lab.pass(laterMs);
        }
        lab.server.up = true;
        for (const { machine } of [ann, bob]) lab.network.mend(machine);
        await lab.pass(BACK_WITHIN_MS);
        expect([ann.room.state, bob.room.state]).toEqual(['connected', 'connected']);
        expect([arriving(ann, bob), arriving(bob, ann)]).toEqual([BOTH, BOTH]);
        expect(lab.network.open.size).toBe(2);
      }),
      { numRuns: 40, examples: FOUND.map((troubles) => [troubles]) },
    );
  });
});
