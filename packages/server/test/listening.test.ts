import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { type Config, ConfigError, ConfigSchema } from '../src/config/index.js';
import { connectionCap, listen } from '../src/http/index.js';
import { type StartOptions, startServer } from '../src/start/start-server.js';
import { issueAuthority, issueServer } from '../src/tls/issue.js';

const silent = pino({ level: 'silent' });
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const freshDirectory = () => mkdtempSync(join(tmpdir(), 'madang-listen-'));

async function start(changes: Partial<Config> = {}, options: StartOptions = {}) {
  const ports = { httpPort: 0, httpsPort: 0, turnPort: 'off', turnsPort: 'off', mediaPort: 'off' };
  const settings = { ...ports, bind: ['127.0.0.1', '::1'], dataDir: freshDirectory(), ...changes };
  const server = await startServer(ConfigSchema.parse(settings), { log: silent, ...options });
  closers.push(() => server.close());
  return server;
}

interface Answer {
  status: number;
  body: string;
}

function get(host: string, port: number, path: string, ca?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host, port, path, agent: false };
    const sent = ca === undefined ? request(options) : secureRequest({ ...options, ca });
    sent.on('error', reject).on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode!, body }));
    });
    sent.end();
  });
}

/** Sends bytes as they are, and gives what comes back until the other side closes. */
function converse(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connectTcp(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (more) => {
      heard += more;
    });
    socket.on('error', () => {}).on('close', () => resolve(heard));
  });
}

/** The serial number of the certificate that a new connection gets. */
function servedCertificate(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

describe('a server that listens', () => {
  test.each(['127.0.0.1', '::1'])('answers on %s, over HTTPS with the authority trusted', async (address) => {
    const server = await start();
    await server.checked();
    const { httpPort, httpsPort } = server.ports;
    expect(await get(address, httpPort!, '/healthz')).toEqual({ status: 200, body: '{"status":"ok"}' });
    expect((await get(address, httpsPort!, '/healthz', server.authority!)).status).toBe(200);
  });

  test('opens one port for both families when nothing is bound', async () => {
    const server = await start({ bind: [] });
    for (const address of ['127.0.0.1', '::1']) {
      expect((await get(address, server.ports.httpPort!, '/healthz')).status).toBe(200);
    }
  });

  test.each([
    ['httpPort', 'httpsPort'],
    ['httpsPort', 'httpPort'],
  ] as const)('leaves %s closed when it is off', async (off, on) => {
    const server = await start({ [off]: 'off' });
    expect(server.ports[off]).toBeNull();
    expect(server.ports[on]).toBeGreaterThan(0);
    const scheme = off === 'httpPort' ? 'https' : 'http';
    expect(server.urls.local).toEqual([`${scheme}://localhost:${server.ports[on]}`]);
  });

  test('routes the signaling, below the base path only', async () => {
    const server = await start({ basePath: '/calls' });
    const port = server.ports.httpPort!;
    const inside = await get('127.0.0.1', port, '/calls/socket.io/?EIO=4&transport=polling');
    expect([inside.status, inside.body.slice(0, 8)]).toEqual([200, '0{"sid":']);
    expect((await get('127.0.0.1', port, '/socket.io/?EIO=4&transport=polling')).status).toBe(404);
  });

  test('tells whoever may not open a port what to change', async () => {
    const first = await start();
    const taken = first.ports.httpPort!;
    const failure = await start({ httpPort: taken, bind: ['127.0.0.1'] }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigError);
    expect((failure as Error).message).toMatch(
      new RegExp(`^port ${taken} is in use by .*\\(pid ${process.pid}\\); choose another one with --http-port$`),
    );
  });

  test('says so when the data directory can not be written', async () => {
    const file = join(freshDirectory(), 'file');
    writeFileSync(file, '');
    await expect(start({ dataDir: join(file, 'data') })).rejects.toThrow(/^--data-dir .* can't be used: ENOTDIR/);
  });

  test('names an address that is not the machine’s', async () => {
    await expect(start({ bind: ['203.0.113.77'] })).rejects.toThrow(
      'this machine has no address 203.0.113.77; correct --bind',
    );
  });
});

describe('a server that drains', () => {
  test('answers 503 for its health, refuses newcomers, and ends without members at once', async () => {
    const server = await start();
    const begun = performance.now();
    await server.drain();
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect((await get('127.0.0.1', server.ports.httpPort!, '/healthz')).status).toBe(503);
    await server.close();
    await expect(get('127.0.0.1', server.ports.httpPort!, '/healthz')).rejects.toThrow('ECONNREFUSED');
  });

  test('cuts connections that would not end', async () => {
    const server = await start();
    const held = converse(server.ports.httpPort!, 'GET / HTTP/1.1\r\nHost: x\r\n');
    await pause(50);
    const begun = performance.now();
    await server.close();
    await held;
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});

describe('bytes that are no request', () => {
  test.each([
    ['nonsense', 'nonsense\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['a header without end', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`, 'HTTP/1.1 431 '],
    [
      'both lengths (smuggling)',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'HTTP/1.1 400 ',
    ],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 'HTTP/1.1 400 '],
    [
      'an upgrade to nothing',
      'GET /none HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      'HTTP/1.1 404 Not Found',
    ],
    [
      'a way up and out',
      'GET /../../../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'HTTP/1.1 404 Not Found',
    ],
    [
      'an encoded way out',
      'GET /assets/%2e%2e/%2e%2e/package.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'HTTP/1.1 404 Not Found',
    ],
    ['a broken escape', 'GET /%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'HTTP/1.1 404 Not Found'],
    ['an absolute address', 'GET http://other.example/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'HTTP/1.1 '],
    ['a host with a line in it', 'GET / HTTP/1.1\r\nHost: x y\r\nConnection: close\r\n\r\n', 'HTTP/1.1 4'],
  ])('%s are answered and change nothing', async (_what, text, status) => {
    const server = await start({ httpsPort: 'off' });
    const heard = await converse(server.ports.httpPort!, text);
    expect(heard.slice(0, status.length)).toBe(status);
    expect(heard).not.toMatch(/node_modules|at .*\.(?:js|ts):\d|root:|"workspaces"/);
    expect((await get('127.0.0.1', server.ports.httpPort!, '/healthz')).status).toBe(200);
  });

  test('five hundred clients that never finish their request keep nobody waiting', async () => {
    const server = await start({ httpsPort: 'off' });
    const port = server.ports.httpPort!;
    for (let ix = 0; ix < 500; ix++) {
      const socket = connectTcp(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\nSlow: '));
      socket.on('error', () => {});
      closers.push(() => socket.destroy());
    }
    await pause(200);
    const times: number[] = [];
    for (let ix = 0; ix < 20; ix++) {
      const begun = performance.now();
      expect((await get('127.0.0.1', port, '/healthz')).status).toBe(200);
      times.push(performance.now() - begun);
    }
    expect(times.sort((a, b) => a - b)[18]).toBeLessThan(500);
  });

  test('connections beyond the bound of an address are closed', async () => {
    const server = await start({ httpsPort: 'off', maxConnectionsPerAddress: 1 });
    const held = Array.from({ length: 12 }, () => converse(server.ports.httpPort!, 'GET / HTTP/1.1\r\n'));
    const first = await Promise.race([...held.map((ended) => ended.then(() => 'closed')), pause(2_000)]);
    expect(first).toBe('closed');
  });

  test('plain HTTP on the HTTPS port ends, and the port lives on', async () => {
    const server = await start();
    await converse(server.ports.httpsPort!, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect((await get('127.0.0.1', server.ports.httpsPort!, '/healthz', server.authority!)).status).toBe(200);
  });

  test('a client that sends its headers too slowly is cut off', async () => {
    const listener = await listen(
      { address: '127.0.0.1', port: 0, headersTimeoutMs: 500 },
      { app: () => {}, doors: [], admits: () => true, log: silent },
    );
    closers.push(() => listener.close());
    const begun = performance.now();
    const heard = await converse(listener.port, 'GET / HTTP/1.1\r\nHost: x\r\nSlow: ');
    expect(heard).toContain('408 Request Timeout');
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});

test('connections of one address have a bound, those of a trusted proxy have none', () => {
  const ends: (() => void)[] = [];
  const admits = connectionCap(2, (address) => address === '10.0.0.1');
  const open = (address: string) => admits(address, (done) => ends.push(done));
  expect(['::ffff:192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2'].map(open)).toEqual([true, true, false, true]);
  ends[0]!();
  expect(open('192.0.2.1')).toBe(true);
  expect(['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8:0:1::3'].map(open)).toEqual([true, true, false, true]);
  expect(['10.0.0.1', '10.0.0.1', '10.0.0.1'].map(open)).toEqual([true, true, true]);
});

describe('given certificates', () => {
  async function makeFiles(directory = freshDirectory()) {
    const authority = await issueAuthority('Test', { dns: ['localhost'], ranges: ['127.0.0.0/8'] }, Date.now());
    const pair = await issueServer(authority, { dns: ['localhost'], addresses: ['127.0.0.1'] }, Date.now());
    const files = { tlsCert: join(directory, 'cert.pem'), tlsKey: join(directory, 'key.pem') };
    writeFileSync(files.tlsCert, pair.cert);
    writeFileSync(files.tlsKey, pair.key);
    return { ...files, pair, directory, ca: authority.cert };
  }

  test('are used instead of a local authority, which is not made then', async () => {
    const { tlsCert, tlsKey, ca } = await makeFiles();
    const server = await start({ tlsCert, tlsKey });
    expect(server.authority).toBeNull();
    expect((await get('127.0.0.1', server.ports.httpsPort!, '/healthz', ca)).status).toBe(200);
    expect((await get('127.0.0.1', server.ports.httpPort!, '/authority.crt')).status).toBe(404);
  });

  test('are taken anew when they change; bad ones are not, and are said once', async () => {
    const { tlsCert, tlsKey, directory } = await makeFiles();
    const lines: string[] = [];
    const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    const server = await start({ tlsCert, tlsKey }, { log, certificateCheckMs: 20 });
    const port = server.ports.httpsPort!;
    const first = await servedCertificate(port);

    writeFileSync(tlsCert, 'no certificate');
    await expect.poll(() => lines.length, { timeout: 5_000 }).toBe(1);
    expect(lines[0]).toContain('the changed TLS certificate is not used');
    expect(await servedCertificate(port)).toBe(first);

    const next = await makeFiles(freshDirectory());
    renameSync(next.tlsKey, join(directory, 'key.pem'));
    renameSync(next.tlsCert, join(directory, 'cert.pem'));
    await expect.poll(() => servedCertificate(port), { timeout: 5_000 }).not.toBe(first);
    expect((await get('127.0.0.1', port, '/healthz', next.ca)).status).toBe(200);
  });

  test('that do not belong together are refused', async () => {
    const one = await makeFiles();
    const other = await makeFiles();
    await expect(start({ tlsCert: one.tlsCert, tlsKey: other.tlsKey })).rejects.toMatchObject({
      name: 'ConfigError',
      message: `--tls-key ${other.tlsKey} does not belong to the certificate in ${one.tlsCert}`,
    });
  });

  test.each([
    [
      'a file that is not there',
      (files: { tlsCert: string; tlsKey: string }) => ({ ...files, tlsCert: '/nowhere.pem' }),
      '--tls-cert /nowhere.pem: there is no such file',
    ],
    [
      'a key in place of the certificate',
      (files: { tlsCert: string; tlsKey: string }) => ({ tlsCert: files.tlsKey, tlsKey: files.tlsKey }),
      /^--tls-cert .*: no certificate in PEM$/,
    ],
    [
      'a certificate in place of the key',
      (files: { tlsCert: string; tlsKey: string }) => ({ tlsCert: files.tlsCert, tlsKey: files.tlsCert }),
      /^--tls-key .*: no private key in PEM/,
    ],
  ])('%s is refused in one line', async (_what, change, message) => {
    const { tlsCert, tlsKey } = await makeFiles();
    await expect(start(change({ tlsCert, tlsKey }))).rejects.toThrow(message);
  });
});
