import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { messagesIn } from '../messages/index.js';
import type { ConfigField } from './config.js';
import { ConfigError } from './config-error.js';
import { loadConfig } from './load-config.js';

const cwd = mkdtempSync(join(tmpdir(), 'madang-config-'));

interface Given {
  flags?: Partial<Record<ConfigField, unknown>>;
  env?: Record<string, string>;
  file?: string;
}

let files = 0;

function load({ flags = {}, env = {}, file }: Given) {
  const name = `settings-${++files}.yaml`;
  if (file !== undefined) writeFileSync(join(cwd, name), file);
  return loadConfig({ flags: file === undefined ? flags : { config: name, ...flags }, env, cwd });
}

function complaint(given: Given): string {
  try {
    load(given);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    const { message } = error as ConfigError;
    expect(message).not.toContain('\n');
    return message.replace(/settings-\d+/, 'settings');
  }
  return 'accepted';
}

test('without anything set the defaults hold', () => {
  const { config, warnings } = load({});
  expect(config).toMatchObject({
    httpPort: 8080,
    httpsPort: 8443,
    mediaPort: 40_000,
    turnPort: 3478,
    relayPorts: '49152-65535',
    dataDir: join(cwd, 'data'),
    bind: [],
    mode: 'auto',
    basePath: '',
    iceServers: [],
    resumeSeconds: 30,
    chatKeepSeconds: 300,
    drainSeconds: 10,
    logFormat: 'auto',
  });
  expect(warnings).toEqual([]);
});

describe('precedence', () => {
  const flags = { httpPort: '1' };
  const env = { MADANG_HTTP_PORT: '2' };
  const file = 'http-port: 3';
  test.each([
    ['a flag goes before all', { flags, env, file }, 1, '--http-port'],
    ['the environment goes before the file', { env, file }, 2, 'MADANG_HTTP_PORT'],
    ['the file goes before the default', { file }, 3, 'settings.yaml:1: http-port'],
    ['an empty variable is not set', { env: { MADANG_HTTP_PORT: '' }, file }, 3, 'settings.yaml:1: http-port'],
    ['an empty entry of the file is not set', { file: 'http-port:' }, 8080, undefined],
  ])('%s', (_what, given, port, source) => {
    const { config, origins } = load(given);
    const origin = origins.get('httpPort')!;
    expect(config.httpPort).toBe(port);
    expect(origin.kind === 'default' ? undefined : origin.text.replace(/settings-\d+/, 'settings')).toBe(source);
  });
});

describe('values are read', () => {
  test.each<[string, Given, Record<string, unknown>]>([
    ['a port may be off', { flags: { httpPort: 'off' } }, { httpPort: 'off' }],
    ["YAML's false is off", { file: 'https-port: off\nhttp-port: 80' }, { httpsPort: 'off', httpPort: 80 }],
    ['a repeated flag is a list', { flags: { bind: ['127.0.0.1', '[::1]'] } }, { bind: ['127.0.0.1', '::1'] }],
    ['a variable lists with commas', { env: { MADANG_BIND: '127.0.0.1, ::1' } }, { bind: ['127.0.0.1', '::1'] }],
    ['one value is a list in the file', { file: 'bind: 127.0.0.1' }, { bind: ['127.0.0.1'] }],
    ['IPv6 takes its short form', { flags: { announce: ['FD00:0::0001'] } }, { announce: ['fd00::1'] }],
    ['a base path loses its last slash', { flags: { basePath: 'calls/eu/' } }, { basePath: '/calls/eu' }],
    ['a lone slash is no base path', { flags: { basePath: '/' } }, { basePath: '' }],
    [
      'proxies by range and name',
      { flags: { trustProxy: ['10.0.0.0/8', 'loopback'] } },
      { trustProxy: ['10.0.0.0/8', 'loopback'] },
    ],
    [
      'an origin is normalised',
      { flags: { allowOrigin: ['HTTPS://Example.org:443/'] } },
      { allowOrigin: ['https://example.org'] },
    ],
    [
      'an ICE server as a URL',
      { env: { MADANG_ICE_SERVER: 'stun:a.example:3478,stuns:b.example' } },
      { iceServers: [{ urls: ['stun:a.example:3478'] }, { urls: ['stuns:b.example'] }] },
    ],
    [
      'an ICE server as an object',
      { file: 'ice-server:\n  - urls: turn:a.example?transport=tcp\n    username: u\n    credential: c' },
      { iceServers: [{ urls: ['turn:a.example?transport=tcp'], username: 'u', credential: 'c' }] },
    ],
    [
      'ICE servers as JSON in a variable',
      { env: { MADANG_ICE_SERVER: '[{"urls":["turn:a.example"],"username":"u","credential":"c"}]' } },
      { iceServers: [{ urls: ['turn:a.example'], username: 'u', credential: 'c' }] },
    ],
    ['TURN may be off', { flags: { turnPort: 'off' }, file: 'turns-port: off' }, { turnPort: 'off', turnsPort: 'off' }],
    [
      'ranges of peers',
      { env: { MADANG_TURN_ALLOW_PEER: '127.0.0.0/8,fd00::/8,10.0.0.1' } },
      { turnAllowPeer: ['127.0.0.0/8', 'fd00::/8', '10.0.0.1'] },
    ],
    [
      'a secret with a comma',
      { env: { MADANG_TURN_SECRET: 'sixteen-long,one' } },
      { turnSecret: ['sixteen-long,one'] },
    ],
    [
      'a TURN server for credentials of ours',
      { flags: { turnServers: ['turn:a.example'], turnSecret: ['x'] } },
      { turnServers: ['turn:a.example'] },
    ],
    ['true as a word', { env: { MADANG_JSON: '1' } }, { json: true }],
  ])('%s', (_what, given, expected) => {
    expect(load(given).config).toMatchObject(expected);
  });
});

describe('what is wrong is refused with its source', () => {
  test.each<[Given, string]>([
    [{ flags: { httpPort: '99999' } }, '--http-port must be a port from 0 to 65535, or off, not "99999"'],
    [{ flags: { httpPort: '80x' } }, '--http-port must be a port from 0 to 65535, or off, not "80x"'],
    [{ env: { MADANG_HTTP_PORT: '-1' } }, 'MADANG_HTTP_PORT must be a port from 0 to 65535, or off, not "-1"'],
    [{ file: '\nhttp-port: 1.5' }, 'settings.yaml:2: http-port must be a port from 0 to 65535, or off, not "1.5"'],
    [{ file: 'htpp-port: 1' }, 'settings.yaml:1: unknown setting "htpp-port" (did you mean http-port?)'],
    [{ file: 'httpPort: 1' }, 'settings.yaml:1: unknown setting "httpPort" (did you mean http-port?)'],
    [{ file: 'config: other.yaml' }, "settings.yaml:1: config can't be set in the file itself"],
    [{ file: '- a' }, 'settings.yaml:1: must be a list of settings as in "http-port: 8080"'],
    [{ file: 'bind: 1.1.1.1\nbind: 1.1.1.1' }, 'settings.yaml:2: no valid YAML: Map keys must be unique'],
    [
      { env: { MADANG_HTP_PORT: '1' } },
      'unknown environment variable MADANG_HTP_PORT (did you mean MADANG_HTTP_PORT?)',
    ],
    [{ flags: { config: 'nowhere.yaml' } }, 'nowhere.yaml: there is no such file'],
    [{ flags: { config: '' } }, '--config must be a path, not ""'],
    [{ flags: { bind: ['127.0.0.1', '127.1'] } }, '--bind must be an IPv4 or IPv6 address, not "127.1"'],
    [{ flags: { basePath: '/a/../b' } }, '--base-path must be a path such as /calls, not "/a/../b"'],
    [{ flags: { basePath: '/a"b' } }, '--base-path must be a path such as /calls, not "/a\\"b"'],
    [
      { flags: { allowOrigin: ['https://a.example/path'] } },
      '--allow-origin must be an origin such as https://example.org, or *, not "https://a.example/path"',
    ],
    [
      { flags: { relayPorts: '60000-50000' } },
      '--relay-ports must be two ports from 1024 as in 49152-65535, not "60000-50000"',
    ],
    [{ flags: { maxRooms: '0' } }, '--max-rooms must be a whole number from 1 to 1000000, not "0"'],
    [{ flags: { mode: 'mesh' } }, '--mode must be p2p, sfu or auto, not "mesh"'],
    [{ flags: { mode: 'sfu', mediaPort: 'off' } }, '--mode sfu needs the media server: --media-port is off'],
    [
      { env: { MADANG_MODE: 'auto', MADANG_MEDIA_PORT: 'off' } },
      'MADANG_MODE auto needs the media server: --media-port is off',
    ],
    [{ flags: { httpPort: 'off', httpsPort: 'off' } }, "--https-port and --http-port can't both be off"],
    [{ flags: { httpPort: '8443' } }, "--https-port can't be the port of HTTP too (8443)"],
    [{ flags: { turnPort: '8443' } }, "--turn-port can't be the port of HTTPS too (8443)"],
    [{ flags: { turnsPort: '3478' } }, "--turns-port can't be the port of TURN too (3478)"],
    [
      { flags: { relayPorts: '1000-2000' } },
      '--relay-ports must be two ports from 1024 as in 49152-65535, not "1000-2000"',
    ],
    [
      { flags: { turnAllowPeer: ['10/8'] } },
      '--turn-allow-peer must be an address, or a range such as 10.0.0.0/8, not "10/8"',
    ],
    [{ flags: { turnServers: ['turn:a.example'] } }, '--turn-server needs --turn-secret beside it'],
    [{ flags: { share443: true, httpsPort: 'off' } }, '--share-443 has no port to share: --https-port is off'],
    [
      { flags: { turnTcpRelays: true, turnKbpsPerMember: '100' } },
      '--turn-tcp-relays has no limit of bytes: leave it, or --turn-kbps-per-allocation and --turn-kbps-per-member, out',
    ],
    [{ flags: { tlsCert: 'a.pem' } }, '--tls-cert needs --tls-key beside it'],
    [{ flags: { tlsKey: 'a.pem' } }, '--tls-key needs --tls-cert beside it'],
    [{ flags: { logLevel: 'loud' } }, '--log-level must be trace, debug, info, warn, error or silent, not "loud"'],
    [{ env: { MADANG_LANG: 'tlh' } }, 'MADANG_LANG must be en or ko, not "tlh"'],
    [{ env: { MADANG_JSON: 'yes' } }, 'MADANG_JSON must be true or false, not "yes"'],
  ])('%j', (given, expected) => {
    expect(complaint(given)).toBe(expected);
  });

  test('a credential is not repeated in the complaint', () => {
    const message = complaint({ file: 'ice-server:\n  - urls: http://x\n    credential: hunter2' });
    expect(message).toMatch(/^settings.yaml:1: ice-server must be a URL/);
    expect(message).not.toContain('hunter2');
  });

  test('a secret is not repeated in the complaint', () => {
    const message = complaint({ flags: { turnSecret: ['hunter 2'] } });
    expect(message).toBe('--turn-secret must be printable characters without spaces, at most 256');
  });

  test('a TURN server without credentials', () => {
    expect(complaint({ flags: { iceServers: ['turn:a.example'] } })).toBe(
      '--ice-server must be username and credential beside a turn: URL',
    );
  });
});

test('a port for TURN over TLS without any certificate is warned of', () => {
  const said = (flags: NonNullable<Given['flags']>) => load({ flags }).warnings.map((say) => say(messagesIn('en')));
  expect(said({ httpsPort: 'off' })).toEqual([]);
  expect(said({ httpsPort: 'off', turnsPort: '5349', tlsCert: 'a', tlsKey: 'b' })).toEqual([]);
  expect(said({ httpsPort: 'off', turnsPort: '5349' })).toEqual([
    '--turns-port has no effect while HTTPS is off and there is no --tls-cert',
  ]);
});

test('a secret that can be guessed is warned of', () => {
  const said = load({ flags: { turnSecret: ['short'] } }).warnings.map((say) => say(messagesIn('en')));
  expect(said).toEqual(['--turn-secret is shorter than 16 characters: it can be guessed from a single credential']);
});
