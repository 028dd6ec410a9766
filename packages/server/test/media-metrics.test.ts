import { hasAddon } from '@madang/native';
import * as datachannel from 'node-datachannel';
import { Registry } from 'prom-client';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { MediaThreads, registerMediaMetrics } from '../src/media/index.js';
import { DataGuest } from './data-guest.js';
import { MediaGuest, until } from './media-guest.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => datachannel.cleanup());

async function twoThreads(): Promise<{ media: MediaThreads; read(name: string): Promise<number | undefined> }> {
  const media = await MediaThreads.open({ bind: ['127.0.0.1'], announce: [], port: 0 }, 2, {
    onCrash() {},
    onFault() {},
  });
  closers.push(() => media.close());
  const registry = new Registry();
  registerMediaMetrics(registry, media);
  return {
    media,
    async read(name) {
      const line = (await registry.metrics()).split('\n').find((each) => each.startsWith(`madang_media_${name} `));
      return line === undefined ? undefined : Number(line.split(' ')[1]);
    },
  };
}

describe.runIf(hasAddon())('of each media thread an operator is told', () => {
  test('what passes through it, and nothing of the other one', async () => {
    const { media, read } = await twoThreads();
    const [busy, idle] = media.threads.map(({ port }) => port);
    const ada = await MediaGuest.publish(media, 'tea');
    const bo = await MediaGuest.view(media, 'tea');
    closers.push(
      () => ada.leave(),
      () => bo.leave(),
    );
    await until(() => bo.sounds.length > 10);
    expect(await read(`connections{thread="${busy}"}`)).toBe(2);
    expect(await read(`connections{thread="${idle}"}`)).toBe(0);
    expect(await read(`packets_total{thread="${busy}",what="published"}`)).toBeGreaterThan(10);
    expect(await read(`packets_total{thread="${busy}",what="forwarded"}`)).toBeGreaterThan(10);
    expect(await read(`packets_total{thread="${idle}",what="forwarded"}`)).toBe(0);
    expect(await read(`bytes_total{thread="${busy}",direction="sent"}`)).toBeGreaterThan(1_000);
    expect(await read(`dropped_total{thread="${busy}",reason="srtp_authentication"}`)).toBe(0);
    expect(await read(`event_loop_lag_seconds{thread="${busy}",quantile="0.99"}`)).toBeGreaterThanOrEqual(0);
    expect(await read(`busy_seconds_total{thread="${idle}"}`)).toBeGreaterThan(0);
  });

  test('what members say on data channels, and what of it was for nobody', async () => {
    const { media, read } = await twoThreads();
    const thread = media.threads[0]!.port;
    const [ada, bo] = [await DataGuest.join(media, 'ada'), await DataGuest.join(media, 'bo')];
    closers.push(
      () => ada.close(),
      () => bo.close(),
    );
    ada.say(Buffer.from('hello'));
    await until(() => bo.heard.length === 1);
    bo.raw(Buffer.from('no message'));
    await until(() => bo.isClosed);
    expect(await read(`data_messages_total{thread="${thread}",what="said"}`)).toBe(1);
    expect(await read(`data_messages_total{thread="${thread}",what="passed"}`)).toBe(1);
    // With its head: two bytes as it is said, and the name of who said it as it is passed on.
    expect(await read(`data_bytes_total{thread="${thread}",what="said"}`)).toBe(7);
    expect(await read(`data_bytes_total{thread="${thread}",what="passed"}`)).toBe(10);
    expect(await read(`data_lanes{thread="${thread}"}`)).toBe(1);
    expect(await read(`data_lanes_closed_total{thread="${thread}",reason="message"}`)).toBe(1);
    expect(await read(`data_unheard_total{thread="${thread}",reason="full"}`)).toBe(0);
    expect(await read(`data_packets_dropped_total{thread="${thread}",reason="checksum"}`)).toBe(0);
  });

  test.runIf(process.platform === 'linux')('how much of the processor it took by itself', async () => {
    const { media, read } = await twoThreads();
    const [first, second] = media.threads.map(({ port }) => port);
    const own = (await read(`cpu_seconds_total{thread="${first}"}`))!;
    const other = (await read(`cpu_seconds_total{thread="${second}"}`))!;
    expect(own).toBeGreaterThan(0);
    const { user, system } = process.cpuUsage();
    expect(own + other).toBeLessThan((user + system) / 1e6);
  });

  test('that it is gone, while the others go on telling', async () => {
    const { media, read } = await twoThreads();
    const [gone, there] = media.threads.map(({ port }) => port);
    await media.threads[0]!.crash();
    expect(await read(`thread_up{thread="${gone}"}`)).toBe(0);
    expect(await read(`connections{thread="${gone}"}`)).toBeUndefined();
    expect(await read(`connections{thread="${there}"}`)).toBe(0);
    expect(await read(`thread_up{thread="${there}"}`)).toBe(1);
    expect(await read(`thread_deaths_total{thread="${gone}"}`)).toBe(1);
    expect(await read(`thread_deaths_total{thread="${there}"}`)).toBe(0);
  });
});
