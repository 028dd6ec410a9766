import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createMetrics } from '../observe/index.js';
import { createApp } from './app.js';
import { openLessons } from './lessons.js';

const folder = mkdtempSync(join(tmpdir(), 'madang-lessons-'));
const root = join(folder, 'course');
mkdirSync(join(root, 'shared'), { recursive: true });
writeFileSync(join(root, 'index.html'), '<!doctype html><title>course</title>');
writeFileSync(join(root, 'step-1.js'), 'first();');
writeFileSync(join(root, 'shared', 'lesson.css'), 'a{}');
writeFileSync(join(root, 'README.md'), '# not a page');
writeFileSync(join(folder, 'secret.js'), 'secret');

/** Requests of `remoteAddress` to an application with the course above, or with the one that comes with Madang. */
function open({ basePath = '', remoteAddress = '192.168.1.50', lessons = openLessons([root]), own = false } = {}) {
  const app = createApp({
    config: { basePath, trustProxy: [] },
    version: '1.2.3',
    site: new Map(),
    ...(own ? {} : { lessons }),
    metrics: createMetrics({ rooms: () => 0, members: () => 0 }),
    log: pino({ level: 'silent' }),
    authority: null,
    isDraining: () => false,
    ports: () => ({ httpPort: 8080, httpsPort: 8443 }),
    lanUrls: () => [`https://192.168.1.7:8443${basePath}`, `http://192.168.1.7:8080${basePath}`],
  });
  return (path: string, headers: Record<string, string> = {}) => {
    const all = { host: 'madang.example:8080', ...headers };
    const incoming = { headers: all, socket: { remoteAddress } };
    return app.request(`http://madang.example:8080${path}`, { headers: all }, { incoming });
  };
}

describe.each(['', '/calls'])('below %j the course', (basePath) => {
  const get = open({ basePath });

  it.each([
    ['/learn/', 'text/html; charset=utf-8'],
    ['/learn/step-1.js', 'text/javascript; charset=utf-8'],
    ['/learn/shared/lesson.css', 'text/css; charset=utf-8'],
  ])('has %s as %s, to be asked for again and under the policy of every page', async (path, type) => {
    const { status, headers } = await get(`${basePath}${path}`);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, type, 'no-cache']);
    expect(headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval';");
  });

  it('is led to by its path without the last slash', async () => {
    const { status, headers } = await get(`${basePath}/learn`);
    expect([status, headers.get('location')]).toEqual([308, `${basePath}/learn/`]);
  });

  it('knows where it is', async () => {
    expect(await (await get(`${basePath}/learn/place.json`)).json()).toEqual({ httpsPort: 8443, elsewhere: null });
    const here = open({ basePath, remoteAddress: '127.0.0.1' });
    expect(await (await here(`${basePath}/learn/place.json`)).json()).toEqual({
      httpsPort: 8443,
      elsewhere: `https://192.168.1.7:8443${basePath}/learn/`,
    });
  });
});

it.each([
  '/learn/../../secret.js',
  '/learn/..%2f..%2fsecret.js',
  '/learn/%2e%2e/secret.js',
  '/learn/..\\secret.js',
  '/learn//etc/passwd',
  '/learn/%00',
  '/learn/README.md',
  '/learn/shared/',
  '/learnx/',
])('%s is not found', async (path) => {
  const response = await open()(path);
  expect(response.status).toBe(404);
  expect(await response.text()).not.toContain('secret');
});

it('sends a file again only when it has changed', async () => {
  const get = open();
  const first = await get('/learn/step-1.js');
  const etag = first.headers.get('etag')!;
  expect((await get('/learn/step-1.js', { 'if-none-match': etag })).status).toBe(304);
  writeFileSync(join(root, 'step-1.js'), 'other();');
  utimesSync(join(root, 'step-1.js'), 1, 1);
  const changed = await get('/learn/step-1.js', { 'if-none-match': etag });
  expect([changed.status, await changed.text()]).toEqual([200, 'other();']);
});

it('comes from the first folder that has pages, and is not found when none has', async () => {
  const nowhere = join(folder, 'nowhere');
  expect(await openLessons([nowhere, root]).find('/index.html')).toBeDefined();
  expect(await openLessons([nowhere]).find('/index.html')).toBeUndefined();
});

it('comes with the program', async () => {
  const response = await open({ own: true })('/learn/');
  expect(await response.text()).toContain('Learn WebRTC in five steps');
});

describe('a QR code', () => {
  it('is a picture of an address', async () => {
    const { status, headers } = await open()('/learn/qr.svg?address=https%3A%2F%2F192.168.1.7%3A8443%2Flearn%2F');
    expect([status, headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
  });

  it.each(['', 'javascript:alert(1)', `https://${'x'.repeat(400)}`, 'https://a b'])(
    'is none of %j',
    async (address) => {
      expect((await open()(`/learn/qr.svg?address=${encodeURIComponent(address)}`)).status).toBe(404);
    },
  );
});
