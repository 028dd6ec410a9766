import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ERROR_CODES } from '@madang/protocol';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { createMetrics } from '../observe/index.js';
import { issueAuthority } from '../tls/issue.js';
import { type AppParts, createApp } from './app.js';
import { openStaticSite } from './static-site.js';

const root = mkdtempSync(join(tmpdir(), 'madang-site-'));
mkdirSync(join(root, 'assets'));
writeFileSync(join(root, 'index.html'), '<!doctype html><html><head><title>x</title></head><body></body></html>');
writeFileSync(join(root, 'assets', 'main-a1B2c3D4.js'), `console.log(1);${' '.repeat(4_000)}`);
writeFileSync(join(root, 'icon.svg'), '<svg/>');
writeFileSync(join(root, '..', 'outside.txt'), 'secret');
const site = await openStaticSite(root);
const authority = (await issueAuthority('Test', { dns: ['localhost'], ranges: ['127.0.0.0/8'] }, Date.now())).cert;

interface Seen {
  headers?: Record<string, string>;
  remoteAddress?: string;
  method?: string;
}

/** An application whose requests come from `remoteAddress` over plain HTTP. */
function open(changes: Partial<AppParts> & { basePath?: string; trustProxy?: string[] } = {}) {
  const metrics = createMetrics({ rooms: () => 3, members: () => 7 });
  const app = createApp({
    config: { basePath: changes.basePath ?? '', trustProxy: changes.trustProxy ?? [] },
    version: '1.2.3',
    site,
    metrics,
    log: pino({ level: 'silent' }),
    authority,
    isDraining: () => false,
    ports: () => ({ httpPort: 8080, httpsPort: 8443 }),
    lanUrls: () => ['https://192.168.1.7:8443'],
    ...changes,
  });
  return (path: string, { headers = {}, remoteAddress = '192.168.1.50', method = 'GET' }: Seen = {}) => {
    const all: Record<string, string> = { host: 'madang.example:8080', ...headers };
    const incoming = { headers: all, socket: { remoteAddress } };
    return app.request(`http://madang.example:8080${path}`, { method, headers: all }, { incoming });
  };
}

async function pageConfig(response: Response | Promise<Response>) {
  const html = await (await response).text();
  const json = /<script type="application\/json" id="madang-config">(.*?)<\/script>/.exec(html)?.[1];
  return JSON.parse(json!);
}

describe('every answer', () => {
  const get = open();
  test.each([
    '/',
    '/r/tea',
    '/inspect',
    '/test',
    '/healthz',
    '/metrics',
    '/trust',
    '/authority.crt',
    '/icon.svg',
    '/nowhere',
  ])('%s carries the headers that protect a browser', async (path) => {
    const { headers } = await get(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('permissions-policy')).toContain('camera=(self), microphone=(self), display-capture=(self)');
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'self'; script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy.replace("'wasm-unsafe-eval'", '')).not.toContain('unsafe');
    expect(policy).toContain("connect-src 'self' ws://madang.example:8080 wss://madang.example:8080");
    expect(headers.get('server')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('has a policy that a forged Host can not widen', async () => {
    const { headers } = await get('/', { headers: { host: 'x; script-src *' } });
    expect(headers.get('content-security-policy')).toContain("connect-src 'self';");
    expect(headers.get('content-security-policy')).not.toContain('*');
  });
});

describe('the page', () => {
  test('has its base address first, then its configuration', async () => {
    const response = await open({ basePath: '/calls' })('/calls/r/tea%20room');
    const html = await response.clone().text();
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(html).toMatch(/^<!doctype html><html><head><base href="\/calls\/">/);
    expect(await pageConfig(response)).toMatchObject({
      basePath: '/calls',
      httpPort: 8080,
      httpsPort: 8443,
      version: '1.2.3',
      secure: false,
      localAuthority: true,
    });
  });

  test('has a nonce of its own each time, the one of its policy', async () => {
    const get = open();
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const response = await get('/');
        const policy = response.headers.get('content-security-policy')!;
        const { nonce } = await pageConfig(response);
        expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
        return nonce;
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  test('can not be left through a value in the configuration', async () => {
    const html = await (await open({ version: '</script><script>alert(1)</script>\u2028' })('/')).text();
    expect(html).not.toContain('<script>');
    expect((await pageConfig(new Response(html))).version).toBe('</script><script>alert(1)</script>\u2028');
  });

  test('names the addresses of the network only on the machine itself', async () => {
    const get = open();
    expect((await pageConfig(get('/', { remoteAddress: '::1' }))).lanUrls).toEqual(['https://192.168.1.7:8443']);
    expect((await pageConfig(get('/'))).lanUrls).toEqual([]);
  });

  test.each([
    [['loopback'], '127.0.0.1', true],
    [['loopback'], '192.168.1.50', false],
    [[], '127.0.0.1', false],
  ])('trusting %j, X-Forwarded-Proto from %s makes it secure: %s', async (trustProxy, remoteAddress, secure) => {
    const headers = {
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '198.51.100.4',
      'x-forwarded-host': 'calls.example',
    };
    const response = await open({ trustProxy })('/', { remoteAddress, headers });
    expect(response.headers.get('content-security-policy')?.includes('wss://calls.example')).toBe(secure);
    expect((await pageConfig(response)).secure).toBe(secure);
  });

  test('says what to do when the web app is not built', async () => {
    const response = await open({ site: new Map() })('/');
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('npm run build');
  });

  test.each([
    ['ko-KR,ko;q=0.9,en;q=0.8', '<html lang="ko">', '이 주소에는 아무것도 없습니다', '웹 앱이 빌드되지 않았습니다'],
    ['de,en;q=0.5,ko;q=0.1', '<html lang="en">', 'There is nothing at this address', 'The web app is not built'],
    ['', '<html lang="en">', 'There is nothing at this address', 'The web app is not built'],
  ])('speaks the language that is asked for by %j where there is none', async (asked, html, missing, unbuilt) => {
    const headers = { accept: 'text/html', 'accept-language': asked };
    const get = open({ site: new Map() });
    for (const [path, status, text] of [
      ['/nowhere', 404, missing],
      ['/', 503, unbuilt],
    ] as const) {
      const response = await get(path, { headers });
      expect(response.status).toBe(status);
      expect(response.headers.get('vary')).toContain('Accept-Language');
      const page = await response.text();
      expect(page).toContain(html);
      expect(page).toContain(text);
    }
  });
});

describe('files of the web app', () => {
  const get = open();
  test('are kept for ever when their name tells their content', async () => {
    const { headers } = await get('/assets/main-a1B2c3D4.js');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  test('are asked for again otherwise, and sent only when they have changed', async () => {
    const first = await get('/icon.svg');
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const again = await get('/icon.svg', { headers: { 'if-none-match': first.headers.get('etag')! } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  test.each([
    ['br, gzip', 'br'],
    ['gzip;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', null],
  ])('are compressed for a browser that accepts %s', async (accepted, encoding) => {
    const { headers } = await get('/assets/main-a1B2c3D4.js', { headers: { 'accept-encoding': accepted } });
    expect(headers.get('content-encoding')).toBe(encoding);
  });

  test.each([
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '/assets/..%2f..%2foutside.txt',
    '/..\\outside.txt',
    '//etc/passwd',
    '/%00',
    '/index.html%00',
    '/assets/',
  ])('are all there is: %s is not found', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('secret');
  });
});

describe('what is not there', () => {
  const get = open();
  test('is an error of the catalogue for programs', async () => {
    const response = await get('/api/none');
    expect(response.status).toBe(404);
    const { error, ...rest } = (await response.json()) as { error: { code: string; message: string } };
    expect(rest).toEqual({ ok: false });
    expect(ERROR_CODES).toContain(error.code);
    expect(error.code).toBe('not_found');
  });

  test('is a page for browsers', async () => {
    const response = await get('/none', { headers: { accept: 'text/html,*/*' } });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is answered so too', async (method) => {
    expect((await get('/', { method })).status).toBe(404);
  });

  test('a fault of ours shows no more than that', async () => {
    const log = pino({ level: 'silent' });
    const response = await open({
      log,
      isDraining: () => {
        throw new Error('detail of the inside');
      },
    })('/healthz');
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ ok: false, error: expect.objectContaining({ code: 'internal' }) });
  });
});

describe('below a base path', () => {
  const get = open({ basePath: '/calls' });
  test.each([
    '/calls/',
    '/calls/r/tea',
    '/calls/healthz',
    '/calls/metrics',
    '/calls/icon.svg',
    '/calls/trust',
    '/calls/authority.crt',
  ])('%s is served', async (path) => {
    expect((await get(path)).status).toBe(200);
  });

  test.each(['/', '/r/tea', '/healthz', '/metrics', '/icon.svg', '/callsx/', '/calls/calls/', '/trust'])(
    '%s is not found',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  test('the path without its last slash leads there', async () => {
    const response = await get('/calls');
    expect([response.status, response.headers.get('location')]).toEqual([308, '/calls/']);
  });
});

test('health turns to 503 while the server drains', async () => {
  expect((await open()('/healthz')).status).toBe(200);
  const response = await open({ isDraining: () => true })('/healthz');
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ status: 'draining' });
});

test('metrics count rooms, members and requests, and no path that somebody sent', async () => {
  const get = open();
  await get('/secret-path-4711');
  const text = await (await get('/metrics')).text();
  expect(text).toMatch(/^madang_rooms 3$/m);
  expect(text).toMatch(/^madang_members 7$/m);
  expect(text).toContain('madang_http_requests_total{route="none",status="404"} 1');
  expect(text).toContain('process_cpu_user_seconds_total');
  expect(text).not.toContain('4711');
});

describe('the trust page', () => {
  const get = open({ basePath: '/calls' });
  test.each([
    ['/calls/trust', 'ko-KR,ko;q=0.9,en;q=0.8', 'ko'],
    ['/calls/trust', 'en-GB,ko;q=0.5', 'en'],
    ['/calls/trust', 'fr', 'en'],
    ['/calls/trust?lang=ko', 'en', 'ko'],
    ['/calls/trust?lang=en', 'ko', 'en'],
  ])('%s for a browser that wants %s is in %s', async (path, accepted, language) => {
    const html = await (await get(path, { headers: { 'accept-language': accepted } })).text();
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).toContain('href="/calls/authority.crt"');
    expect(html).not.toContain('<script');
    expect(html).not.toMatch(/\sstyle=/);
    expect(html).not.toContain('{crt}');
    expect(html).toMatch(/(?:[0-9A-F]{2}:){31}[0-9A-F]{2}/);
  });

  test('the certificate comes as DER that phones take, and as PEM', async () => {
    const crt = await get('/calls/authority.crt');
    expect(crt.headers.get('content-type')).toBe('application/x-x509-ca-cert');
    expect(new Uint8Array(await crt.arrayBuffer())[0]).toBe(0x30);
    expect(await (await get('/calls/authority.pem')).text()).toBe(authority);
  });

  test('there is none when the certificates were given', async () => {
    const given = open({ authority: null });
    expect((await given('/trust')).status).toBe(404);
    expect((await given('/authority.crt')).status).toBe(404);
    expect((await pageConfig(given('/'))).localAuthority).toBe(false);
  });
});
