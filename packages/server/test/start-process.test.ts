import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasAddon } from '@madang/native';
import { io, type Socket } from 'socket.io-client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { endAll, ready, run } from './running-process.js';

// Starting a process is quick, unless the machine is busy with something else.
vi.setConfig({ testTimeout: 60_000 });

const NO_TURN = ['--turn-port', 'off', '--turns-port', 'off', '--media-port', 'off'];
const QUIET = ['--http-port', '0', '--https-port', 'off', '--bind', '127.0.0.1', ...NO_TURN];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  endAll();
});

interface Member {
  socket: Socket;
  events: { type: string }[];
  reply: { ok: true; resume: { token: string }; room: object };
}

/** A member, who hears what the room says. */
async function enterRoom(url: string, more: object = {}): Promise<Member> {
  const socket = io(url, { transports: ['websocket'], reconnection: false });
  sockets.push(socket);
  const events: { type: string }[] = [];
  socket.on('event', (event: { type: string }) => events.push(event));
  const reply = await socket.timeout(5_000).emitWithAck('join', { protocol: 1, room: 'tea', name: 'Min', ...more });
  expect(reply).toMatchObject({ ok: true });
  return { socket, events, reply };
}

describe('a start', () => {
  test('ends what it prints with the line ready, when it answers', async () => {
    const running = run([...QUIET, '--data-dir', 'kept']);
    const url = await ready(running);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const lines = running.out().trimEnd().split('\n');
    expect(lines.at(-1)).toBe(`ready ${url}`);
    expect(running.out()).toContain('open to whoever reaches the port');
    expect(JSON.parse(running.errors().trim().split('\n').at(-1)!)).toMatchObject({ msg: 'started' });
  });

  test('without a media server opens rooms peer to peer, though the usual mode is another', async () => {
    const { reply } = await enterRoom(await ready(run(QUIET)), { modes: ['p2p', 'sfu', 'auto'] });
    expect(reply.room).toMatchObject({ mode: 'p2p', media: 'p2p' });
  });

  // Elapsed time would measure what else the machine is doing; most of a start is computing.
  test.runIf(process.platform === 'linux')('takes less than two seconds of computing', async () => {
    const running = run(QUIET);
    await ready(running);
    // proc(5): after the name in brackets, utime and stime are the 12th and 13th, in hundredths of a second.
    const fields = readFileSync(`/proc/${running.child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    const seconds = (Number(fields[11]) + Number(fields[12])) / 100;
    expect(seconds).toBeGreaterThan(0.05);
    expect(seconds).toBeLessThan(2);
  });

  test('speaks the language of the system, and ends with ready all the same', async () => {
    const running = run([...QUIET, '--turns-port', '5349', '--max-rooms', '7'], { LANG: 'ko_KR.UTF-8' });
    const url = await ready(running);
    expect(running.out()).toContain('포트에 닿는 누구에게나 열려 있습니다');
    expect(running.out()).toContain('--turns-port가 쓰이지 않습니다');
    expect(running.out()).toMatch(/^! 주의 +기다리는 주소 +127\.0\.0\.1\. 이 컴퓨터에서만/m);
    expect(running.out().trimEnd().split('\n').at(-1)).toBe(`ready ${url}`);
    expect(JSON.parse(running.errors().trim().split('\n').at(-1)!)).toMatchObject({ msg: 'started' });
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    expect(running.out()).toMatch(/\n멈춥니다\.\n멈췄습니다\.\n$/);
  });

  test('speaks the language of the file once that is read', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'madang-lang-')), 'madang.yaml');
    writeFileSync(file, 'lang: ko\n');
    const running = run([...QUIET, '--config', file], { LANG: 'en_US.UTF-8' });
    await ready(running);
    expect(running.out()).toContain('포트에 닿는 누구에게나');
  });

  test('prints one line of JSON instead of the table when asked', async () => {
    const running = run(['start', ...QUIET, '--json']);
    const url = await ready(running);
    const [line, ...rest] = running.out().trimEnd().split('\n');
    expect(JSON.parse(line!)).toMatchObject({
      httpPort: Number(new URL(url).port),
      httpsPort: null,
      rooms: 'open',
      trust: null,
    });
    expect(rest).toEqual([`ready ${url}`]);
  });

  test('over HTTPS shows a code to scan for each address of the network, and the page that helps with the warning', async () => {
    const running = run(['--http-port', '0', '--https-port', '0', ...NO_TURN, '--announce', '192.168.7.7']);
    await ready(running);
    expect(running.out()).toMatch(/\nhttps:\/\/192\.168\.7\.7:\d+\n[█▀▄ ]+\n/);
    expect(running.out()).toMatch(/http:\/\/192\.168\.7\.7:\d+\/trust/);
    expect(running.out()).not.toContain('PRIVATE KEY');
  });

  test.runIf(hasAddon())('shows where STUN and TURN are, each way with the answer to a real request', async () => {
    const where = ['--http-port', '0', '--https-port', '0', '--bind', '127.0.0.1'];
    const running = run([...where, '--turn-port', '0', '--turns-port', '0', '--media-port', 'off', '--lang', 'en']);
    await ready(running);
    expect(running.out()).toMatch(/^On this machine +http:\/\/localhost:\d+ ✓ {2}https:\/\/localhost:\d+ ✓$/m);
    expect(running.out()).toMatch(/^STUN and TURN +127\.0\.0\.1 {2}UDP (\d+) ✓ {2}TCP \1 ✓ {2}TLS \d+ ✓$/m);
  });

  test.runIf(hasAddon())('marks an address that is announced and leads nowhere', async () => {
    const where = ['--http-port', '0', '--https-port', 'off', '--announce', '192.0.2.77', '--turn-port', '0'];
    const running = run([...where, '--media-port', '0', '--lang', 'en']);
    await ready(running);
    expect(running.out()).toMatch(/^From other machines +http:\/\/192\.0\.2\.77:\d+ ✗ no answer from this machine$/m);
    expect(running.out()).toMatch(/^STUN and TURN +192\.0\.2\.77 {2}UDP \d+ ✗ no answer from this machine/m);
    expect(running.out()).toMatch(/^Media +192\.0\.2\.77 {2}UDP \d+ ✗ no answer from this machine/m);
  });

  test('goes on without STUN and TURN where the addon can not be loaded, and says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'madang-no-addon-'));
    const hook = join(folder, 'no-addon.cjs');
    writeFileSync(hook, "require('node:module')._extensions['.node'] = () => { throw new Error('not built'); };");
    const where = [
      '--http-port',
      '0',
      '--https-port',
      'off',
      '--bind',
      '127.0.0.1',
      '--turn-port',
      '0',
      '--media-port',
      '0',
      '--lang',
      'en',
    ];
    const running = run(where, { NODE_OPTIONS: `--require ${hook}` });
    const url = await ready(running);
    expect(running.out()).toMatch(/^Warning +no STUN and TURN: the media addon is not built/m);
    expect(running.out()).toMatch(/^Warning +no media server: the media addon is not built/m);
    expect(running.out()).not.toContain('STUN and TURN  ');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test.runIf(hasAddon())(
    'shows where media is taken, each address and thread with the answer to a real check',
    async () => {
      const running = run([...QUIET, '--media-port', '0', '--media-threads', '2', '--lang', 'en']);
      await ready(running);
      expect(running.out()).toMatch(/^Media +127\.0\.0\.1 {2}UDP (\d+) ✓ {2}TCP \1 ✓ {2}UDP (\d+) ✓ {2}TCP \2 ✓$/m);
    },
  );

  test('says what has no effect, and starts all the same', async () => {
    const running = run([...QUIET, '--turns-port', '5349', '--lang', 'en']);
    await ready(running);
    expect(running.out()).toContain('--turns-port has no effect');
  });
});

describe('what can not be started ends with code 2 and one line', () => {
  test.each<[string[], Record<string, string>, RegExp]>([
    [['--htp-port', '1'], {}, /^madang: unknown option '--htp-port' \(Did you mean --http-port\?\)\n$/],
    [['--mode', 'sfu', '--media-port', 'off'], {}, /^madang: --mode sfu needs the media server.*\n$/],
    [
      QUIET,
      { MADANG_DATADIR: 'x' },
      /^madang: unknown environment variable MADANG_DATADIR \(did you mean MADANG_DATA_DIR\?\)\n$/,
    ],
    [['--http-port', 'x'], { LANG: 'ko_KR.UTF-8' }, /^madang: --http-port: 0부터 65535까지의 .*받은 값: "x"\n$/],
    [['--tls-cert', 'a.pem', '--tls-key', 'b.pem'], {}, /^madang: --tls-cert .*a\.pem: there is no such file\n$/],
  ])('%j %j', async (args, env, line) => {
    const running = run(args, env);
    expect(await running.ended).toBe(2);
    expect(running.errors()).toMatch(line);
    expect(running.out()).toBe('');
  });

  test('a port in use, with who uses it', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const running = run([...QUIET, '--http-port', String(port)]);
    expect(await running.ended).toBe(2);
    server.close();
    expect(running.errors()).toMatch(
      new RegExp(`^madang: port ${port} is in use.*; choose another one with --http-port\\n$`),
    );
    if (process.platform === 'linux') expect(running.errors()).toContain(`(pid ${process.pid})`);
  });
});

describe('a stop', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s with nobody there ends at once with code 0', async (signal) => {
    const running = run(QUIET);
    await ready(running);
    running.child.kill(signal);
    expect(await running.ended).toBe(0);
  });

  test('tells members, waits for them to leave, and takes nobody new', async () => {
    const running = run([...QUIET, '--drain-seconds', '30']);
    const url = await ready(running);
    const { socket, events } = await enterRoom(url);
    running.child.kill('SIGTERM');
    await expect
      .poll(() => events, { timeout: 10_000 })
      .toContainEqual(expect.objectContaining({ type: 'draining', withinMs: 30_000 }));
    expect((await fetch(`${url}/healthz`)).status).toBe(503);
    const late = io(url, { transports: ['websocket'], reconnection: false, forceNew: true });
    sockets.push(late);
    const refused = await late.timeout(5_000).emitWithAck('join', { protocol: 1, room: 'other', name: 'Late' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'shutting_down' } });
    await socket.timeout(5_000).emitWithAck('leave', {});
    expect(await running.ended).toBe(0);
  });

  test('waits no longer than it should for members who stay', async () => {
    const running = run([...QUIET, '--drain-seconds', '1']);
    await enterRoom(await ready(running));
    const begun = performance.now();
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    expect(performance.now() - begun).toBeGreaterThan(900);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });

  test('is forced by a second signal', async () => {
    const running = run([...QUIET, '--drain-seconds', '60']);
    const { events } = await enterRoom(await ready(running));
    running.child.kill('SIGTERM');
    await expect.poll(() => events, { timeout: 10_000 }).toContainEqual(expect.objectContaining({ type: 'draining' }));
    await pause(250);
    const begun = performance.now();
    running.child.kill('SIGTERM');
    expect(await running.ended).not.toBe(0);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  test('takes the same signal from terminal and npm as one', async () => {
    const running = run([...QUIET, '--drain-seconds', '1']);
    await enterRoom(await ready(running));
    running.child.kill('SIGINT');
    await pause(20);
    running.child.kill('SIGINT');
    expect(await running.ended).toBe(0);
  });
});

test('no secret that was issued stands in the log, however much is logged', async () => {
  const running = run([...QUIET, '--log-level', 'trace', '--drain-seconds', '0'], {
    MADANG_ICE_SERVER: '[{"urls":"turn:a.example","username":"u","credential":"hunter2-turn"}]',
  });
  const { socket, reply } = await enterRoom(await ready(running));
  await socket.timeout(5_000).emitWithAck('chat', { text: 'private-word' });
  await socket.timeout(5_000).emitWithAck('resume', { protocol: 1, token: 'made-up-token', seq: 0 });
  socket.disconnect();
  running.child.kill('SIGTERM');
  expect(await running.ended).toBe(0);
  const said = running.out() + running.errors();
  expect(said).toContain('stopped');
  for (const secret of [reply.resume.token, 'hunter2-turn', 'made-up-token', 'private-word']) {
    expect(secret.length).toBeGreaterThan(5);
    expect(said).not.toContain(secret);
  }
});
