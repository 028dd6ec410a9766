import { expect, test } from 'vitest';
import { arriving, Lab, type Person } from './lab.js';

/** Two in a call whose credentials are good for five minutes, numbered as they were given out. */
async function call(): Promise<{ lab: Lab; ann: Person; bob: Person }> {
  const lab = new Lab();
  let given = 0;
  lab.server.iceServers = () => {
    given += 1;
    const server = { urls: ['turn:madang.test'], username: `user-${given}`, credential: 'secret' };
    return { iceServers: [server], iceServersTtlMs: 300_000 };
  };
  const [ann, bob] = [lab.person('ann'), lab.person('bob')];
  for (const person of [ann, bob]) await lab.join(person);
  await lab.pass(100);
  return { lab, ann, bob };
}

const username = ({ told, connections }: Person) => told.get(connections.at(-1)!)?.iceServers?.[0]?.username;
const asked = (lab: Lab) => lab.server.requests.filter(({ name }) => name === 'ice-servers').length;

test('a connection has fresh credentials before the first have run out, and goes on as it was', async () => {
  const { lab, ann, bob } = await call();
  expect([username(ann), username(bob)]).toEqual(['user-1', 'user-2']);
  await lab.pass(151_000);
  expect([username(ann), username(bob)]).toEqual(['user-3', 'user-4']);
  await lab.pass(600_000);
  expect(asked(lab)).toBe(10);
  expect([ann.connections.length, bob.connections.length]).toEqual([1, 1]);
  expect(arriving(ann, bob)).toEqual(['camera', 'microphone']);
});

test('nobody asks once the room is left', async () => {
  const { lab, ann, bob } = await call();
  await Promise.all([ann, bob].map(({ room }) => lab.until(room.leave())));
  const before = asked(lab);
  await lab.pass(1_000_000);
  expect(asked(lab)).toBe(before);
});

test('a resume brings fresh ones, and its time counts from then', async () => {
  const { lab, ann } = await call();
  await lab.pass(100_000);
  for (const socket of ann.sockets) socket.drop();
  await lab.pass(10_000);
  expect(username(ann)).toBe('user-3');
  await lab.pass(130_000);
  expect(username(ann)).toBe('user-3');
  await lab.pass(20_000);
  expect(username(ann)).not.toBe('user-3');
});
