import { randomBytes, X509Certificate } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { Logger } from 'pino';
import { type Caller, callerOf, isLoopback, proxyTrust } from '../auth/index.js';
import type { Config } from '../config/index.js';
import type { Metrics } from '../observe/index.js';
import type { WhipDoor } from '../whip/index.js';
import { type PageConfig, renderAppPage } from './app-page.js';
import { addLearnRoutes } from './learn-routes.js';
import { type Lessons, openLessons } from './lessons.js';
import { internalError, notBuilt, notFound } from './not-found.js';
import { contentSecurityPolicy, SECURITY_HEADERS } from './security-headers.js';
import { fileResponse } from './serve-static.js';
import type { StaticFile } from './static-site.js';
import { chooseLanguage, renderTrustPage } from './trust-page.js';

/** What the HTTP application is made of. Functions are asked on each request. */
export interface AppParts {
  readonly config: Pick<Config, 'basePath' | 'trustProxy'>;
  readonly version: string;
  readonly site: ReadonlyMap<string, StaticFile>;
  /** The pages of the course; those that come with this package if not given. */
  readonly lessons?: Lessons;
  readonly metrics: Metrics;
  /** None where there is no media server. */
  readonly whip?: Pick<WhipDoor, 'handle'> | undefined;
  readonly log: Logger;
  /** The local authority's certificate in PEM, or null when there is none. */
  readonly authority: string | null;
  isDraining(): boolean;
  ports(): { readonly httpPort: number | null; readonly httpsPort: number | null };
  lanUrls(): readonly string[];
}

/** What handlers find in their context. */
export interface Env {
  Bindings: HttpBindings;
  Variables: { caller: Caller; nonce: string; route: string };
}

/** Everything that is answered over HTTP, except for the signaling. Nothing is served outside of the base path. */
export function createApp(parts: AppParts): Hono<Env> {
  const root = new Hono<Env>();
  const trusts = proxyTrust(parts.config.trustProxy);
  root.use(async (context, next) => {
    const caller = callerOf(context.env.incoming as never, trusts);
    const nonce = randomBytes(16).toString('base64url');
    context.set('caller', caller);
    context.set('nonce', nonce);
    context.set('route', 'none');
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.header(name, value);
    context.header('Content-Security-Policy', contentSecurityPolicy(caller, nonce));
    parts.metrics.countRequest(context.get('route'), context.res.status);
  });
  root.notFound((context) => notFound(context.req.raw.headers));
  root.onError((error, context) => {
    parts.log.error({ err: error, route: context.get('route') }, 'a request failed');
    return internalError(context.req.raw.headers);
  });
  if (parts.config.basePath !== '') {
    root.get(parts.config.basePath, (context) => context.redirect(`${parts.config.basePath}/`, 308));
  }
  const app = parts.config.basePath === '' ? root : root.basePath(parts.config.basePath);
  addOperatorRoutes(app, parts);
  addWhipRoutes(root, parts);
  addTrustRoutes(app, parts);
  addLearnRoutes(root, { ...parts, basePath: parts.config.basePath, lessons: parts.lessons ?? openLessons() });
  addWebApp(root, parts);
  return root;
}

function addOperatorRoutes(app: Hono<Env>, parts: AppParts): void {
  app.get('/healthz', (context) => {
    context.set('route', 'healthz');
    const draining = parts.isDraining();
    context.header('Cache-Control', 'no-store');
    return context.json({ status: draining ? 'draining' : 'ok' }, draining ? 503 : 200);
  });
  app.get('/metrics', async (context) => {
    context.set('route', 'metrics');
    const { registry } = parts.metrics;
    return context.body(await registry.metrics(), 200, {
      'Content-Type': registry.contentType,
      'Cache-Control': 'no-store',
    });
  });
}

/** WHIP and WHEP. A request for a path below theirs that names no room goes on to the pages. */
function addWhipRoutes(root: Hono<Env>, { config, whip }: AppParts): void {
  for (const door of ['whip', 'whep']) {
    root.all(`${config.basePath}/${door}/*`, async (context, next) => {
      context.set('route', door);
      const response = await whip?.handle(context.req.raw, context.get('caller'));
      if (response) return response;
      return next();
    });
  }
}

function addTrustRoutes(app: Hono<Env>, parts: AppParts): void {
  const pem = parts.authority;
  if (pem === null) return;
  const certificate = new X509Certificate(pem);
  const headers = { 'Cache-Control': 'no-cache', 'Content-Disposition': 'attachment; filename="madang-authority.crt"' };
  app.get('/authority.crt', (context) => {
    context.set('route', 'authority');
    return context.body(new Uint8Array(certificate.raw), 200, {
      ...headers,
      'Content-Type': 'application/x-x509-ca-cert',
    });
  });
  app.get('/authority.pem', (context) => {
    context.set('route', 'authority');
    return context.body(pem, 200, { 'Cache-Control': 'no-cache', 'Content-Type': 'application/x-pem-file' });
  });
  app.get('/trust', (context) => {
    context.set('route', 'trust');
    const language = chooseLanguage(context.req.query('lang'), context.req.header('accept-language'));
    const fingerprint = certificate.fingerprint256;
    context.header('Vary', 'Accept-Language');
    context.header('Cache-Control', 'no-cache');
    return context.html(
      renderTrustPage({ language, fingerprint, nonce: context.get('nonce'), basePath: parts.config.basePath }),
    );
  });
}

/** On the root, with whole paths: below a base path Hono would take `/` for the path without its last slash. */
function addWebApp(root: Hono<Env>, parts: AppParts): void {
  const { basePath } = parts.config;
  const page = async (context: Context<Env>) => {
    context.set('route', 'page');
    const index = parts.site.get('/index.html');
    if (index === undefined) return notBuilt(context.req.raw.headers);
    const html = (await index.content()).toString('utf8');
    context.header('Cache-Control', 'no-cache');
    return context.html(renderAppPage(html, pageConfig(context, parts)));
  };
  root.get(`${basePath}/`, page);
  root.get(`${basePath}/r/:room`, page);
  root.get(`${basePath}/inspect`, page);
  root.get(`${basePath}/test`, page);
  root.get(`${basePath}/watch/:room`, page);
  root.get(`${basePath}/*`, async (context) => {
    const path = context.req.path.slice(basePath.length);
    const file = path === '/index.html' ? undefined : parts.site.get(path);
    if (file === undefined) return notFound(context.req.raw.headers);
    context.set('route', 'static');
    return fileResponse(file, context.req.raw.headers);
  });
}

function pageConfig(context: Context<Env>, parts: AppParts): PageConfig {
  const caller = context.get('caller');
  return {
    basePath: parts.config.basePath,
    ...parts.ports(),
    version: parts.version,
    secure: caller.protocol === 'https',
    localAuthority: parts.authority !== null,
    lanUrls: isLoopback(caller.address) ? parts.lanUrls() : [],
    nonce: context.get('nonce'),
  };
}
