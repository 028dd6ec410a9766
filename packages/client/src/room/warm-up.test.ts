import { expect, test } from 'vitest';
import { warmUp } from './warm-up.js';

/** Counts what is made and closed, and fails where it is told to. */
function connections(fails = false) {
  const log: string[] = [];
  class Connection {
    localDescription = { type: 'offer', sdp: '' };
    constructor() {
      log.push('open');
    }
    addTransceiver(kind: string): void {
      log.push(kind);
    }
    async setLocalDescription(): Promise<void> {
      if (fails) throw new Error('no codecs');
      log.push('local');
    }
    async setRemoteDescription(): Promise<void> {
      log.push('remote');
    }
    close(): void {
      log.push('close');
    }
  }
  return { log, Connection: Connection as unknown as typeof RTCPeerConnection };
}

test('two connections agree once for a page, and are closed', async () => {
  const { log, Connection } = connections();
  await warmUp(Connection);
  await warmUp(Connection);
  expect(log).toEqual(['open', 'open', 'audio', 'video', 'local', 'remote', 'local', 'remote', 'close', 'close']);
});

test('a browser that fails is left in peace, and nothing stays open', async () => {
  const { log, Connection } = connections(true);
  await expect(warmUp(Connection)).resolves.toBeUndefined();
  expect(log.filter((word) => word === 'close')).toHaveLength(2);
});

test('without any there is nothing to do', async () => {
  await expect(warmUp(undefined)).resolves.toBeUndefined();
});
