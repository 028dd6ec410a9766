import { hasAddon } from '@madang/native';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { MediaMember } from './media-member.js';
import { endAll, ready, run } from './running-process.js';
import { TestClient } from './signal-rig.js';

vi.setConfig({ testTimeout: 60_000 });

const PORTS = ['--http-port', '0', '--https-port', 'off', '--turn-port', 'off', '--turns-port', 'off'];
const FLAGS = [...PORTS, '--media-port', '0', '--media-threads', '1', '--bind', '127.0.0.1'];

const members: MediaMember[] = [];
afterEach(() => {
  for (const member of members.splice(0)) {
    member.leave();
    member.client.socket.disconnect();
  }
  endAll();
});

describe.runIf(hasAddon())('a server that is told to stop, with members of a room that goes through it', () => {
  async function call(drainSeconds: number) {
    const running = run([...FLAGS, '--mode', 'sfu', '--drain-seconds', String(drainSeconds)]);
    const url = await ready(running);
    const door = { connect: () => TestClient.connect(url) };
    for (const name of ['Ada', 'Bo']) members.push(await MediaMember.join(door, name));
    const [ada, bo] = members as [MediaMember, MediaMember];
    const voice = await ada.publish();
    const mid = (await bo.subscribe([voice])).get(voice);
    const hears = async (more: number) => {
      const before = bo.count(mid);
      await expect.poll(() => bo.count(mid), { timeout: 10_000 }).toBeGreaterThan(before + more);
    };
    await hears(5);
    return { running, url, ada, bo, hears };
  }

  test('tells them, takes nobody new, lets them go on, and ends when they have left', async () => {
    const { running, url, ada, bo, hears } = await call(60);
    running.child.kill('SIGTERM');
    for (const { client } of [ada, bo]) {
      expect(await client.hearsEvent('draining')).toMatchObject({ withinMs: 60_000 });
    }
    for (const room of ['tea', 'coffee']) {
      const late = await TestClient.connect(url);
      const join = { protocol: 1, room, name: 'Cy', mode: 'sfu', modes: ['sfu'] };
      expect(await late.refusal('join', join)).toBe('shutting_down');
      late.socket.disconnect();
    }
    await hears(20);
    // Whoever is in may still change what goes through the server.
    await bo.publish();
    // A connection that breaks meanwhile is no end.
    ada.client.socket.disconnect();
    const back = await TestClient.connect(url);
    const { token } = ada.joined.resume;
    expect(await back.request('resume', { protocol: 1, token, seq: 0 })).toMatchObject({ self: ada.id });
    await hears(5);
    await back.request('leave');
    await bo.client.request('leave');
    expect(await running.ended).toBe(0);
    back.socket.disconnect();
  });

  test('ends their call when they stay longer than it waits', async () => {
    const { running, ada, bo } = await call(1);
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    await Promise.all([ada, bo].map(({ client }) => client.closed()));
  });

  test('ends at once when it is told so again', async () => {
    const { running, ada } = await call(60);
    running.child.kill('SIGTERM');
    await ada.client.hearsEvent('draining');
    await new Promise((resolve) => setTimeout(resolve, 300));
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(143);
    await ada.client.closed();
  });
});
