import { expect, test } from 'vitest';
import { inEnglish } from '../verdict.js';
import { judgePorts, type PortState, type PortsReading, type TriedPort } from './ports.js';

const FREE: PortState = { kind: 'free' };
const TAKEN: PortState = { kind: 'taken', by: 'nginx (pid 7)', madang: false };
const tcp = (port: number, state: PortState): TriedPort => ({ transport: 'TCP', port, state });
const WEB: PortsReading = { flag: '--http-port', setting: 'one', ports: '8080', tried: [] };

test.each<[string, Partial<PortsReading>, string, string]>([
  ['off', { setting: 'off', ports: 'off' }, 'ok', 'off'],
  ['any', { setting: 'any', ports: '0' }, 'ok', 'any free one'],
  ['free', { tried: [tcp(8_080, FREE)] }, 'ok', '8080 (TCP) free'],
  ['taken', { tried: [tcp(8_080, TAKEN)] }, 'bad', '8080 (TCP) is taken by nginx (pid 7)'],
  [
    'taken by one who is hidden',
    { tried: [tcp(8_080, { ...TAKEN, by: undefined })] },
    'bad',
    '8080 (TCP) is taken by a process that this user can’t see',
  ],
  [
    'taken by a Madang',
    { tried: [tcp(8_080, { kind: 'taken', by: 'node (pid 7)', madang: true })] },
    'ok',
    '8080: a running Madang (node (pid 7))',
  ],
  ['forbidden', { tried: [tcp(80, { kind: 'forbidden' })] }, 'bad', '80 (TCP) may not be opened by this user'],
  [
    'impossible',
    { tried: [tcp(8_080, { kind: 'failed', code: 'EADDRNOTAVAIL' })] },
    'bad',
    '8080 (TCP) can’t be opened (EADDRNOTAVAIL)',
  ],
  [
    'taken for UDP only',
    { tried: [tcp(3_478, FREE), { transport: 'UDP', port: 3_478, state: TAKEN }] },
    'bad',
    '3478 (UDP) is taken by nginx (pid 7)',
  ],
  [
    'a range with some taken',
    { setting: 'sampled', tried: [tcp(1, FREE), tcp(2, TAKEN)] },
    'warn',
    '1 of 2 tried are taken, 2 (TCP) by nginx (pid 7)',
  ],
  [
    'a range with all taken',
    { setting: 'sampled', tried: [tcp(2, TAKEN)] },
    'bad',
    '1 of 1 tried are taken, 2 (TCP) by nginx (pid 7)',
  ],
])('%s', (_what, changes, status, value) => {
  expect(inEnglish(judgePorts({ ...WEB, ...changes }))).toMatchObject({ status, value });
});

test.each<[PortState, string]>([
  [TAKEN, 'Stop that process, or choose another port with --http-port.'],
  [{ kind: 'forbidden' }, 'Choose a port above 1023 with --http-port'],
  [{ kind: 'failed', code: 'EIO' }, 'Correct --bind'],
])('the remedy for %j', (state, remedy) => {
  expect(inEnglish(judgePorts({ ...WEB, tried: [tcp(8_080, state)] })).remedy).toContain(remedy);
});
