import type { Context, Hono } from 'hono';
import { renderSVG } from 'uqr';
import { isLoopback } from '../auth/index.js';
import type { Env } from './app.js';
import type { Lessons } from './lessons.js';
import { notFound } from './not-found.js';
import { fileResponse } from './serve-static.js';

/** What the course asks of the server around it. */
export interface LearnParts {
  /** Empty or `/a/b`. */
  readonly basePath: string;
  readonly lessons: Lessons;
  ports(): { readonly httpsPort: number | null };
  /** Addresses under which other machines reach the server, base path included, HTTPS first. */
  lanUrls(): readonly string[];
}

/** What the pages of the course learn from `place.json`. */
export interface Place {
  readonly httpsPort: number | null;
  /** For whoever opened the page on the server's own machine: where another device finds the course. */
  readonly elsewhere: string | null;
}

const ADDRESS = /^https?:\/\/\S{1,300}$/;

/** The course of `/learn`: its pages, where it is, and QR codes for the way to it. */
export function addLearnRoutes(root: Hono<Env>, parts: LearnParts): void {
  const base = `${parts.basePath}/learn`;
  root.get(base, (context) => context.redirect(`${base}/`, 308));
  root.get(`${base}/place.json`, (context) => {
    context.set('route', 'learn');
    return context.json(placeOf(context, parts), 200, { 'Cache-Control': 'no-store' });
  });
  root.get(`${base}/qr.svg`, (context) => {
    const address = context.req.query('address') ?? '';
    if (!ADDRESS.test(address)) return notFound(context.req.raw.headers);
    context.set('route', 'learn');
    return context.body(renderSVG(address, { ecc: 'M', border: 3 }), 200, {
      'Content-Type': 'image/svg+xml',
      'Cache-Control': 'no-store',
    });
  });
  root.get(`${base}/*`, async (context) => {
    const path = context.req.path.slice(base.length);
    const file = await parts.lessons.find(path === '/' ? '/index.html' : path);
    if (file === undefined) return notFound(context.req.raw.headers);
    context.set('route', 'learn');
    return fileResponse(file, context.req.raw.headers);
  });
}

function placeOf(context: Context<Env>, parts: LearnParts): Place {
  const [lan] = isLoopback(context.get('caller').address) ? parts.lanUrls() : [];
  return { httpsPort: parts.ports().httpsPort, elsewhere: lan === undefined ? null : `${lan}/learn/` };
}
