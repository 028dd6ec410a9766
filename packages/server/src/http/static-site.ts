import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
};
const COMPRESSIBLE = /^(?:text\/|application\/(?:json|manifest|wasm)|image\/svg)/;
const LEAST_COMPRESSED_BYTES = 1_024;

export type Encoding = 'br' | 'gzip';

/** One file of the web app, read at its first use and kept. */
export interface StaticFile {
  readonly contentType: string;
  /** The name changes with the content, so that a browser may keep it for ever. */
  readonly hashed: boolean;
  content(): Promise<Buffer>;
  etag(): Promise<string>;
  /** The content as `encoding`, or null where that would gain nothing. */
  compressed(encoding: Encoding): Promise<Buffer | null>;
}

/**
 * The files below `root` by their path, `/` in front. The list is made once: a request names an entry of it or nothing,
 * so no path that somebody sends ever reaches the file system.
 */
export async function openStaticSite(root: string): Promise<ReadonlyMap<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(root.replace(/\/$/, '').length).replaceAll('\\', '/'), staticFile(path));
  }
  return files;
}

/** A file of the file system, read at its first use. */
export function staticFile(path: string): StaticFile {
  const contentType = CONTENT_TYPES[extname(path)] ?? 'application/octet-stream';
  const content = once(() => readFile(path));
  const compress = { br: once(async () => brotli(await content())), gzip: once(async () => toGzip(await content())) };
  return {
    contentType,
    hashed: /[/\\]assets[/\\][^/\\]+-[\w-]{8,}\.\w+$/.test(path),
    content,
    etag: once(
      async () =>
        `"${createHash('sha256')
          .update(await content())
          .digest('base64url')
          .slice(0, 22)}"`,
    ),
    async compressed(encoding) {
      const whole = await content();
      if (!COMPRESSIBLE.test(contentType) || whole.length < LEAST_COMPRESSED_BYTES) return null;
      return compress[encoding]();
    },
  };
}

const brotli = (content: Buffer) =>
  promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } });
const toGzip = (content: Buffer) => promisify(gzip)(content);

/** A failure is not kept: the next call tries again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
