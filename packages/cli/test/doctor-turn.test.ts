import { hasAddon } from '@madang/native';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountOf } from '../../server/src/doctor/turn/turn-credential.js';
import type { TurnService } from '../../server/src/media/index.js';
import { type Ended, PROGRAM, runCommand } from '../../server/test/command-process.js';
import { openTurnService, portOf } from '../../server/test/turn-rig.js';
import { SECRET } from '../../server/test/turn-wire.js';
import { StartedServer } from './started-server.js';

const secret = SECRET.toString();

const walk = (...args: string[]): Promise<Ended> => runCommand(['doctor', 'turn', ...args]);

describe.runIf(hasAddon())('doctor turn', () => {
  let service: TurnService;
  let url = '';
  beforeAll(async () => {
    service = await openTurnService();
    url = `turn:127.0.0.1:${portOf(service, 'udp', '127.0.0.1')}`;
  });
  afterAll(() => service?.close());

  test('tells each way with its times, and ends with 0 when all lead through', async () => {
    const { code, out, errors } = await walk(url, '--secret', secret);
    expect([code, errors]).toEqual([0, '']);
    const ms = '\\d+(?:\\.\\d)? ms';
    for (const transport of ['UDP', 'TCP']) {
      const line = `✓ ok  ${transport} 127\\.0\\.0\\.1:\\d+, IPv4 relay  ${transport} ${ms} · allocate ${ms} · permission ${ms} · echo ${ms}`;
      expect(out).toMatch(new RegExp(`^${line}$`, 'm'));
    }
    expect(out).toMatch(/^All 4 ways lead through\.$/m);
  });

  test('names the first step that failed, why, and one remedy a line, in either language', async () => {
    const { code, out } = await walk(`${url}?transport=udp`, '--secret', 'other');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^✗ bad {2}UDP \S+, IPv4 relay {2}allocate: the password of \d+:doctor was made with another secret$/m,
    );
    expect(out).toMatch(/^ +→ Give both sides the same secret/m);
    expect(out).toMatch(/^1 of 1 ways fail; the first at UDP \S+, IPv4 relay, allocate\.$/m);
    const korean = await walk(`${url}?transport=udp`, '--secret', 'other', '--lang', 'ko');
    expect(korean.out).toMatch(/^✗ 문제 {2}UDP \S+, IPv4 중계 {2}할당: /m);
  });

  test('as JSON has steps, the one that failed, and the cause', async () => {
    const { username, password } = accountOf({ kind: 'secret', secret }, Date.now() - 86_400_000)!;
    const { code, out } = await walk(
      `${url}?transport=tcp`,
      '--username',
      username,
      '--credential',
      password,
      '--json',
    );
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([
      { transport: 'tcp', family: 4, status: 'bad', steps: [{ step: 'tcp' }], failed: 'allocate', cause: 'expired' },
    ]);
  });

  test('asks a Madang server for its servers as one who joins', async () => {
    const server = await StartedServer.start(PROGRAM);
    try {
      const { code, out } = await walk(server.http, '--ca', server.authority, '--json');
      const told = (JSON.parse(out) as { transport: string; family: number; status: string }[]).map(
        ({ transport, family, status }) => `${transport} ${family} ${status}`,
      );
      expect(told).toEqual(['udp', 'tcp', 'tls'].flatMap((each) => [`${each} 4 ok`, `${each} 6 ok`]));
      expect(code).toBe(0);
      const trusting = await walk(server.http, '--json');
      expect(trusting.code).toBe(1);
      expect(JSON.parse(trusting.out).at(-1)).toMatchObject({ failed: 'tls', cause: 'certificate' });
    } finally {
      server.stop();
    }
  });
});

test.each<[string[], RegExp]>([
  [['turn:a.example'], /^madang: turn:a\.example needs --username and --credential, or --secret\n$/],
  [['a.example'], /^madang: a\.example is neither a turn: or turns: URL nor an address/],
  [['turn:a.example', '--secret', 's', '--username', 'u'], /^madang: --secret does not go with/],
  [['http://127.0.0.1:1'], /^madang: can't ask http:\/\/127\.0\.0\.1:1 for its servers \(not_connected\)\n$/],
])('%j ends with 2 and one line', async (args, line) => {
  const { code, out, errors } = await walk(...args);
  expect([code, out]).toEqual([2, '']);
  expect(errors).toMatch(line);
});
