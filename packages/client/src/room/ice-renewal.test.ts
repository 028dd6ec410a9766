import { VirtualTime } from '@madang/testkit';
import { expect, test } from 'vitest';
import { IceRenewal, type ToldIceServers } from './ice-renewal.js';

const server = (name: string) => ({ urls: [`turn:${name}.example`], username: name, credential: name });

function rig(answers: (ToldIceServers | Error)[]) {
  const time = new VirtualTime();
  const asked: number[] = [];
  const used: string[] = [];
  const renewal = new IceRenewal({
    clock: {
      now: () => time.nowMs(),
      setTimeout: (run, delayMs) => time.after(delayMs, run),
      clearTimeout: (cancel) => (cancel as (() => void) | undefined)?.(),
    },
    ask: async () => {
      asked.push(time.nowMs());
      const answer = answers.shift();
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('nothing to say');
      return answer;
    },
    use: (servers) => used.push(...servers.flatMap(({ urls }) => urls)),
  });
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= 500) {
      time.advance(Math.min(left, 500));
      for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
    }
  };
  return { renewal, pass, asked, used };
}

test('asks when half of the time is over, and again at half of the new one', async () => {
  const { renewal, pass, asked, used } = rig([
    { iceServers: [server('b')], iceServersTtlMs: 60_000 },
    { iceServers: [server('c')] },
  ]);
  renewal.told({ iceServers: [server('a')], iceServersTtlMs: 300_000 });
  await pass(149_500);
  expect(asked).toEqual([]);
  await pass(500_000);
  expect(asked).toEqual([150_000, 180_000]);
  expect(used).toEqual(['turn:b.example', 'turn:c.example']);
});

test('asks never for what does not expire, nor once it is stopped', async () => {
  const { renewal, pass, asked } = rig([]);
  renewal.told({ iceServers: [] });
  await pass(1_000_000);
  renewal.told({ iceServers: [], iceServersTtlMs: 10_000 });
  renewal.stop();
  await pass(1_000_000);
  expect(asked).toEqual([]);
});

test('asks again after a while when nothing came of it', async () => {
  const { renewal, pass, asked, used } = rig([new Error('timeout'), { iceServers: [server('b')] }]);
  renewal.told({ iceServers: [], iceServersTtlMs: 10_000 });
  await pass(20_000);
  expect(asked).toEqual([5_000, 10_000]);
  expect(used).toEqual(['turn:b.example']);
});

test('what a resume has told meanwhile is not overwritten by a late answer', async () => {
  const { renewal, pass, used } = rig([{ iceServers: [server('late')], iceServersTtlMs: 10_000 }]);
  renewal.told({ iceServers: [], iceServersTtlMs: 10_000 });
  const passing = pass(5_000);
  renewal.told({ iceServers: [server('resumed')] });
  await passing;
  await pass(60_000);
  expect(used).toEqual([]);
});
