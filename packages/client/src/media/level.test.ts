import { VirtualTime } from '@madang/testkit';
import { expect, it } from 'vitest';
import { meterLevel, rootMeanSquare } from './level.js';
import { type LevelAudio, watchLevel } from './watch-level.js';

it('measures silence, a full square wave and half of it', () => {
  expect(rootMeanSquare(new Float32Array(8))).toBe(0);
  expect(rootMeanSquare(new Float32Array([1, -1, 1, -1]))).toBe(1);
  expect(rootMeanSquare(new Float32Array([0.5, -0.5]))).toBe(0.5);
  expect(rootMeanSquare(new Float32Array())).toBe(0);
});

it('shows loudness as ears hear it', () => {
  expect([0, 0.0001, 0.001, 1, 2].map(meterLevel)).toEqual([0, 0, 0, 1, 1]);
  expect(meterLevel(0.0316)).toBeCloseTo(0.5, 2);
});

it('watches a track until told to stop, and then lets everything go', () => {
  const time = new VirtualTime();
  const log: string[] = [];
  class FakeAudioContext {
    state = 'suspended';
    createAnalyser() {
      return { fftSize: 0, getFloatTimeDomainData: (samples: Float32Array) => samples.fill(0.5) };
    }
    createMediaStreamSource() {
      return { connect: () => log.push('connect'), disconnect: () => log.push('disconnect') };
    }
    async resume() {
      this.state = 'running';
      log.push('resume');
    }
    async close() {
      log.push('close');
    }
  }
  const audio = { AudioContext: FakeAudioContext, MediaStream: class {} } as unknown as LevelAudio;
  const clock = {
    now: () => time.nowMs(),
    setTimeout: (run: () => void, delayMs: number) => time.after(delayMs, run),
    clearTimeout: (timer: unknown) => (timer as () => void)(),
  };
  const levels: number[] = [];
  const stop = watchLevel({} as MediaStreamTrack, (level) => levels.push(level), 100, {
    audio,
    clock,
    scale: 'linear',
  });
  time.advance(250);
  stop();
  time.advance(1_000);
  expect(levels).toEqual([0.5, 0.5]);
  expect(log).toEqual(['connect', 'resume', 'disconnect', 'close']);
  expect(time.pending).toBe(0);
});

it('says nothing where there is no Web Audio', () => {
  expect(() => watchLevel({} as MediaStreamTrack, () => {})()).not.toThrow();
});
