import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasAddon } from '@madang/native';
import { pino } from 'pino';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { ConfigSchema } from '../src/config/index.js';
import { CHECK_IDS } from '../src/doctor/index.js';
import { startServer } from '../src/start/start-server.js';
import { type Ended, runCommand } from './command-process.js';
import { makeCertificate } from './make-certificate.js';

// A process each, on a machine that may be busy with something else.
vi.setConfig({ testTimeout: 60_000 });

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const Row = z.strictObject({
  id: z.enum(CHECK_IDS as [string, ...string[]]),
  subject: z.string().nullable(),
  status: z.enum(['ok', 'warn', 'bad']),
  value: z.string().min(1),
  remedy: z.string().min(1).nullable(),
});
type Row = z.infer<typeof Row>;

/** Ports that nothing else on this machine is likely to hold. */
const PORTS = ['--http-port', '0', '--https-port', '0', '--turn-port', '0', '--turns-port', '0', '--media-port', '0'];

async function doctor(args: readonly string[], how?: Parameters<typeof runCommand>[1]) {
  const ended = await runCommand(['doctor', '--json', ...PORTS, ...args], how);
  return { ...ended, rows: z.array(Row).parse(JSON.parse(ended.out)) };
}

const rowOf = (rows: readonly Row[], id: string) => rows.find((row) => row.id === id)!;

async function hold(): Promise<number> {
  const server = createServer();
  closers.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('the table for programs', () => {
  test('has rows of every check, and a remedy exactly where something is not well', async () => {
    const { rows, code, errors } = await doctor([]);
    expect([...new Set(rows.map(({ id }) => id))]).toEqual(CHECK_IDS.filter((id) => rows.some((row) => row.id === id)));
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(CHECK_IDS.filter((id) => id !== 'ice-servers')));
    for (const { id, status, remedy } of rows) expect(remedy === null, id).toBe(status === 'ok');
    expect(code).toBe(rows.some(({ status }) => status === 'bad') ? 1 : 0);
    expect(errors).toBe('');
  });
});

describe('a port', () => {
  test('that is taken names its holder, and blocks', async () => {
    const port = await hold();
    const { rows, code } = await doctor(['--http-port', String(port), '--bind', '127.0.0.1']);
    const row = rowOf(rows, 'port-http');
    expect(row).toMatchObject({ status: 'bad', remedy: expect.stringContaining('--http-port') });
    expect(row.value).toContain(`${port} (TCP) is taken by`);
    if (process.platform === 'linux') expect(row.value).toContain(`(pid ${process.pid})`);
    expect(code).toBe(1);
  });

  test('on which a Madang runs is no fault', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'madang-doctor-'));
    const udp = hasAddon() ? 0 : 'off';
    const ports = { httpPort: 0, httpsPort: 0, turnPort: udp, turnsPort: udp, mediaPort: udp, mediaThreads: 1 };
    const settings = ConfigSchema.parse({ ...ports, bind: ['127.0.0.1'], dataDir });
    const server = await startServer(settings, { log: pino({ level: 'silent' }) });
    closers.push(() => server.close());
    const { httpPort, httpsPort } = server.ports;
    const { turnPort, turnsPort } = server.turnPorts;
    const web = ['--http-port', String(httpPort), '--https-port', String(httpsPort), '--bind', '127.0.0.1'];
    const turn = ['--turn-port', String(turnPort ?? 'off'), '--turns-port', String(turnsPort ?? 'off')];
    const media = ['--media-port', String(server.mediaPorts[0] ?? 'off'), '--media-threads', '1'];
    const { rows } = await doctor([...web, ...turn, ...media, '--data-dir', dataDir]);
    const udpIds = hasAddon() ? ['port-turn', 'port-turns', 'port-media'] : [];
    for (const id of ['port-http', 'port-https', ...udpIds]) {
      expect(rowOf(rows, id)).toMatchObject({ status: 'ok', value: expect.stringMatching(/a running Madang \(.*pid/) });
    }
    expect(rowOf(rows, 'certificate').value).toMatch(/^of the local authority, until 20/);
  });
});

test.skipIf(process.platform === 'win32')('a low limit of open files is told', async () => {
  const { rows } = await doctor([], { prefix: ['/bin/sh', '-c', 'ulimit -n 300; exec "$0" "$@"'] });
  expect(rowOf(rows, 'open-files')).toMatchObject({
    status: 'warn',
    value: '300, room for about 236 connections',
    remedy: expect.stringContaining('ulimit -n'),
  });
});

describe('given certificates', () => {
  const DAY = 86_400_000;
  test('that have expired block', async () => {
    const { cert, key } = await makeCertificate({ name: 'meet.example', untilMs: Date.now() - DAY });
    const { rows, code } = await doctor(['--tls-cert', cert, '--tls-key', key]);
    expect(rowOf(rows, 'certificate')).toMatchObject({ status: 'bad', value: expect.stringMatching(/has expired/) });
    expect(code).toBe(1);
  });

  test('that are well but signed by themselves are told', async () => {
    const { cert, key } = await makeCertificate({ name: 'meet.example', untilMs: Date.now() + 90 * DAY });
    const { rows } = await doctor(['--tls-cert', cert, '--tls-key', key]);
    expect(rowOf(rows, 'certificate').status).toBe('ok');
    expect(rowOf(rows, 'certificate-names')).toMatchObject({ status: 'ok', value: 'meet.example' });
    expect(rowOf(rows, 'certificate-chain').value).toBe('signed by itself: browsers warn');
  });

  test('whose key is another’s block with the sentence of a start', async () => {
    const one = await makeCertificate({ name: 'a.example', untilMs: Date.now() + DAY });
    const other = await makeCertificate({ name: 'b.example', untilMs: Date.now() + DAY });
    const { rows, code } = await doctor(['--tls-cert', one.cert, '--tls-key', other.key]);
    expect(rowOf(rows, 'certificate').value).toContain('does not belong to the certificate');
    expect(code).toBe(1);
  });
});

test('an announced address that no interface has is told', async () => {
  const { rows } = await doctor(['--announce', '10.98.76.54']);
  expect(rowOf(rows, 'announce')).toMatchObject({ status: 'warn', value: 'no interface has 10.98.76.54' });
});

test('an address to bind that is not there blocks', async () => {
  const { rows, code } = await doctor(['--bind', '10.98.76.54']);
  expect(rowOf(rows, 'bind')).toMatchObject({ status: 'bad', value: 'no interface has 10.98.76.54' });
  expect(code).toBe(1);
});

test.runIf(process.getuid?.() !== 0)('a data directory that can not be written blocks', async () => {
  const { rows } = await doctor(['--data-dir', '/proc/madang']);
  expect(rowOf(rows, 'disk').status).toBe('bad');
});

test('a data directory that is a file blocks', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'madang-doctor-')), 'data');
  writeFileSync(file, '');
  const { rows, code } = await doctor(['--data-dir', file]);
  expect(rowOf(rows, 'disk')).toMatchObject({ status: 'bad', value: `${file} can’t be written (ENOTDIR)` });
  expect(code).toBe(1);
});

describe('settings that can not be read', () => {
  test('in the environment are a row, not a crash', async () => {
    const { rows, code } = await doctor([], { env: { MADANG_MAX_ROOMS: 'many' } });
    expect(code).toBe(1);
    expect(rows[0]).toMatchObject({ id: 'config', status: 'bad' });
    expect(rows[0]!.value).toContain('MADANG_MAX_ROOMS must be a whole number');
    expect(rowOf(rows, 'node').status).toBe('ok');
    expect(rows.some(({ id }) => id === 'port-http')).toBe(false);
  });

  test.each([
    [['--http-port', 'x'], '--http-port must be a port from 0 to 65535, or off, not "x"'],
    [['--htp-port', '1'], "unknown option '--htp-port' (Did you mean --http-port?)"],
  ])('in the flags %j end with code 2', async (args, line) => {
    const ended = await runCommand(['doctor', ...args]);
    expect(ended).toEqual({ code: 2, out: '', errors: `madang: ${line}\n` } satisfies Ended);
  });
});

test('what people see has no colours where nobody watches, in either language', async () => {
  const english = await runCommand(['doctor', ...PORTS]);
  expect(english.out).toMatch(/^Madang \d.*\n\n✓ ok {4}Settings +valid\n/);
  expect(english.out).not.toContain('\u001b');
  const korean = await runCommand(['doctor', ...PORTS], { env: { LANG: 'ko_KR.UTF-8' } });
  expect(korean.out).toMatch(/^마당 \d.*\n\n✓ 정상 {2}설정 +올바릅니다\n/);
  expect(korean.code).toBe(english.code);
});

/** A network namespace takes rights that few test machines give away. */
function mayMakeNamespaces(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('ip', ['netns', 'add', `madang-may-${process.pid}`], { stdio: 'ignore' });
    execFileSync('ip', ['netns', 'del', `madang-may-${process.pid}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!mayMakeNamespaces())('in a network of its own (needs root and iproute2)', () => {
  const name = `madang-doctor-${process.pid}`;
  const inside = { prefix: ['ip', 'netns', 'exec', name] };
  const ip = (...args: string[]) => execFileSync('ip', args);

  function makeNetwork(): void {
    ip('netns', 'add', name);
    closers.push(() => ip('netns', 'del', name));
    ip('-n', name, 'link', 'set', 'lo', 'up');
  }

  test('that is loopback only, nobody else can take part', async () => {
    makeNetwork();
    const { rows } = await doctor([], inside);
    expect(rowOf(rows, 'addresses')).toMatchObject({ status: 'warn', value: 'loopback only: no network' });
    expect(rowOf(rows, 'nat')).toMatchObject({ status: 'ok', value: 'no network' });
  });

  test('with a private address only, people elsewhere need more', async () => {
    makeNetwork();
    ip('-n', name, 'link', 'add', 'one', 'type', 'veth', 'peer', 'name', 'other');
    ip('-n', name, 'addr', 'add', '192.168.77.2/24', 'dev', 'one');
    for (const link of ['one', 'other']) ip('-n', name, 'link', 'set', link, 'up');
    const { rows } = await doctor(['--announce', '8.8.4.4'], inside);
    expect(rowOf(rows, 'addresses')).toMatchObject({ status: 'ok', value: 'IPv4 192.168.77.2; IPv6 none' });
    expect(rowOf(rows, 'announce').value).toBe('8.8.4.4, taken for a 1:1 NAT before 192.168.77.2');
    const alone = await doctor(['--bind', '0.0.0.0'], inside);
    expect(rowOf(alone.rows, 'nat')).toMatchObject({
      status: 'warn',
      value: 'only 192.168.77.2, not reachable from other networks',
    });
  });
});
