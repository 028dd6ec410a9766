// The openssl command in the place of a guest whose checks were right: whatever it offers that is not good enough ends there.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DtlsIdentity, hasAddon } from '@madang/native';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isOnPath } from '../../../scripts/debian.mjs';
import { AttackedRoom } from './attacked-room.js';
import { Bridge } from './bridge.js';

const SRTP = ['-use_srtp', 'SRTP_AEAD_AES_128_GCM'];

describe.skipIf(!hasAddon() || !isOnPath('openssl'))('a guest whose checks are right', () => {
  let room: AttackedRoom;
  let bridge: Bridge;
  let folder: string;
  let command: ChildProcess | null = null;

  beforeEach(async () => {
    room = await AttackedRoom.open();
    bridge = await Bridge.open(room.port);
    folder = mkdtempSync(join(tmpdir(), 'madang-guest-'));
  });
  afterEach(() => {
    command?.kill('SIGKILL');
    command = null;
    bridge.close();
    room.close();
    rmSync(folder, { recursive: true });
  });

  /** The arguments that show a certificate nobody announced. */
  function otherCertificate(): string[] {
    const { certificate, key } = DtlsIdentity.generate().exportPem();
    writeFileSync(join(folder, 'certificate.pem'), certificate);
    writeFileSync(join(folder, 'key.pem'), key);
    return ['-cert', join(folder, 'certificate.pem'), '-key', join(folder, 'key.pem')];
  }

  /** Sends a right check, and lets `openssl` go on with DTLS; resolves with how it ended for the room. */
  async function endOf(args: readonly string[]): Promise<unknown> {
    const { browser } = room.guest('publish', 'anna', { by: bridge.port });
    browser.check();
    await room.until(() => browser.answers.length > 0);
    command = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${bridge.port}`, ...args], { stdio: 'ignore' });
    await room.until(() => room.events.some(({ type }) => type !== 'flow'));
    return room.events[0];
  }

  test.each([
    ['no certificate', () => ['-dtls1_2', ...SRTP]],
    ['another certificate than it announced', () => ['-dtls1_2', ...SRTP, ...otherCertificate()]],
    ['no profile of SRTP', () => ['-dtls1_2', ...otherCertificate()]],
    ['a suite without encryption', () => ['-dtls1_2', ...SRTP, '-cipher', 'NULL-SHA256:@SECLEVEL=0']],
    ['a suite without forward secrecy', () => ['-dtls1_2', ...SRTP, '-cipher', 'AES128-GCM-SHA256']],
    ['a suite in CBC mode', () => ['-dtls1_2', ...SRTP, '-cipher', 'ECDHE-ECDSA-AES128-SHA']],
    ['DTLS 1.0', () => ['-dtls1', ...SRTP, '-cipher', 'ALL:@SECLEVEL=0']],
  ])('that has %s is not let in, and is sent no media', async (_name, args) => {
    expect(await endOf(args())).toMatchObject({ type: 'closed', connection: 'anna' });
    expect(room.events.some(({ type }) => type === 'connected')).toBe(false);
    expect(bridge.down.filter((bytes) => bytes[0]! >= 128)).toEqual([]);
    expect(room.counts().peersOpen).toBe(0);
  });
});
