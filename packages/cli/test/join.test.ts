import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

// Starting a process is quick, unless the machine is busy with something else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** These tests run the program as it is installed: built. */
const PROGRAM = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'madang-join-'));
const children: ChildProcess[] = [];

class Running {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  out = '';
  errors = '';

  constructor(...args: string[]) {
    this.child = spawn(process.execPath, [PROGRAM, ...args], { cwd: directory, env: { PATH: process.env.PATH ?? '' } });
    children.push(this.child);
    this.child.stdout!.setEncoding('utf8').on('data', (text) => {
      this.out += text;
    });
    this.child.stderr!.setEncoding('utf8').on('data', (text) => {
      this.errors += text;
    });
    this.ended = new Promise((resolve) => this.child.on('close', resolve));
  }

  async prints(text: RegExp): Promise<void> {
    await vi.waitFor(() => expect(this.out).toMatch(text), { timeout: 30_000 });
  }

  types(text: string): void {
    this.child.stdin!.write(`${text}\n`);
  }
}

let http = '';
let https = '';

beforeAll(async () => {
  const server = new Running(
    'start',
    '--http-port',
    '0',
    '--https-port',
    '0',
    '--bind',
    '127.0.0.1',
    '--turn-port',
    'off',
    '--turns-port',
    'off',
    '--media-port',
    'off',
  );
  await server.prints(/^ready .*\n/m);
  [, http, https] = /^ready (\S+) (\S+)/m.exec(server.out) as unknown as [string, string, string];
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

test('two terminals share a room: who comes, what is said, who goes', async () => {
  const min = new Running('join', 'tea', '--name', 'Min', '--url', http);
  await min.prints(/^\* in tea with nobody$/m);
  const jo = new Running('join', `${http}/r/tea`, '--name', 'Jo', '--json');
  await min.prints(/^\* Jo joined$/m);
  jo.types('안녕 there');
  await min.prints(/^Jo: 안녕 there$/m);
  min.types('hello');
  await jo.prints(/"type":"chat".*"name":"Min","text":"hello"/);
  expect(
    jo.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).type)[0],
  ).toBe('joined');
  jo.child.kill('SIGTERM');
  expect(await jo.ended).toBe(0);
  await min.prints(/^\* Jo left$/m);
  min.child.kill('SIGINT');
  expect(await min.ended).toBe(0);
});

test('the local authority is trusted when it is named, and only then', async () => {
  const refused = new Running('join', 'safe', '--name', 'Min', '--url', https);
  const authority = join(directory, 'data', 'tls', 'authority.pem');
  const trusted = new Running('join', 'safe', '--name', 'Jo', '--url', https, '--ca', authority);
  await trusted.prints(/^\* in safe with nobody$/m);
  expect(await refused.ended).toBe(1);
  expect(refused.errors).toMatch(/^madang: can't join safe at https:.*\(not_connected\).*--ca\n$/);
  expect(refused.out).toBe('');
});

test('what the server refuses is one line with its code', async () => {
  const running = new Running('join', '///', '--name', 'Min', '--url', http);
  expect(await running.ended).toBe(1);
  expect(running.errors).toMatch(/^madang: can't join \/\/\/ at .* \(bad_request\)\n$/);
});

test.each([
  [['join'], /^madang: missing required argument 'room'\n$/],
  [['join', 'tea', '--url', 'nowhere'], /^madang: --url must be an address/],
  [['join', 'tea', '--ca', 'none.pem'], /^madang: --ca none\.pem: there is no such file\n$/],
])('%j ends with code 2', async (args, line) => {
  const running = new Running(...args);
  expect(await running.ended).toBe(2);
  expect(running.errors).toMatch(line);
});
