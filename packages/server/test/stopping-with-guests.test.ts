import { hasAddon } from '@madang/native';
import * as datachannel from 'node-datachannel';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { MediaGuest } from './media-guest.js';
import { endAll, ready, run } from './running-process.js';
import { offer, WhipGuest } from './whip-guest.js';
import { problemOf } from './whip-rig.js';

vi.setConfig({ testTimeout: 60_000 });

const PORTS = ['--http-port', '0', '--https-port', 'off', '--turn-port', 'off', '--turns-port', 'off'];
const FLAGS = [...PORTS, '--media-port', '0', '--media-threads', '1', '--bind', '127.0.0.1'];

const guests: WhipGuest[] = [];
afterEach(() => {
  for (const guest of guests.splice(0)) guest.close();
  endAll();
});
afterAll(() => datachannel.cleanup());

async function enter(door: string): Promise<WhipGuest> {
  const guest = await WhipGuest.enter(door);
  guests.push(guest);
  return guest;
}

async function serve(drainSeconds: number) {
  const running = run([...FLAGS, '--drain-seconds', String(drainSeconds)]);
  const url = await ready(running);
  const [publisher, viewer] = [await enter(`${url}/whip/tea`), await enter(`${url}/whep/tea`)];
  return { running, url, publisher, viewer };
}

async function draining(url: string): Promise<void> {
  await expect.poll(async () => (await fetch(`${url}/healthz`)).status, { timeout: 10_000 }).toBe(503);
}

describe.runIf(hasAddon())('a server that is told to stop, with guests of WHIP and WHEP in it', () => {
  test('takes no new ones, lets those stay who are there, and ends when they have left', async () => {
    const { running, url, publisher, viewer } = await serve(60);
    running.child.kill('SIGTERM');
    await draining(url);
    for (const door of ['whip/tea', 'whep/tea', 'whip/other']) {
      const refused = await offer(`${url}/${door}`, await MediaGuest.offer('SendOnly'));
      expect(refused.headers.get('retry-after')).toBe('5');
      expect(await problemOf(refused)).toBe('503 draining');
    }
    expect([publisher.state, viewer.state]).toEqual(['connected', 'connected']);
    expect(await publisher.takeLeave()).toBe(200);
    expect(await viewer.takeLeave()).toBe(200);
    expect(await running.ended).toBe(0);
  });

  test('takes leave of those who stay longer than it waits', async () => {
    const { running, publisher, viewer } = await serve(1);
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    // They are told so: without a word they would look for the server for half a minute.
    await expect.poll(() => [publisher.state, viewer.state], { timeout: 10_000 }).toEqual(['closed', 'closed']);
  });

  test('ends at once when it is told so again', async () => {
    const { running, url } = await serve(60);
    running.child.kill('SIGTERM');
    await draining(url);
    await new Promise((resolve) => setTimeout(resolve, 300));
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(143);
  });
});
