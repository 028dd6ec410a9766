import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONFIG_KEYS } from '@madang/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '../src/index.js';

const directory = mkdtempSync(join(tmpdir(), 'madang-command-'));
const exitCodeBefore = process.exitCode;

beforeEach(() => {
  for (const name of Object.keys(process.env)) {
    if (/^(?:MADANG_|LC_|LANG$)/.test(name)) vi.stubEnv(name, undefined);
  }
  vi.spyOn(process, 'cwd').mockReturnValue(directory);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = exitCodeBefore;
});

/** Runs a command line in this process. */
async function run(...argv: string[]): Promise<{ code: number; out: string; errors: string }> {
  let out = '';
  let errors = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors += String(text);
    return true;
  });
  process.exitCode = 0;
  await main(argv);
  return { code: Number(process.exitCode), out, errors };
}

describe('what is wrong ends with code 2 and one line', () => {
  test.each<[string[], string]>([
    [['--http-port', 'x'], 'madang: --http-port must be a port from 0 to 65535, or off, not "x"\n'],
    [['start', '--htp-port', '1'], "madang: unknown option '--htp-port' (Did you mean --http-port?)\n"],
    [['--http-port'], "madang: option '--http-port <PORT>' argument missing\n"],
    [['--config', 'none.yaml'], 'madang: none.yaml: there is no such file\n'],
    [['--mode', 'auto', '--media-port', 'off'], 'madang: --mode auto needs the media server: --media-port is off\n'],
    [['strat'], "madang: unknown command 'strat' (Did you mean start?)\n"],
    [['start', 'room'], "madang: too many arguments for 'start'. Expected 0 arguments but got 1.\n"],
    [['config', 'chek'], "madang: unknown command 'chek' (Did you mean check?)\n"],
    [
      ['config', 'check', '--relay-ports', '5-3'],
      'madang: --relay-ports must be two ports from 1024 as in 49152-65535, not "5-3"\n',
    ],
  ])('%j', async (argv, line) => {
    expect(await run(...argv)).toEqual({ code: 2, out: '', errors: line });
  });
});

test.each([['--help'], ['start', '--help'], ['help', 'start']])('%s %s lists every flag', async (...argv) => {
  const { code, out } = await run(...argv);
  expect(code).toBe(0);
  for (const { flag, env } of CONFIG_KEYS) {
    expect(out).toMatch(new RegExp(`--${flag}\\b`));
    expect(out).toContain(env);
  }
});

describe('in Korean', () => {
  const HANGUL = /\p{Script=Hangul}/u;

  test.each(['start', 'doctor', 'config check', 'config print'])('%s explains every flag', async (command) => {
    const { code, out } = await run(...command.split(' '), '--help', '--lang', 'ko');
    expect(code).toBe(0);
    expect(out).toMatch(/^사용법: madang .*\[옵션\](?: \[명령\])?\n/);
    const paragraphs = out.split(/\n(?= {2}-)/).slice(1);
    expect(paragraphs).toHaveLength(CONFIG_KEYS.length + 2);
    for (const paragraph of paragraphs) expect(paragraph).toMatch(HANGUL);
    expect(out).not.toMatch(/Usage|Options|Addresses|no effect|repeated/);
  });

  test.each(['join', 'config init', 'config', 'help'])('%s has no English heading', async (command) => {
    const { code, out } = await run(...command.split(' '), ...(command === 'help' ? [] : ['--help']), '--lang', 'ko');
    expect(code).toBe(0);
    for (const line of out.split('\n').filter((text) => /^ {2}\S/.test(text))) expect(line).toMatch(HANGUL);
    expect(out).not.toMatch(/Usage:|Options:|Commands:|Arguments:/);
  });

  test.each<[string[], string]>([
    [['start', '--htp-port', '1'], "madang: 모르는 옵션입니다: '--htp-port' (혹시 --http-port?)\n"],
    [['--http-port'], "madang: 옵션 '--http-port <PORT>'에 값이 없습니다\n"],
    [['strat'], "madang: 모르는 명령입니다: 'strat' (혹시 start?)\n"],
    [['join'], "madang: 인자 'room' 값을 적어 주세요\n"],
    [['start', 'room'], "madang: 'start' 명령의 인자는 0개인데 1개를 받았습니다.\n"],
    [
      ['--relay-ports', '5-3'],
      'madang: --relay-ports: 49152-65535처럼 1024 이상의 포트 두 개를 적어 주세요. 받은 값: "5-3"\n',
    ],
    [['--config', 'none.yaml'], 'madang: none.yaml: 그런 파일이 없습니다\n'],
    [
      ['turn-credentials', '--name', 'a b'],
      'madang: --name: 공백 없이 128자 이하의 출력 가능한 ASCII 문자를 적어 주세요. 받은 값: "a b"\n',
    ],
    [['join', 'tea', '--url', 'x'], 'madang: --url: https://example.org 같은 주소를 적어 주세요. 받은 값: "x"\n'],
  ])('%j is refused', async (argv, errors) => {
    vi.stubEnv('LC_ALL', 'ko_KR.UTF-8');
    expect(await run(...argv)).toEqual({ code: 2, out: '', errors });
  });

  test.each(['join', 'config'])('%s refuses a language that is none', async (command) => {
    const rest = command === 'join' ? ['join', 'tea'] : ['config', 'init', 'x.yaml'];
    const { code, errors } = await run(...rest, '--lang', 'tlh');
    expect([code, errors]).toEqual([2, 'madang: --lang must be en or ko, not "tlh"\n']);
  });
});

test('help lists the commands', async () => {
  const { out } = await run('help');
  for (const command of ['start', 'doctor', 'config', 'join', 'turn-credentials'])
    expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
});

test('the version is that of the package', async () => {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  expect(await run('--version')).toMatchObject({ code: 0, out: `${JSON.parse(file).version}\n` });
});

describe('config', () => {
  test('print shows what is in force and where it comes from, without credentials', async () => {
    vi.stubEnv('MADANG_ICE_SERVER', '[{"urls":"turn:a.example","username":"u","credential":"hunter2"}]');
    const { code, out } = await run('config', 'print', '--http-port', '81');
    expect(code).toBe(0);
    expect(out).toContain('# --http-port\nhttp-port: 81\n');
    expect(out).toContain('# MADANG_ICE_SERVER, credentials hidden');
    expect(out).not.toContain('hunter2');
  });

  test('print as JSON has every key, and no credentials either', async () => {
    vi.stubEnv('MADANG_ICE_SERVER', '[{"urls":"turn:a.example","username":"u","credential":"hunter2"}]');
    const { out } = await run('config', 'print', '--json');
    expect(Object.keys(JSON.parse(out))).toEqual(CONFIG_KEYS.map(({ flag }) => flag));
    expect(out).not.toContain('hunter2');
  });

  test('init writes a file that check finds right, and never writes over one', async () => {
    const file = join(directory, 'made.yaml');
    expect(await run('config', 'init', file)).toMatchObject({ code: 0, out: `wrote ${file}\n` });
    expect(readFileSync(file, 'utf8')).toContain('#http-port: 8080');
    expect(await run('config', 'check', '--config', file)).toMatchObject({ code: 0, errors: '' });
    expect(await run('config', 'init', file)).toMatchObject({ code: 2, errors: `madang: ${file}: exists already\n` });
  });

  test('check names the line of what is wrong, and warns of what has no effect', async () => {
    const file = join(directory, 'wrong.yaml');
    writeFileSync(file, 'turns-port: 5349\n\nhttp-prot: 1\n');
    expect((await run('config', 'check', '--config', file)).errors).toBe(
      `madang: ${file}:3: unknown setting "http-prot" (did you mean http-port?)\n`,
    );
    writeFileSync(file, 'https-port: off\nturns-port: 5349\n');
    const { code, errors } = await run('config', 'check', '--config', file);
    expect(code).toBe(0);
    expect(errors).toMatch(/turns-port has no effect/);
  });
});

describe('turn-credentials', () => {
  const SECRET = 'shared-with-another-server';

  test('prints an entry for iceServers, signed with the secret of the settings', async () => {
    const flags = [
      '--turn-secret',
      SECRET,
      '--announce',
      '203.0.113.7',
      '--name',
      'probe',
      '--lifetime',
      '60',
      '--json',
    ];
    const { code, out } = await run('turn-credentials', ...flags);
    const { urls, username, credential, goodUntil } = JSON.parse(out);
    expect(code).toBe(0);
    expect(urls).toEqual([
      'turn:203.0.113.7:3478?transport=udp',
      'turn:203.0.113.7:3478?transport=tcp',
      'turns:203.0.113.7:5349?transport=tcp',
    ]);
    expect(username).toMatch(/^\d+:probe$/);
    expect(credential).toBe(createHmac('sha1', SECRET).update(username).digest('base64'));
    const leftSeconds = (Date.parse(goodUntil) - Date.now()) / 1_000;
    expect(leftSeconds).toBeGreaterThan(0);
    expect(leftSeconds).toBeLessThanOrEqual(60);
  });

  test('makes the secret that a server of this data directory will have', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'madang-secret-'));
    const { out } = await run('turn-credentials', '--data-dir', dataDir, '--lang', 'en');
    const [, username = ''] = /^Username +(\S+)$/m.exec(out) ?? [];
    const [, credential] = /^Credential +(\S+)$/m.exec(out) ?? [];
    const secret = readFileSync(join(dataDir, 'turn-secret'), 'utf8').trim();
    expect(credential).toBe(createHmac('sha1', secret).update(username).digest('base64'));
    expect(out).not.toContain(secret);
  });

  test('names the server that takes its place', async () => {
    const off = ['--turn-port', 'off', '--turns-port', 'off', '--turn-secret', SECRET];
    const { out } = await run('turn-credentials', ...off, '--turn-server', 'turn:relay.example', '--json');
    expect(JSON.parse(out).urls).toEqual(['turn:relay.example']);
  });

  test.each<[string[], RegExp]>([
    [['--turn-port', 'off', '--turns-port', 'off'], /^madang: no TURN server: /],
    [['--lifetime', '0'], /^madang: --lifetime must be a whole number from 1 to \d+, not "0"\n$/],
    [['--name', ''], /^madang: --name must be printable characters/],
  ])('%j ends with code 2 and one line', async (flags, errors) => {
    const ended = await run('turn-credentials', ...flags);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.errors).toMatch(errors);
  });
});
